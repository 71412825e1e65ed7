//! What the kubelet answers about pull secrets, and Docker's own clients where they are
//! compared with it.

use raftt_config::keychain::{PullSecrets, RegistryKey, decode_auth, docker_finds};
use serde_json::{Value, json};

use super::{check_cases, read};
use crate::secrets::{docker_config, pull_secrets, secret};

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// A secret with entries, by key.
fn one(auths: &Value) -> PullSecrets {
    pull_secrets(&[docker_config("one", auths)])
}

/// The user names that the kubelet tries for `image`, in its order.
fn users(secrets: &PullSecrets, image: &str) -> Vec<String> {
    let found = secrets.kubelet_lookup(image).into_iter();
    found
        .map(|it| it.entry.username.clone().unwrap_or_default())
        .collect()
}

#[test]
fn keyring() {
    check_cases("kubelet_keyring", &[], |case| {
        let input = &case["input"];
        let image = text(input, "image");
        if case["fn"] == "URLsMatchStr" {
            let key = RegistryKey::parse(text(input, "glob"))?;
            return Some(json!({"match": key.matches(text(input, "target"))}));
        }
        if case["fn"] == "isDefaultRegistryMatch" {
            let secrets = one(&json!({"https://index.docker.io/v1/": {"username": "u"}}));
            let is_hub = !secrets.kubelet_lookup(image).is_empty();
            return Some(json!({"isDefaultRegistry": is_hub}));
        }
        let Some(auths) = input["auths"].as_object() else {
            let secrets = one(&json!({text(input, "authsKey"): {"username": "u"}}));
            return Some(json!({"found": !users(&secrets, image).is_empty()}));
        };
        let auths = auths.iter();
        let auths = auths.map(|(key, user)| (key.clone(), json!({"username": user})));
        let users = users(&one(&Value::Object(auths.collect())), image);
        Some(json!({"found": !users.is_empty(), "usersInOrder": users}))
    });
}

#[test]
fn secrets() {
    check_cases("kubelet_secrets", &[], |case| {
        let input = &case["input"];
        let given = input["secrets"].as_array()?.iter();
        let given: Vec<Value> = given
            .map(|it| {
                let (field, content) = it["data"].as_object().and_then(|it| it.iter().next())?;
                Some(secret("one", text(it, "type"), field, &content.to_string()))
            })
            .collect::<Option<_>>()?;
        let mut users = users(&pull_secrets(&given), text(input, "image"));
        // What a node brings itself comes after the secrets.
        let defaults = input["defaultKeyring"].as_array().into_iter().flatten();
        users.extend(defaults.filter_map(Value::as_str).map(str::to_owned));
        Some(json!({"found": !users.is_empty(), "users": users}))
    });
}

#[test]
fn auth_decoding() {
    let reasons = [(
        "docker CLI decodeAuth",
        "an empty user name is an error for Docker's own clients, and none for the kubelet",
    )];
    check_cases("auth_decoding", &reasons, |case| {
        let (function, input) = (text(case, "fn"), text(case, "input"));
        let expected = &case["expected"];
        let decoded = || match decode_auth(input) {
            Ok((username, password)) => json!({"username": username, "password": password}),
            Err(_) => json!({"error": true}),
        };
        match function {
            "kubelet decodeDockerConfigFieldAuth" => Some(decoded()),
            "docker CLI decodeAuth (empty is fine)" | "docker CLI decodeAuth" => {
                if input.is_empty() {
                    return entry(r#"{"auth": ""}"#, expected);
                }
                let given = decoded();
                (given == *expected).then_some(given)
            }
            "kubelet ReadDockerConfigFileFromBytes (.dockercfg)" => {
                let given = secret("one", "kubernetes.io/dockercfg", ".dockercfg", input);
                let is_broken = pull_secrets(&[given]).broken().len() == 1;
                is_broken.then(|| expected.clone())
            }
            _ => entry(input, expected),
        }
    });
}

/// What is expected of an entry, if it is so. A password and an email are not kept, so
/// only the user name can be compared, and whether there is an error.
fn entry(text: &str, expected: &Value) -> Option<Value> {
    let content = format!(r#"{{"auths": {{"a.example.com": {text}}}}}"#);
    let ty = "kubernetes.io/dockerconfigjson";
    let secrets = pull_secrets(&[secret("one", ty, ".dockerconfigjson", &content)]);
    let Some(username) = expected["username"].as_str() else {
        return (secrets.broken().len() == 1).then(|| expected.clone());
    };
    let given = users(&secrets, "a.example.com/app");
    Some(match given == [username] {
        true => expected.clone(),
        false => json!({"username": given}),
    })
}

/// The columns of the table that nothing here decides, and why.
const OTHER_CLIENTS: &[(&str, &str)] = &[
    (
        "ggcr_k8s_keychain",
        "go-containerregistry is what other controllers use: it has no key for Docker Hub",
    ),
    (
        "containers_auth",
        "Podman and Skopeo do not read the secrets of a namespace",
    ),
];

#[test]
fn forms_of_keys() {
    let oracle = read("key_form_matrix");
    let cases = oracle["cases"].as_array().expect("it has cases");
    assert!(!cases.is_empty());
    let mut failures = Vec::new();
    for case in cases {
        let (key, image) = (
            text(&case["input"], "authsKey"),
            text(&case["input"], "image"),
        );
        let secrets = one(&json!({key: {"username": "u"}}));
        let registry = image.split('/').next().unwrap_or_default();
        let given = json!({
            "kubelet": !users(&secrets, image).is_empty(),
            "docker_cli": docker_finds(key, registry),
        });
        let mut expected = case["expected"].as_object().cloned().unwrap_or_default();
        for (client, reason) in OTHER_CLIENTS {
            let was_there = expected.remove(*client).is_some();
            assert!(was_there, "nothing is left of `{client}`: {reason}");
        }
        if given != Value::Object(expected.clone()) {
            failures.push(format!("{key} for {image}: {given}, expected {expected:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
