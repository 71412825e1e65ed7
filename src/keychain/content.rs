//! What a pull secret holds, as the kubelet reads it: from the data of an object to
//! entries without their passwords.

use serde_json::Value as Json;

use super::auth::{decode, decode_bytes};
use super::flaw::{Credentials, flaws};
use super::secret::{PullSecretEntry, SecretFlaw};
use super::{Fault, KeyMistake, RegistryKey};
use crate::kubernetes::{Object, Value};

/// What a pull secret holds.
pub(super) struct Content {
    /// In the order in which they are written.
    pub(super) entries: Vec<PullSecretEntry>,
    pub(super) flaw: Option<SecretFlaw>,
}

/// Reads the content of a secret that has the data `field`. None if it has not.
pub(super) fn read_content(object: &Object, field: &'static str) -> Option<Result<Content, Fault>> {
    let text = |path: &[&str]| object.value.at_path(path).and_then(Value::text);
    let plain = text(&["stringData", field]);
    let encoded = text(&["data", field]);
    let (bytes, is_plain) = match (plain, encoded) {
        // As the API server merges them.
        (Some(plain), _) => (plain.as_bytes().to_owned(), true),
        (None, Some(encoded)) => match decode(encoded, true).or_else(|| decode(encoded, false)) {
            Some(bytes) => (bytes, false),
            None => return Some(Err(Fault::Base64 { field })),
        },
        (None, None) => return None,
    };
    // A secret whose values were taken out before it was shown tells nothing.
    if bytes.is_empty() {
        return None;
    }
    let json = match parse(&bytes) {
        Ok(json) => json,
        Err(_) if is_encoded(&bytes) => {
            return Some(Err(Fault::EncodedTwice { field, is_plain }));
        }
        Err(fault) => return Some(Err(fault)),
    };
    Some(entries(&json, field == ".dockerconfigjson"))
}

/// As Go does it: bytes that are no text become a sign for that.
fn parse(bytes: &[u8]) -> Result<Json, Fault> {
    let marks: [&[u8]; 3] = [&[0xef, 0xbb, 0xbf], &[0xff, 0xfe], &[0xfe, 0xff]];
    if marks.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(Fault::ByteOrderMark);
    }
    let text = String::from_utf8_lossy(bytes);
    // The parser's own words would show a part of the text.
    serde_json::from_str(&text).map_err(|error| Fault::NotJson {
        line: error.line(),
        column: error.column(),
    })
}

/// Whether the content is base64 of JSON.
fn is_encoded(bytes: &[u8]) -> bool {
    let text = str::from_utf8(bytes).unwrap_or_default().trim();
    let inner = decode(text, true).or_else(|| decode(text, false));
    let inner = inner.unwrap_or_default();
    let is_json = inner.trim_ascii_start().starts_with(b"{");
    // Three times would be one more of the same.
    is_json || (!inner.is_empty() && inner.len() < bytes.len() && is_encoded_once(&inner))
}

fn is_encoded_once(bytes: &[u8]) -> bool {
    let text = str::from_utf8(bytes).unwrap_or_default().trim();
    let inner = decode(text, true).or_else(|| decode(text, false));
    inner.is_some_and(|it| it.trim_ascii_start().starts_with(b"{"))
}

fn entries(json: &Json, is_wrapped: bool) -> Result<Content, Fault> {
    let none = |flaw| Content {
        entries: Vec::new(),
        flaw,
    };
    if json.is_null() {
        return Ok(none(None));
    }
    let whole = json
        .as_object()
        .ok_or(Fault::WrongType { field: "content" })?;
    let auths = match is_wrapped {
        true => {
            if field(json, "HttpHeaders").is_some_and(|it| !it.is_object() && !it.is_null()) {
                let field = "HttpHeaders";
                return Err(Fault::WrongType { field });
            }
            match field(json, "auths") {
                None | Some(Json::Null) => {
                    let is_bare = whole.values().any(looks_like_entry);
                    let flaw = is_bare.then_some(SecretFlaw::Unwrapped);
                    return Ok(none(flaw.or_else(|| programs(json))));
                }
                Some(auths) => auths
                    .as_object()
                    .ok_or(Fault::WrongType { field: "auths" })?,
            }
        }
        false => whole,
    };
    let mut entries = Vec::with_capacity(auths.len());
    for (key, value) in auths {
        entries.push(entry(key, value)?);
    }
    let is_wrong = !is_wrapped && whole.get("auths").is_some_and(Json::is_object);
    let has_any = entries.iter().any(|it| it.has_credentials());
    let flaw = match (is_wrong, has_any) {
        (true, _) => Some(SecretFlaw::Wrapped),
        (false, false) => programs(json),
        (false, true) => None,
    };
    Ok(Content { entries, flaw })
}

/// The field that names programs which keep credentials, if there is one.
fn programs(json: &Json) -> Option<SecretFlaw> {
    let names = ["credsStore", "credHelpers"];
    let mut names = names.into_iter().filter(|name| match field(json, name) {
        Some(Json::String(text)) => !text.is_empty(),
        Some(Json::Object(helpers)) => !helpers.is_empty(),
        _ => false,
    });
    names.next().map(SecretFlaw::NamesPrograms)
}

fn looks_like_entry(value: &Json) -> bool {
    let fields = ["auth", "username", "password", "identitytoken"];
    fields.iter().any(|name| field(value, name).is_some())
}

fn entry(key: &str, value: &Json) -> Result<PullSecretEntry, Fault> {
    let shown = without_secrets(key);
    let wrong = |field| Fault::WrongEntry {
        key: shown.clone(),
        field,
    };
    if !value.is_object() && !value.is_null() {
        return Err(wrong(None));
    }
    let text = |name: &'static str| match field(value, name) {
        None | Some(Json::Null) => Ok(""),
        Some(Json::String(text)) => Ok(text.as_str()),
        Some(_) => Err(wrong(Some(name))),
    };
    // The kubelet does not look at these two.
    let token = |name| {
        field(value, name)
            .and_then(Json::as_str)
            .unwrap_or_default()
    };
    let mut credentials = Credentials {
        username: text("username")?.as_bytes().to_owned(),
        password: text("password")?.as_bytes().to_owned(),
        email: text("email")?,
        auth: text("auth")?,
        beside: None,
        has_token: !token("identitytoken").is_empty() || !token("registrytoken").is_empty(),
    };
    if !credentials.auth.is_empty() {
        let (username, password) = decode_bytes(credentials.auth).map_err(|error| Fault::Auth {
            key: shown.clone(),
            error,
        })?;
        // `auth` overrides what stands beside it.
        let username = std::mem::replace(&mut credentials.username, username);
        let password = std::mem::replace(&mut credentials.password, password);
        credentials.beside = Some((username, password));
    }
    let username = String::from_utf8_lossy(&credentials.username).into_owned();
    Ok(PullSecretEntry {
        flaws: flaws(key, &credentials),
        username: Some(username).filter(|it| !it.is_empty()),
        read: RegistryKey::parse(key),
        mistake: KeyMistake::of(key),
        key: shown,
    })
}

/// A key as it may be shown: some write a password into it.
fn without_secrets(key: &str) -> String {
    let start = key.find("://").map_or(0, |at| at + 3);
    let rest = &key[start..];
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let mut shown = match rest[..end].rfind('@') {
        Some(at) => format!("{}*{}", &key[..start], &rest[at..]),
        None => key.to_owned(),
    };
    // A `?` alone stands for a letter of a host.
    if let Some(query) = shown.find('?')
        && let Some(equals) = shown[query..].find('=')
    {
        shown.truncate(query + equals + 1);
        shown.push('*');
    }
    shown
}

/// A field, as Go finds it: by its name, or by its name in another case.
fn field<'j>(json: &'j Json, name: &str) -> Option<&'j Json> {
    let fields = json.as_object()?;
    fields.get(name).or_else(|| {
        let mut fields = fields.iter();
        fields.find_map(|(known, value)| known.eq_ignore_ascii_case(name).then_some(value))
    })
}
