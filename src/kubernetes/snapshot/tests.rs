use std::time::{Duration, Instant};

use super::*;
use crate::kubernetes::{Data, workloads};

const SHOP: &str = include_str!("../../../testdata/snapshots/shop.yaml");
const SHOP_JSON: &str = include_str!("../../../testdata/snapshots/shop.json");

/// What stands in the secrets of the shop, in clear and as the files have it.
const SECRETS: [&str; 4] = [
    "not-a-real",
    "eyJhdXRocyI6",
    "cG9zdGdyZXM6",
    "bm90LWEtcmVhbA",
];

fn file(path: &str, content: &str) -> SnapshotFile {
    let (path, content) = (path.to_owned(), content.as_bytes().to_vec());
    SnapshotFile { path, content }
}

fn read_text(content: &str) -> Result<Snapshot, SnapshotError> {
    Snapshot::read(&[file("a.yaml", content)], None)
}

fn message(content: &str) -> String {
    let error = read_text(content).expect_err("it is refused");
    error.to_string()
}

#[test]
fn a_namespace_is_read_from_yaml_and_json() {
    for text in [SHOP, SHOP_JSON] {
        let snapshot = read_text(text).expect("it is right");
        assert_eq!(snapshot.namespace(), Some("shop"));
        let found = workloads(&snapshot.namespace.objects);
        let shown: Vec<_> = found
            .iter()
            .map(|it| format!("{}/{}", it.kind, it.name))
            .collect();
        assert_eq!(
            shown,
            ["Deployment/web", "StatefulSet/database", "CronJob/report"]
        );
        assert_eq!(snapshot.namespace.of_kind("ServiceAccount").count(), 3);
        let secret = snapshot
            .namespace
            .of_kind("Secret")
            .find(|it| it.name == "quay");
        let path = ["data", ".dockerconfigjson"];
        let data = secret.and_then(|it| it.value.at_path(&path));
        let is_hidden = data.is_some_and(|it| matches!(it.data, Data::Unknown(_)));
        assert!(is_hidden, "scripts read the objects");
        let mut secrets = snapshot.namespace.secrets.iter();
        let secret = secrets.find(|it| it.name == "quay");
        let data = secret.and_then(|it| it.value.at_path(&path)?.text());
        assert!(data.is_some_and(|it| it.starts_with("eyJ")));
    }
}

#[test]
fn secrets_are_in_no_text() {
    for text in [SHOP, SHOP_JSON] {
        let snapshot = read_text(text).expect("it is right");
        let (_, kept) = snapshot.sources.iter().next().expect("it is kept");
        assert_eq!(kept.text.len(), text.len());
        let shown = format!("{}{snapshot:?}{:?}", kept.text, file("a", text));
        assert!(SECRETS.iter().any(|it| text.contains(it)));
        for secret in SECRETS {
            assert!(!shown.contains(secret), "{secret}");
        }
        for secret in snapshot.namespace.of_kind("Secret") {
            let name = secret
                .value
                .at_path(&["metadata", "name"])
                .expect("it has a name");
            assert_eq!(kept.text[name.at.range()].trim_matches('"'), secret.name);
        }
        assert!(kept.text.contains("shop/web:1.4.2"), "the rest is shown");
    }
}

#[test]
fn secrets_are_hidden_wherever_they_stand() {
    let text = "\
# c2VjcmV0
kind: List
y:
  z: &map {b: c2VjcmV0}
  w: &text c2VjcmV0
items:
- kind: Secret
  stringData:
    a: *text
    <<: *map
    c: |
      c2VjcmV0
      c2VjcmV0
    d: >-  # c2VjcmV0
      c2VjcmV0
  metadata: {name: s, labels: {x: c2VjcmV0}}
";
    let snapshot = read_text(text).expect("it is right");
    let (_, kept) = snapshot.sources.iter().next().expect("it is kept");
    assert!(!kept.text.contains("c2VjcmV0"), "{}", kept.text);
    let secret = &snapshot.namespace.objects[0];
    let name = secret
        .value
        .at_path(&["metadata", "name"])
        .expect("it has a name");
    assert_eq!(&kept.text[name.at.range()], "s");
}

#[test]
fn one_of_several_namespaces_is_chosen() {
    let object = |namespace: &str, name: &str| {
        format!("---\nkind: Pod\nmetadata: {{name: {name}{namespace}}}\n")
    };
    let text = [
        object(", namespace: shop", "a"),
        object(", namespace: stage", "b"),
        object("", "c"),
    ]
    .concat();
    let expected =
        "the snapshot holds several namespaces; choose one with `--namespace`: `shop`, `stage`";
    assert_eq!(message(&text), expected);
    let files = [file("a.yaml", &text)];
    let chosen = Snapshot::read(&files, Some("stage")).expect("it is there");
    let names: Vec<_> = chosen
        .namespace
        .objects
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["b", "c"]);
    let error = Snapshot::read(&files, Some("staeg")).expect_err("it is not there");
    let expected = "the snapshot does not hold the namespace `staeg`; did you mean `stage`?";
    assert_eq!(error.to_string(), expected);
    let alone = Snapshot::read(&[file("a.yaml", &object("", "a"))], Some("any"));
    assert_eq!(alone.expect("it fits").namespace(), Some("any"));
}

#[test]
fn an_object_that_comes_twice_counts_once() {
    let files = [file("a.yaml", SHOP), file("b.json", SHOP_JSON)];
    let snapshot = Snapshot::read(&files, None).expect("it is right");
    let once = read_text(SHOP).expect("it is right");
    let (twice, once) = (&snapshot.namespace.objects, &once.namespace.objects);
    assert_eq!(twice.len(), once.len());
}

#[test]
fn what_is_no_snapshot_is_refused_without_repeating_it() {
    let cases = [
        (
            "NAME   READY\nweb    2/2\n",
            "holds something without a `kind` in line 1",
        ),
        ("kind: Pod\n---\nimage: x\n", "in line 3"),
        (
            "kind: Secret\ndata: {a: c2VjcmV0\n",
            "is neither YAML nor JSON: see line 2",
        ),
        (
            "kind: Secret\n\tdata: c2VjcmV0\n",
            "is neither YAML nor JSON: see line",
        ),
    ];
    for (text, expected) in cases {
        let message = message(text);
        assert!(message.contains(expected), "{message}");
        assert!(!message.contains("c2VjcmV0"), "{message}");
    }
    let bytes = SnapshotFile {
        path: "a".to_owned(),
        content: vec![0xff, 0xfe],
    };
    let error = Snapshot::read(&[bytes], None).expect_err("it is no text");
    assert_eq!(error.to_string(), "the snapshot `a` is no UTF-8 text");
    for empty in ["", "---\n", "kind: List\napiVersion: v1\nitems: []\n"] {
        let snapshot = read_text(empty).expect("a namespace may be empty");
        assert!(snapshot.namespace.objects.is_empty());
    }
}

#[test]
fn any_bytes_are_read_or_refused() {
    for end in (0..SHOP.len()).step_by(97) {
        let _ = read_text(&SHOP[..end]);
    }
    let started = Instant::now();
    let _ = read_text(&"[".repeat(1 << 20));
    let _ = read_text(&"a: &a [*a]\n".repeat(1 << 16));
    assert!(started.elapsed() < Duration::from_secs(20));
}
