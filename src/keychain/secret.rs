//! Image pull secrets, without what is secret about them.

use super::content::{Content, read_content};
use super::flaw::Flaw;
use super::{Fault, KeyMistake, RegistryKey};
use crate::kubernetes::{Object, Value};
use crate::source::Span;

/// An image pull secret: which registries it has entries for. Passwords are not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PullSecret {
    /// Its name.
    pub name: String,
    /// Its entries, in the order in which the kubelet asks them.
    pub entries: Vec<PullSecretEntry>,
    /// Where it is named.
    pub(crate) at: Span,
    /// What is wrong with it as a whole.
    pub(crate) flaw: Option<SecretFlaw>,
    /// Whether something in the cluster writes it anew.
    pub(crate) is_renewed: bool,
}

/// An entry of a [`PullSecret`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PullSecretEntry {
    /// The key as it is written; of a user and a password before the host, `*`.
    pub key: String,
    /// The user name, if it has one.
    pub username: Option<String>,
    /// The key, read; none if the kubelet skips it.
    pub(crate) read: Option<RegistryKey>,
    /// Why no image can have the key, if that is so.
    pub(crate) mistake: Option<KeyMistake>,
    /// What is wrong with what it holds.
    pub(crate) flaws: Vec<Flaw>,
}

/// What is wrong with a secret as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecretFlaw {
    /// The entries are wrapped in `auths`, which this type does not have.
    Wrapped,
    /// The entries are not wrapped in `auths`.
    Unwrapped,
    /// It names programs that keep credentials, in this field, and holds none itself.
    NamesPrograms(&'static str),
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

    /// Whether it gives credentials: without a password, whoever it serves is nobody.
    #[must_use]
    pub fn has_credentials(&self) -> bool {
        !self.flaws.contains(&Flaw::NoCredentials)
    }

    /// Whether it holds an identity token and no password: the kubelet does not read
    /// those.
    #[must_use]
    pub fn is_identity_token(&self) -> bool {
        self.flaws.contains(&Flaw::IdentityTokenOnly)
    }
}

/// A secret that should be a pull secret and cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenSecret {
    /// Its name.
    pub name: String,
    /// Why.
    pub fault: Fault,
    /// Where it is named.
    pub(crate) at: Span,
}

/// The types of pull secrets, with the key of `data` that each needs.
pub(super) const TYPES: [(&str, &str); 2] = [
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
        let (_, field) = TYPES.iter().find(|(known, _)| *known == ty)?;
        let read = read_content(object, field)?;
        let at = name_of(object);
        Some(match read {
            Ok(Content { mut entries, flaw }) => {
                // The kubelet sorts the keys backwards, byte by byte.
                entries.sort_by_cached_key(|it| {
                    let order = it.read.as_ref().map(RegistryKey::order);
                    std::cmp::Reverse(order.unwrap_or_default().to_owned())
                });
                Ok(Self {
                    name: object.name.clone(),
                    entries,
                    at,
                    flaw,
                    is_renewed: is_renewed(object),
                })
            }
            Err(fault) => Err(BrokenSecret {
                name: object.name.clone(),
                fault,
                at,
            }),
        })
    }
}

/// Where an object is named, or else the whole of it.
pub(super) fn name_of(object: &Object) -> Span {
    let name = object.value.at_path(&["metadata", "name"]);
    name.map_or(object.value.at, |it| it.at)
}

/// Whether an operator keeps the secret: what it holds may be short-lived then.
fn is_renewed(object: &Object) -> bool {
    let metadata = object.value.get("metadata");
    let get = |name: &str| metadata.and_then(|it| it.get(name));
    let owners = get("ownerReferences").map(Value::items).unwrap_or_default();
    let is_owned = owners.iter().any(|owner| {
        // Sealed secrets are only a way to keep one in git.
        let kind = owner.get("kind").and_then(Value::text);
        kind.is_some_and(|kind| kind != "SealedSecret")
    });
    let has_mark = ["labels", "annotations"].into_iter().any(|name| {
        let Some(crate::kubernetes::Data::Map(entries)) = get(name).map(|it| &it.data) else {
            return false;
        };
        let mut names = entries.iter().map(|(key, _)| key.name.as_str());
        names.any(|it| it.contains("external-secrets.io/"))
    });
    is_owned || has_mark
}
