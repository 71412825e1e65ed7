//! What is wrong with the credentials of an entry, told before they are forgotten.

use super::auth::is_padded;
use super::google_key::{self, GoogleKeyFault};
use super::key::host_of;
use crate::names::{MistakeKind, RegistryKind, mistakes};

/// What is wrong with what an entry holds. It tells nothing of the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// There is neither a user name nor a password nor a token.
    NoCredentials,
    /// There is a token that the kubelet does not read, and no password.
    IdentityTokenOnly,
    /// There is a user name and no password.
    NoPassword,
    /// `auth` has no padding, without which most clients do not read it.
    UnpaddedAuth,
    /// The password ends in a line break.
    LineBreak,
    /// The user name or the password, in this field, has blanks around it.
    WhiteSpace(&'static str),
    /// This field says something else than `auth`.
    Contradiction(&'static str),
    /// A token of ECR's, which lasts twelve hours.
    AwsToken,
    /// A token of Google's, which lasts an hour.
    GoogleToken,
    /// The user of a plain JSON key, with one in base64.
    EncodedGoogleKey,
    /// The user of a JSON key in base64, with a plain one.
    PlainGoogleKey,
    /// The user of a JSON key, without a usable one.
    BrokenGoogleKey(GoogleKeyFault),
    /// The user of another cloud, at Docker Hub.
    UserOfAnotherRegistry(&'static str),
    /// The name of a Harbor robot that was cut off at its `$`.
    CutRobot,
    /// This field holds a text that stands for a value to be filled in.
    Placeholder(&'static str),
}

/// What an entry holds, in the kubelet's eyes.
pub(super) struct Credentials<'j> {
    pub(super) username: Vec<u8>,
    pub(super) password: Vec<u8>,
    pub(super) email: &'j str,
    pub(super) auth: &'j str,
    /// The user name and the password that `auth` overrides, if there is one.
    pub(super) beside: Option<(Vec<u8>, Vec<u8>)>,
    pub(super) has_token: bool,
}

/// The users that Google's access tokens go with.
const GOOGLE_TOKEN_USERS: &[&str] = &["oauth2accesstoken", "_token", "_dcgcloud_token"];

/// What is wrong with `credentials`, which stand under `key`.
pub(super) fn flaws(key: &str, credentials: &Credentials<'_>) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let Credentials {
        username, password, ..
    } = credentials;
    let user = str::from_utf8(username).unwrap_or_default();
    let secret = str::from_utf8(password).unwrap_or_default();
    placeholders(credentials, user, secret, &mut flaws);
    if password.is_empty() {
        match (credentials.has_token, username.is_empty()) {
            (true, _) => flaws.push(Flaw::IdentityTokenOnly),
            (false, true) => flaws.push(Flaw::NoCredentials),
            (false, false) => flaws.push(Flaw::NoPassword),
        }
    }
    if !credentials.auth.is_empty() && !is_padded(credentials.auth) {
        flaws.push(Flaw::UnpaddedAuth);
    }
    contradictions(credentials, &mut flaws);
    let of_google = google_key::fault(user, secret);
    flaws.extend(of_google);
    let is_google_key = user.starts_with("_json_key");
    if !is_google_key && password.ends_with(b"\n") && password.len() > 1 {
        flaws.push(Flaw::LineBreak);
    } else if !is_google_key && password.trim_ascii() != &password[..] {
        flaws.push(Flaw::WhiteSpace("password"));
    }
    if username.trim_ascii() != &username[..] {
        flaws.push(Flaw::WhiteSpace("username"));
    }
    if password.is_empty() {
        return flaws;
    }
    let is_google_token = GOOGLE_TOKEN_USERS.contains(&user)
        || user.starts_with("_dcgcr_") && user.ends_with("_token");
    let host = host_of(key);
    let is_hub = RegistryKind::of(host) == RegistryKind::DockerHub;
    let elsewhere = match user {
        "AWS" => Some("Amazon ECR"),
        _ if is_google_token || is_google_key => Some("Google"),
        _ => None,
    };
    match elsewhere {
        Some(owner) if is_hub => flaws.push(Flaw::UserOfAnotherRegistry(owner)),
        Some("Amazon ECR") => flaws.push(Flaw::AwsToken),
        _ if is_google_token => flaws.push(Flaw::GoogleToken),
        _ => {}
    }
    let may_be_harbor = matches!(RegistryKind::of(host), RegistryKind::Other);
    if user == "robot" && may_be_harbor {
        flaws.push(Flaw::CutRobot);
    }
    flaws
}

fn contradictions(credentials: &Credentials<'_>, flaws: &mut Vec<Flaw>) {
    let Some((username, password)) = &credentials.beside else {
        return;
    };
    let differs = |beside: &Vec<u8>, counts: &Vec<u8>| !beside.is_empty() && beside != counts;
    if differs(username, &credentials.username) {
        flaws.push(Flaw::Contradiction("username"));
    }
    if differs(password, &credentials.password) {
        flaws.push(Flaw::Contradiction("password"));
    }
}

fn placeholders(credentials: &Credentials<'_>, user: &str, secret: &str, flaws: &mut Vec<Flaw>) {
    let fields = [
        ("username", user),
        ("password", secret),
        ("email", credentials.email),
    ];
    for (field, value) in fields {
        if is_placeholder(value) {
            flaws.push(Flaw::Placeholder(field));
        }
    }
}

/// Texts that documents write where a value is to be filled in. A password may be any
/// word, so only what nobody takes for one is here.
const PLACEHOLDERS: &[&str] = &[
    "DOCKER_EMAIL",
    "DOCKER_PASSWORD",
    "DOCKER_USER",
    "DOCKER_USERNAME",
    "EMAIL",
    "FILENAME",
    "NAMESPACE",
    "REGISTRY_PASSWORD",
    "REGISTRY_URL",
    "REGISTRY_USERNAME",
    "SECRET_NAME",
    "YOUR_EMAIL",
    "YOUR_PASSWORD",
    "YOUR_USERNAME",
    "your-email",
    "your-name",
    "your-password",
    "your-pword",
    "your-username",
];

fn is_placeholder(value: &str) -> bool {
    let is_name = |inner: &str| {
        !inner.is_empty()
            && inner
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b' ' | b'.'))
    };
    let within = |open: &str, close: &str| {
        let inner = value
            .strip_prefix(open)
            .and_then(|it| it.strip_suffix(close));
        inner.is_some_and(|it| is_name(it.trim()))
    };
    PLACEHOLDERS.contains(&value)
        || within("<", ">")
        || within("${", "}")
        || within("{{", "}}")
        || value.starts_with("$(") && value.ends_with(')')
}

/// Whether the host of a key is a text to be filled in.
pub(super) fn is_placeholder_host(key: &str) -> bool {
    let host = host_of(key);
    let folded = host.to_ascii_uppercase().replace('-', "_");
    let is_word = matches!(
        folded.as_str(),
        "DOCKER_REGISTRY_SERVER"
            | "YOUR_REGISTRY_SERVER"
            | "REGISTRY_SERVER"
            | "REGISTRY_HOST"
            | "DOCKER_SERVER"
            | "DOCKER_REGISTRY"
    );
    let found = mistakes(host, None);
    is_word || found.iter().any(|it| it.kind == MistakeKind::Placeholder)
}
