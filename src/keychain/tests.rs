//! What the kubelet answers, as tables.

use serde_json::{Value as Json, json};

use super::{PullSecrets, RegistryKey, decode_auth};
use crate::kubernetes::{Data, Key, Namespace, Object, Value};
use crate::source::{FileId, Span};

fn cases(text: &str) -> Vec<Json> {
    let oracle: Json = serde_json::from_str(text).expect("the oracle is JSON");
    oracle["cases"].as_array().expect("it has cases").clone()
}

/// The secrets of a namespace, each with its type and the content of its data.
fn secrets(all: &[(&str, &str, &str, Json)]) -> PullSecrets {
    let at = Span::new(FileId::from_index(0), 0..0);
    let map = |entries: Vec<(&str, Value)>| {
        let entries = entries.into_iter().map(|(name, value)| {
            let name = name.to_owned();
            (Key { name, at }, value)
        });
        Value::new(Data::Map(entries.collect()), at)
    };
    let text = |text: &str| Value::new(Data::Text(text.to_owned()), at);
    let objects = all.iter().map(|(name, ty, key, content)| Object {
        api_version: "v1".to_owned(),
        kind: "Secret".to_owned(),
        name: (*name).to_owned(),
        namespace: None,
        value: map(vec![
            ("type", text(ty)),
            ("stringData", map(vec![(*key, text(&content.to_string()))])),
        ]),
    });
    PullSecrets::of(&Namespace {
        objects: std::sync::Arc::new(objects.collect()),
        ..Namespace::default()
    })
}

fn one(auths: Json) -> PullSecrets {
    secrets(&[(
        "one",
        "kubernetes.io/dockerconfigjson",
        ".dockerconfigjson",
        json!({ "auths": auths }),
    )])
}

/// The user names that serve `image`, with Docker Hub's own when none does.
fn users(secrets: &PullSecrets, image: &str) -> Vec<String> {
    let mut found = secrets.lookup(image);
    let first = image.split('/').next().unwrap_or_default();
    let is_hub = !image.is_empty()
        && (!image.contains('/')
            || ["docker.io", "index.docker.io"].contains(&first)
            || !first.contains(['.', ':']));
    if found.is_empty() && is_hub {
        found = secrets.docker_hub();
    }
    let users = found.iter().map(|it| it.entry.username.clone());
    users.map(Option::unwrap_or_default).collect()
}

#[test]
fn keys_match_as_the_kubelet_matches_them() {
    for case in cases(include_str!("../../testdata/oracles/kubelet_keyring.json")) {
        let (input, expected) = (&case["input"], &case["expected"]);
        let text = |name: &str| input[name].as_str().unwrap_or_default();
        if case["fn"] == "URLsMatchStr" {
            let key = RegistryKey::parse(text("glob")).expect("the key is a URL");
            assert_eq!(
                json!(key.matches(text("target"))),
                expected["match"],
                "{case}"
            );
        } else if let Some(auths) = input["auths"].as_object() {
            let auths = auths
                .iter()
                .map(|(key, user)| (key.clone(), json!({"username": user})));
            let secrets = one(Json::Object(auths.collect()));
            let users = users(&secrets, text("image"));
            assert_eq!(json!(users), expected["usersInOrder"], "{case}");
        } else if input.get("authsKey").is_some() {
            let secrets = one(json!({ text("authsKey"): {"username": "u"} }));
            let is_found = !users(&secrets, text("image")).is_empty();
            assert_eq!(json!(is_found), expected["found"], "{case}");
        } else {
            let secrets = one(json!({ "https://index.docker.io/v1/": {"username": "u"} }));
            let is_hub = !users(&secrets, text("image")).is_empty();
            assert_eq!(json!(is_hub), expected["isDefaultRegistry"], "{case}");
        }
    }
}

#[test]
fn every_form_of_a_key_does_what_it_does_for_the_kubelet() {
    for case in cases(include_str!("../../testdata/oracles/key_form_matrix.json")) {
        let text = |name: &str| case["input"][name].as_str().unwrap_or_default();
        let secrets = one(json!({ text("authsKey"): {"username": "u"} }));
        let is_found = !users(&secrets, text("image")).is_empty();
        assert_eq!(json!(is_found), case["expected"]["kubelet"], "{case}");
    }
}

#[test]
fn secrets_are_read_by_type_and_key() {
    for case in cases(include_str!("../../testdata/oracles/kubelet_secrets.json")) {
        let given = case["input"]["secrets"].as_array().expect("it has secrets");
        let given: Vec<_> = given
            .iter()
            .map(|it| {
                let data = it["data"].as_object().expect("it has data");
                let (key, content) = data.iter().next().expect("data is not empty");
                let ty = it["type"].as_str().expect("it has a type");
                ("one", ty, key.as_str(), content.clone())
            })
            .collect();
        let image = case["input"]["image"].as_str().expect("it has an image");
        let mut users = users(&secrets(&given), image);
        // What a node brings itself comes after the secrets.
        let defaults = case["input"]["defaultKeyring"].as_array();
        let defaults = defaults.into_iter().flatten().filter_map(Json::as_str);
        users.extend(defaults.map(str::to_owned));
        assert_eq!(json!(users), case["expected"]["users"], "{case}");
    }
}

#[test]
fn auth_is_decoded_as_the_kubelet_decodes_it() {
    let is_field = |case: &Json| case["fn"] == "kubelet decodeDockerConfigFieldAuth";
    for case in cases(include_str!("../../testdata/oracles/auth_decoding.json"))
        .into_iter()
        .filter(is_field)
    {
        let decoded = decode_auth(case["input"].as_str().expect("it is a text"));
        let given = match decoded {
            Ok((username, password)) => json!({"username": username, "password": password}),
            Err(_) => json!({"error": true}),
        };
        assert_eq!(given, case["expected"], "{case}");
    }
}

#[test]
fn a_broken_secret_is_set_aside_and_shows_nothing() {
    let secrets = secrets(&[
        (
            "bad",
            "kubernetes.io/dockerconfigjson",
            ".dockerconfigjson",
            json!({"auths": {"a.example.com": {"auth": "canary-canary"}}}),
        ),
        (
            "good",
            "kubernetes.io/dockerconfigjson",
            ".dockerconfigjson",
            json!({"auths": {"a.example.com": {"username": "u", "password": "canary"}}}),
        ),
    ]);
    assert_eq!(users(&secrets, "a.example.com/app"), ["u"]);
    assert_eq!(secrets.broken().len(), 1);
    assert!(!format!("{secrets:?}").contains("canary"));
}
