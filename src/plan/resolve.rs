//! Which credential sources would be tried for images, and why.

#[cfg(feature = "cli")]
mod text;

use schemars::JsonSchema;
use serde::Serialize;

use super::{CredentialSource, Keychain, Puller};
use crate::names::ImageReference;

#[cfg(feature = "cli")]
pub(crate) use text::text;

/// What `resolve` says of images.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Resolutions {
    /// The version of this form.
    pub version: u32,
    /// What is said of each image, in the order in which they were asked for.
    pub results: Vec<Resolution>,
}

/// What is said of an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Resolution {
    /// The image.
    pub image: ResolvedImage,
    /// Why the reference is invalid.
    pub error: Option<String>,
    /// The sources in the order in which they would be tried.
    pub sources: Vec<CredentialSource>,
    /// The pull secrets, key by key, that do not serve the image.
    pub passed_over: Vec<PassedOver>,
}

/// An image reference and its parts. All but the first are missing for one that is
/// invalid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResolvedImage {
    /// The reference as it was given.
    pub given: String,
    /// The reference with all its parts.
    pub normalized: Option<String>,
    /// The registry host.
    pub registry: Option<String>,
    /// The repository within the registry.
    pub repository: Option<String>,
    /// The tag; `latest` for a reference with neither tag nor digest.
    pub tag: Option<String>,
    /// The digest.
    pub digest: Option<String>,
}

/// A key of a pull secret that does not serve an image, or a secret that serves none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PassedOver {
    /// The secret.
    pub secret: String,
    /// The key; empty where the secret as a whole is passed over: it cannot be read, it
    /// is of another type, or it is not there.
    pub key: String,
    /// Why.
    pub why: String,
}

/// What `keychain` has for `images`, asked for by `puller`.
#[must_use]
pub fn resolve(keychain: &Keychain, images: &[String], puller: &Puller) -> Resolutions {
    let results = images.iter().map(|image| one(keychain, image, puller));
    Resolutions {
        version: 1,
        results: results.collect(),
    }
}

fn one(keychain: &Keychain, given: &str, puller: &Puller) -> Resolution {
    let reference = match ImageReference::parse(given) {
        Ok(reference) => reference,
        Err(error) => {
            return Resolution {
                image: ResolvedImage {
                    given: given.to_owned(),
                    ..ResolvedImage::default()
                },
                error: Some(error.in_words(given)),
                sources: Vec::new(),
                passed_over: Vec::new(),
            };
        }
    };
    let sources = keychain.sources(&reference, puller);
    let is_latest = reference.tag.is_none() && reference.digest.is_none();
    Resolution {
        passed_over: passed_over(keychain, &reference, puller, &sources),
        image: ResolvedImage {
            given: given.to_owned(),
            normalized: Some(reference.canonical()),
            tag: match is_latest {
                true => Some("latest".to_owned()),
                false => reference.tag,
            },
            registry: Some(reference.registry),
            repository: Some(reference.repository),
            digest: reference.digest,
        },
        error: None,
        sources,
    }
}

/// The keys that are not among `sources`.
fn passed_over(
    keychain: &Keychain,
    image: &ImageReference,
    puller: &Puller,
    sources: &[CredentialSource],
) -> Vec<PassedOver> {
    let Some(secrets) = keychain.secrets() else {
        return Vec::new();
    };
    let name = image.name();
    let mut passed_over = Vec::new();
    for secret in secrets.readable() {
        for entry in &secret.entries {
            let is_tried = sources.iter().any(|source| {
                matches!(source, CredentialSource::ImagePullSecret { secret: of, key, .. }
                    if *of == secret.name && *key == entry.key)
            });
            if is_tried {
                continue;
            }
            let is_hub =
                image.registry == "docker.io" && entry.mismatch("index.docker.io").is_none();
            let why = match is_hub {
                true => "a key for `docker.io` itself comes before Docker's own".to_owned(),
                false => entry.mismatch(&name).unwrap_or_default(),
            };
            passed_over.push(PassedOver {
                secret: secret.name.clone(),
                key: entry.key.clone(),
                why,
            });
        }
    }
    let whole = |secret: &str, why: String| PassedOver {
        secret: secret.to_owned(),
        key: String::new(),
        why,
    };
    let broken = secrets.broken().iter();
    passed_over
        .extend(broken.map(|it| whole(&it.name, format!("it cannot be read: {}", it.fault))));
    let misfits = secrets.misfits().iter();
    passed_over.extend(misfits.map(|it| {
        let ty = it.ty.as_deref().unwrap_or("Opaque");
        whole(
            &it.name,
            format!(
                "its type is `{ty}`, and that of `{}` is `{}`",
                it.field, it.type_of_field
            ),
        )
    }));
    let is_there =
        |name: &str| secrets.has(name) || secrets.misfits().iter().any(|it| it.name == name);
    let named = keychain.named(puller).iter();
    let missing = named.filter(|it| !is_there(it));
    passed_over.extend(
        missing.map(|it| whole(it, "the namespace has no such image pull secret".to_owned())),
    );
    passed_over
}
