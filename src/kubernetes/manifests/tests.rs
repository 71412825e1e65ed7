use std::collections::BTreeMap;

use super::*;
use crate::diagnostic::Severity;
use crate::source::{MemorySources, ReadError, SourceMap, Sources};

/// The files of a project, as an evaluation reads them.
struct Files {
    sources: MemorySources,
    map: SourceMap,
    reads: BTreeMap<String, usize>,
}

impl Texts for Files {
    fn read(&mut self, path: &str) -> Result<Text, ReadError> {
        *self.reads.entry(path.to_owned()).or_default() += 1;
        self.map.read_text(&self.sources, path)
    }

    fn list(&mut self, path: &str) -> Vec<String> {
        self.sources.list(path)
    }
}

fn pod(name: &str) -> String {
    format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec: {{containers: []}}\n")
}

fn project(files: &[(&str, &str)]) -> Files {
    let none = MemorySources::default();
    let sources = files
        .iter()
        .fold(none, |it, (path, text)| it.with(*path, *text));
    Files {
        sources,
        map: SourceMap::default(),
        reads: BTreeMap::new(),
    }
}

fn names(manifests: &Manifests) -> Vec<&str> {
    manifests
        .objects
        .iter()
        .map(|it| it.name.as_str())
        .collect()
}

/// What is said about `text`, in a manifest that the script names: each message with
/// the text that it points at.
fn said(text: &str) -> Vec<String> {
    let mut files = project(&[("a.yaml", text)]);
    let found = manifests(&mut files, &["a.yaml"]);
    let shown = |it: &Diagnostic| {
        let severity = match it.severity {
            Severity::Error => "",
            other => other.name(),
        };
        format!("{severity}[{}] {}", files.map.text(it.span), it.message)
    };
    found.diagnostics.iter().map(shown).collect()
}

#[test]
fn files_folders_and_patterns_are_found() {
    let texts = ["a", "b", "c", "d", "e", "f"].map(pod);
    let paths = [
        "k8s/b.yaml",
        "k8s/a.yml",
        "k8s/c.json",
        "k8s/more/d.yaml",
        "k8s/more/deep/e.yaml",
        "x/f.yaml",
    ];
    let named: Vec<_> = paths
        .into_iter()
        .zip(["b", "a", "c", "d", "e", "f"])
        .collect();
    let mut all: Vec<(&str, &str)> = named
        .iter()
        .map(|(path, name)| {
            (
                *path,
                texts[usize::from(name.as_bytes()[0] - b'a')].as_str(),
            )
        })
        .collect();
    all.extend([
        ("k8s/readme.md", "#"),
        ("k8s/.hidden.yaml", "kind: ["),
        ("only/folders/x.yaml", ""),
    ]);
    let mut files = project(&all);
    let cases: [(&[&str], &[&str]); 9] = [
        (&["k8s"], &["a", "b", "c"]),
        (&["./k8s/"], &["a", "b", "c"]),
        (&["k8s/b.yaml", "k8s"], &["b", "a", "c"]),
        (&["k8s/*.y*ml"], &["a", "b"]),
        (&["k8s/?.json"], &["c"]),
        (&["k8s/**/*.yaml"], &["b", "d", "e"]),
        (&["k8s/**"], &["a", "b", "c", "d", "e"]),
        (&["*/*.yaml"], &["b", "f"]),
        (&["k8s/*"], &["a", "b", "c"]),
    ];
    for (asked, expected) in cases {
        let found = manifests(&mut files, asked);
        assert_eq!(names(&found), expected, "{asked:?}");
        assert!(
            found.missing.is_empty() && found.diagnostics.is_empty(),
            "{found:?}"
        );
    }
    let missing = [
        ("nowhere", "does not exist"),
        ("../up", "lies outside the project"),
        (
            "only",
            "is a folder without a `.yaml`, `.yml` or `.json` file",
        ),
        ("k8s/*.toml", "matches no file"),
    ];
    for (path, expected) in missing {
        let found = manifests(&mut files, &["k8s/a.yml", path]);
        let [missing] = &found.missing[..] else {
            panic!("{path} is not missing");
        };
        assert_eq!(
            (missing.index, missing.reason.to_string().as_str()),
            (1, expected)
        );
    }
}

#[test]
fn right_manifests_are_not_spoken_of() {
    let shop = include_str!("../../../testdata/snapshots/shop.yaml");
    assert!(said(shop).is_empty(), "{:#?}", said(shop));
    let free = "\
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {generateName: a-}
spec: {anything: 1, livenesProbe: {}}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: a
  labels:
    a: ${VERSION}
  annotations: {}
x-env: &env
- {name: A, value: 'yes'}
spec:
  replicas: ${REPLICAS}
  selector: {matchLabels: {}}
  strategy: null
  template:
    spec:
      containers:
      - name: a
        env: *env
        command:
        resources: {limits: {cpu: 1, memory: 1.5Gi, nvidia.com/gpu: 2}}
        livenessProbe: {httpGet: {port: http}, periodSeconds: 1.0}
      volumes: [{name: v, ephemeral: {volumeClaimTemplate: {spec: {}}}}]
---
apiVersion: v1
kind: Event
metadata: {name: e}
";
    assert!(said(free).is_empty(), "{:#?}", said(free));
}

#[test]
fn mistakes_are_pointed_at() {
    let text = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: a
  labels: {version: 1.10, on: yes}
containers: []
spec:
  replicas: '2'
  replica: 2
  template:
    spec:
      image: x
      hostIPC: \"true\"
      containers:
        name: a
      initContainers:
      - {name: 1, ports: [80], env: {A: b}, args: a b}
      - just text
";
    let expected = [
        "[1.10] `version` takes a string, not a number",
        "[yes] `on` takes a string, not a boolean, which `yes` without quotes is",
        "warning[containers] a deployment has no field `containers`",
        "['2'] `replicas` takes a whole number, not a string",
        "warning[replica] a deployment spec has no field `replica`",
        "warning[image] a pod spec has no field `image`",
        "[\"true\"] `hostIPC` takes `true` or `false`, not a string",
        "[name: a] `containers` takes a list, not a mapping",
        "[1] `name` takes a string, not a number",
        "[80] an item of `ports` takes a mapping, not a number",
        "[{A: b}] `env` takes a list, not a mapping",
        "[a b] `args` takes a list of strings, not a string",
        "[just text] an item of `initContainers` takes a mapping, not a string",
        "[replicas] this deployment has no `selector`",
    ];
    assert_eq!(said(text), expected);
}

#[test]
fn a_field_in_the_wrong_place_is_told_where_it_belongs() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nreplicas: 1\nspec: {containers: []}\n";
    let mut files = project(&[("a.yaml", text)]);
    let found = manifests(&mut files, &["a.yaml"]);
    let help: Vec<_> = found
        .diagnostics
        .iter()
        .filter_map(|it| it.help.as_deref())
        .collect();
    assert_eq!(
        help,
        [
            "it belongs under `spec`",
            "it belongs under `template.spec`",
            "write `selector: {matchLabels: {…}}`, with the labels of its pods",
        ]
    );
}

#[test]
fn one_mistake_is_said_once() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name:web\n";
    let expected = "[name:web] `metadata` takes a mapping, not a string";
    assert_eq!(said(text), [expected]);
}

#[test]
fn what_is_only_found_in_a_folder_may_be_something_else() {
    let files = [
        ("k8s/values.yaml", "replicas: 1\n"),
        ("k8s/a.yaml", "kind: Pod\nmetadata: {name: a}\n"),
    ];
    let mut files = project(&files);
    let found = manifests(&mut files, &["k8s"]);
    let severities: Vec<_> = found.diagnostics.iter().map(|it| it.severity).collect();
    assert_eq!(severities, [Severity::Error, Severity::Warning]);
    assert_eq!(names(&found), ["a"]);
}

#[test]
fn templates_of_charts_are_told_apart_from_broken_files() {
    let said = said(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-web\n  {{- with .Values.x }}\n  a: b\n  {{- end }}\n",
    );
    assert_eq!(said.len(), 1);
    assert!(
        said[0].ends_with("this is a template of a chart, and no YAML yet"),
        "{said:?}"
    );
}

#[test]
fn no_message_shows_what_a_secret_holds() {
    let said = said(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {a: 12345}\nstringData: {b: yes}\ndatta: {}\n",
    );
    assert_eq!(said.len(), 2, "{said:?}");
    for message in &said {
        let is_shown = message.contains("12345") || message.contains("yes");
        assert!(!is_shown && message.starts_with("[kind]"), "{message}");
    }
}

#[test]
fn a_broken_secret_is_not_shown() {
    let text = "kind: Pod\napiVersion: v1\nmetadata: {name: a}\n---\napiVersion: v1\ndata:\n  a: \"c2VjcmV0\n  b:c2VjcmV0\nkind: Secret\n";
    let said = said(text);
    assert!(!said.is_empty());
    for message in &said {
        assert!(
            message.starts_with("[apiVersion: v1] this secret is no YAML"),
            "{message}"
        );
    }
    let json = "\n{\"kind\":\"Secret\",\n\"data\":{\"a\":\"c2VjcmV0\"\n";
    for message in self::said(json) {
        assert!(!message.contains("c2VjcmV0"), "{message}");
    }
}

#[test]
fn a_file_is_read_on_behind_a_mistake() {
    let text = format!(
        "{}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n  labels:broken\n",
        pod("a")
    );
    let mut files = project(&[("a.yaml", &text)]);
    let found = manifests(&mut files, &["a.yaml"]);
    assert_eq!(names(&found), ["a", "b"]);
    assert!(found.is_partial);
    assert_eq!(found.diagnostics.len(), 1);
}

#[test]
fn hostile_files_are_judged_at_once() {
    let unknown: String = (0..50_000)
        .map(|index| format!("field{index}x: 1\n"))
        .collect();
    let many = format!("{}{unknown}", pod("a"));
    let mut lists = format!("{}  x: ", pod("a").replace("{containers: []}", ""));
    lists.push_str(&"[".repeat(100_000));
    let started = std::time::Instant::now();
    assert_eq!(said(&many).len(), 100);
    assert!(!said(&lists).is_empty());
    assert!(started.elapsed() < std::time::Duration::from_secs(20));
}
