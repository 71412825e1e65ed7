use super::*;
use crate::source::SourceMap;

fn objects(text: &str) -> Objects {
    let mut map = SourceMap::default();
    let file = map.add("a.yaml", text);
    read(file, text)
}

fn names(found: &Objects) -> Vec<String> {
    let shown = |it: &Object| format!("{} {} {}", it.api_version, it.kind, it.name);
    found.objects.iter().map(shown).collect()
}

#[test]
fn every_document_and_item_is_an_object() {
    let text = "\
# the first document is empty
---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
---
---
apiVersion: v1
kind: List
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: b
- null
---
apiVersion: v1
kind: SecretList
items:
- metadata: {name: c}
---
[{kind: Job, apiVersion: batch/v1, metadata: {name: d}}]
---
just text
";
    let found = objects(text);
    let expected = [
        "v1 Pod a",
        "apps/v1 Deployment b",
        "v1 Secret c",
        "batch/v1 Job d",
    ];
    assert_eq!(names(&found), expected);
    assert_eq!(found.objects[0].namespace.as_deref(), Some("shop"));
    assert_eq!(&text[found.strays[0].range()], "just text");
    assert!(found.problems.is_empty());
}

#[test]
fn json_is_read_as_kubectl_prints_it() {
    let text = "{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n\t{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\\u003cb\\/\\\"\"}}\n    ],\n    \"kind\": \"List\"\n}\n";
    let found = objects(text);
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    assert_eq!(names(&found), [" Pod a<b/\""]);
}

#[test]
fn values_know_their_places_and_the_last_key_counts() {
    let text = "\
kind: Pod
metadata: {name: a}
x-base: &base {image: one, name: base}
spec:
  containers:
  - <<: *base
    name: first
    image: two
  - *base
  replicas: 1
  replicas: 2
";
    let found = objects(text);
    let value = &found.objects[0].value;
    let containers = value.at_path(&["spec", "containers"]).expect("it is there");
    let of = |index: usize, name| {
        let value = containers.items()[index].get(name).expect("it is there");
        (value.text().unwrap_or_default(), &text[value.at.range()])
    };
    assert_eq!(of(0, "image"), ("two", "two"));
    assert_eq!(of(1, "image"), ("one", "one"));
    let replicas = value.at_path(&["spec", "replicas"]).map(|it| &it.data);
    assert!(matches!(replicas, Some(Data::Int(2))), "{replicas:?}");
}

#[test]
fn scalars_mean_what_they_mean_to_kubernetes() {
    let text = "a: yes\nb: 'yes'\nc: 0644\nd: 08\ne: 1.5\nf: 99999999999999999999\ng: -5\nh: 2024-01-01\ni: ~\n";
    let found = objects(text);
    let shown = |name| {
        let value = found.objects[0].value.get(name).expect("it is there");
        format!("{:?}", value.data)
    };
    let expected = [
        ("a", "Bool(true)"),
        ("b", "Text(\"yes\")"),
        ("c", "Int(420)"),
        ("d", "Int(8)"),
        ("e", "Float(1.5)"),
        ("f", "Float(1e20)"),
        ("g", "Int(-5)"),
        ("h", "Text(\"2024-01-01\")"),
        ("i", "Null"),
    ];
    for (name, data) in expected {
        assert_eq!(shown(name), data, "{name}");
    }
}

#[test]
fn aliases_that_stand_for_too_much_are_not_followed() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{items}]\n"));
    }
    let found = objects(&text);
    assert!(found.too_much.is_some());
    assert_eq!(found.objects.len(), 1);
}
