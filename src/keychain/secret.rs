//! Image pull secrets, without what is secret about them.

use serde_json::Value as Json;

use super::RegistryKey;
use super::auth::{decode, decode_auth};
use crate::kubernetes::{Object, Value};

/// An image pull secret: which registries it has entries for. Passwords are not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PullSecret {
    /// Its name.
    pub name: String,
    /// Its entries, in the order in which the kubelet asks them.
    pub entries: Vec<PullSecretEntry>,
}

/// An entry of a [`PullSecret`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PullSecretEntry {
    /// The key as it is written.
    pub key: String,
    /// The user name, if it has one.
    pub username: Option<String>,
    /// The key, read; none if the kubelet skips it.
    pub(super) read: Option<RegistryKey>,
}

impl PullSecretEntry {
    /// Why the entry does not serve `image`, for people; none if it does.
    #[must_use]
    pub fn mismatch(&self, image: &str) -> Option<String> {
        match &self.read {
            Some(key) => key.mismatch(image),
            None => Some("the kubelet skips this key: it is no host".to_owned()),
        }
    }
}

/// A secret that should be a pull secret and cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenSecret {
    /// Its name.
    pub name: String,
    /// Why; it tells nothing of the secret's content.
    pub why: String,
}

/// The types of pull secrets, with the key of `data` that each needs.
const TYPES: [(&str, &str); 2] = [
    ("kubernetes.io/dockerconfigjson", ".dockerconfigjson"),
    ("kubernetes.io/dockercfg", ".dockercfg"),
];

impl PullSecret {
    /// The pull secret that `object` is. None for other objects and other secrets,
    /// and, as for the kubelet, for one whose data has the other type's key.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(crate) fn of(object: &Object) -> Option<Result<Self, BrokenSecret>> {
        if object.kind != "Secret" {
            return None;
        }
        let ty = object.value.get("type").and_then(Value::text)?;
        let (_, key) = TYPES.iter().find(|(known, _)| *known == ty)?;
        let plain = object.value.at_path(&["stringData", key]);
        let encoded = object.value.at_path(&["data", key]);
        let broken = |why: &str| BrokenSecret {
            name: object.name.clone(),
            why: why.to_owned(),
        };
        let text = match (plain.and_then(Value::text), encoded.and_then(Value::text)) {
            (Some(plain), _) => Ok(plain.to_owned()),
            (None, Some(encoded)) => {
                let bytes = decode(encoded, true).or_else(|| decode(encoded, false));
                let text = bytes.and_then(|it| String::from_utf8(it).ok());
                text.ok_or_else(|| broken(&format!("`{key}` is not valid base64")))
            }
            (None, None) => return None,
        };
        let is_wrapped = *key == ".dockerconfigjson";
        let entries = text.and_then(|text| entries(&text, is_wrapped).map_err(|why| broken(&why)));
        Some(entries.map(|entries| Self {
            name: object.name.clone(),
            entries,
        }))
    }
}

/// The entries of a configuration of Docker's, in the kubelet's order.
fn entries(text: &str, is_wrapped: bool) -> Result<Vec<PullSecretEntry>, String> {
    // The parser's own words would show a part of the text.
    let json: Json = serde_json::from_str(text).map_err(|error| {
        format!(
            "its content is not valid JSON, at line {}, column {}",
            error.line(),
            error.column()
        )
    })?;
    let auths = match is_wrapped {
        true => field(&json, "auths"),
        false => Some(&json),
    };
    let Some(auths) = auths.filter(|it| !it.is_null()) else {
        return Ok(Vec::new());
    };
    let auths = auths.as_object().ok_or("`auths` is no object")?;
    let mut entries = Vec::with_capacity(auths.len());
    for (index, (key, entry)) in auths.iter().enumerate() {
        let username = username(entry).map_err(|why| format!("entry {}: {why}", index + 1))?;
        entries.push(PullSecretEntry {
            key: key.clone(),
            username,
            read: RegistryKey::parse(key),
        });
    }
    // The kubelet sorts the keys backwards, byte by byte.
    entries.sort_by_cached_key(|it| {
        std::cmp::Reverse(it.read.as_ref().map(RegistryKey::order).unwrap_or_default())
    });
    Ok(entries)
}

/// The user name of an entry: that of `auth`, which overrides the one beside it.
fn username(entry: &Json) -> Result<Option<String>, String> {
    if !entry.is_object() && !entry.is_null() {
        return Err("it is no object".to_owned());
    }
    let text = |name: &str| match field(entry, name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("`{name}` is no text")),
    };
    let (username, auth) = (text("username")?, text("auth")?);
    text("password")?;
    match auth.filter(|it| !it.is_empty()) {
        Some(auth) => match decode_auth(&auth) {
            Ok((username, _)) => Ok(Some(username).filter(|it| !it.is_empty())),
            Err(error) => Err(error.to_string()),
        },
        None => Ok(username.filter(|it| !it.is_empty())),
    }
}

/// A field, as Go finds it: by its name, or by its name in another case.
fn field<'j>(json: &'j Json, name: &str) -> Option<&'j Json> {
    let fields = json.as_object()?;
    fields.get(name).or_else(|| {
        let mut fields = fields.iter();
        fields.find_map(|(known, value)| known.eq_ignore_ascii_case(name).then_some(value))
    })
}
