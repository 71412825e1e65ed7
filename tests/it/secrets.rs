//! Pull secrets: how they are read and found, through the library's own entries.

use std::fmt::Write as _;

use raftt_config::keychain::{PullSecrets, RegistryKey};
use raftt_config::names::ImageReference;
use raftt_config::plan::{CredentialSource, Keychain, Puller};
use raftt_config::{MemorySources, Options, Snapshot, SnapshotFile, analyze};
use serde_json::{Value, json};

/// A secret whose data `field` has this content.
pub(crate) fn secret(name: &str, ty: &str, field: &str, content: &str) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name},
        "type": ty,
        "stringData": {field: content},
    })
}

/// A secret with entries, by key.
pub(crate) fn docker_config(name: &str, auths: &Value) -> Value {
    let content = json!({"auths": auths}).to_string();
    secret(
        name,
        "kubernetes.io/dockerconfigjson",
        ".dockerconfigjson",
        &content,
    )
}

/// What a namespace with these objects has.
fn keychain(objects: &[Value]) -> Keychain {
    let list = json!({"apiVersion": "v1", "kind": "List", "items": objects});
    let file = SnapshotFile {
        path: "namespace.json".to_owned(),
        content: list.to_string().into_bytes(),
    };
    let snapshot = Snapshot::read(&[file], None).expect("it is a snapshot");
    let plan = analyze(&MemorySources::default(), &Options::default()).plan;
    Keychain::new(&plan, Some(&snapshot))
}

/// The pull secrets among these objects.
pub(crate) fn pull_secrets(objects: &[Value]) -> PullSecrets {
    let keychain = keychain(objects);
    keychain.secrets().expect("a snapshot was given").clone()
}

/// The same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap_or_default()
    }

    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn key(&mut self) -> String {
        const LABELS: &[&str] = &[
            "a", "b", "ab", "ba", "aab", "é", "*", "a*", "*b", "*a*", "?", "?b", "a?", "[ab]",
            "[a", "a*b", "*é", "é*", "**", "",
        ];
        let mut key = self
            .one_of(&["", "", "https://", "http://", "u:p@"])
            .to_owned();
        for index in 0..=self.below(4) {
            let dot = if index == 0 { "" } else { "." };
            _ = write!(key, "{dot}{}", self.one_of(LABELS));
        }
        key += self.one_of(&["", "", "", ":1", ":12", ":", ":x"]);
        key + self.one_of(&[
            "", "", "", "/", "/v1/", "/v2", "/v2/x", "/x", "/x/", "/xy", "/x/y", "/x%2Fy", "/é",
        ])
    }

    fn image(&mut self) -> String {
        const LABELS: &[&str] = &["a", "b", "ab", "ba", "aab", "é", "bé", "éb", "", "c"];
        let mut image = String::new();
        for index in 0..=self.below(4) {
            let dot = if index == 0 { "" } else { "." };
            _ = write!(image, "{dot}{}", self.one_of(LABELS));
        }
        image += self.one_of(&["", "", "", ":1", ":12"]);
        image + self.one_of(&["", "/x", "/x/y", "/xy/z", "/xyz", "/é/x", "/v2/x", "/y"])
    }
}

#[test]
fn the_index_finds_what_a_search_finds() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..200 {
        let keys: Vec<String> = (0..=random.below(60)).map(|_| random.key()).collect();
        let objects: Vec<Value> = keys
            .chunks(3)
            .enumerate()
            .map(|(number, keys)| {
                let auths = keys
                    .iter()
                    .map(|key| (key.clone(), json!({"username": "u", "password": "p"})));
                docker_config(&format!("s{number:03}"), &Value::Object(auths.collect()))
            })
            .collect();
        let secrets = pull_secrets(&objects);
        for _ in 0..100 {
            let image = random.image();
            let found = secrets.lookup(&image);
            let found: Vec<_> = found
                .iter()
                .map(|it| (&it.secret.name, &it.entry.key))
                .collect();
            let all = secrets.readable().iter();
            let all = all.flat_map(|secret| secret.entries.iter().map(move |it| (secret, it)));
            // Keys are shown without the user before the host, which changes nothing.
            let serving = all.filter(|(_, it)| {
                RegistryKey::parse(&it.key).is_some_and(|key| key.matches(&image))
            });
            let expected: Vec<_> = serving
                .map(|(secret, it)| (&secret.name, &it.key))
                .collect();
            assert_eq!(found, expected, "{image:?} among {keys:?}");
        }
    }
}

#[test]
fn hosts_of_any_length_are_looked_up() {
    let long = "a.".repeat(100_000);
    let secrets = pull_secrets(&[docker_config(
        "one",
        &json!({format!("{long}io"): {}, "*.io": {}}),
    )]);
    assert!(secrets.lookup(&format!("{long}io/app")).len() <= 1);
    assert_eq!(secrets.lookup("a.io/app").len(), 1);
}

#[test]
fn a_broken_secret_is_set_aside_and_shows_nothing() {
    let entry = |entry: Value| json!({"a.example.com": entry});
    let secrets = pull_secrets(&[
        docker_config("bad", &entry(json!({"auth": "canary-canary"}))),
        docker_config(
            "good",
            &entry(json!({"username": "u", "password": "canary"})),
        ),
    ]);
    let found = secrets.lookup("a.example.com/app");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].secret.name, "good");
    assert_eq!(secrets.broken().len(), 1);
    assert!(!format!("{secrets:?}").contains("canary"));
}

#[test]
fn plain_data_comes_before_encoded_data() {
    let both = json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "both"},
        "type": "kubernetes.io/dockercfg",
        "data": {".dockercfg": "eyJhLmV4YW1wbGUuY29tIjoge319"},
        "stringData": {".dockercfg": "{\"b.example.com\": {}}"},
    });
    let secrets = pull_secrets(&[both]);
    assert_eq!(secrets.lookup("b.example.com/app").len(), 1);
    assert!(secrets.lookup("a.example.com/app").is_empty());
}

#[test]
fn a_password_that_is_no_text_keeps_no_secret_from_being_read() {
    // `u:` and a byte that is no UTF-8.
    let secrets = pull_secrets(&[docker_config(
        "one",
        &json!({"a.example.com": {"auth": "dTr/"}}),
    )]);
    assert_eq!(secrets.lookup("a.example.com/app").len(), 1);
}

#[test]
fn a_pod_without_an_account_runs_as_the_default_one() {
    let account = |name: &str, secret: &str| {
        json!({
            "apiVersion": "v1",
            "kind": "ServiceAccount",
            "metadata": {"name": name},
            "imagePullSecrets": [{"name": secret}],
        })
    };
    let entries = json!({"a.example.com": {"username": "u", "password": "p"}});
    let keychain = keychain(&[
        docker_config("first", &entries),
        docker_config("second", &entries),
        docker_config("third", &entries),
        account("default", "third"),
        account("builder", "second"),
    ]);
    let image = ImageReference::parse("a.example.com/app").expect("it is an image");
    let order = |puller: &Puller| -> Vec<String> {
        let sources = keychain.sources(&image, puller).into_iter();
        let names = sources.filter_map(|it| match it {
            CredentialSource::ImagePullSecret { secret, .. } => Some(secret),
            _ => None,
        });
        names.collect()
    };
    let mut puller = Puller::default();
    assert_eq!(order(&puller), ["third", "first", "second"]);
    puller.service_account = Some("builder".to_owned());
    assert_eq!(order(&puller), ["second", "first", "third"]);
    puller.image_pull_secrets = vec!["first".to_owned()];
    assert_eq!(order(&puller), ["first", "second", "third"]);
}
