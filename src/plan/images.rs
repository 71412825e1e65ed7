//! The images of the environment's workloads, and how each is served.

mod serve;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Place;

pub(super) use serve::of;

/// An image that workloads use. One that workloads reach through different
/// secrets is listed once for each way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlannedImage {
    /// The image reference, normalized. Of one that is built, its name.
    pub reference: String,
    /// The containers that use it.
    pub used_by: Vec<UsedBy>,
    /// Whether it can be read.
    pub status: Coverage,
    /// The credential sources that would be tried, in order; none for an image
    /// that is built.
    pub sources: Vec<CredentialSource>,
}

/// A container that uses an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UsedBy {
    /// The Kubernetes kind of the workload.
    pub kind: String,
    /// The workload's name.
    pub name: String,
    /// The container's name.
    pub container: String,
    /// Where the container got its image.
    pub declared_at: Option<Place>,
}

/// Whether an image can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Coverage {
    /// A secret or a credential helper serves it, or the node's own images, where it is
    /// never pulled.
    Covered,
    /// It needs no credentials.
    Public,
    /// It needs credentials, and there are none.
    Uncovered,
    /// The environment builds it, so that no registry is asked for it.
    Built,
    /// It may need credentials or not.
    #[serde(other)]
    Unknown,
}

/// A credential source that would be tried for an image.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum CredentialSource {
    /// An entry of an image pull secret.
    ImagePullSecret {
        /// The secret's name.
        secret: String,
        /// The key within it that matches the image.
        key: String,
        /// The user name; never the password.
        username: Option<String>,
    },
    /// A credential helper.
    CredentialHelper {
        /// The provider.
        provider: String,
        /// The helper.
        helper: String,
        /// The image's registry host.
        registry: String,
        /// The ECR host that the helper is asked for, when the registry is a mirror.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        backing: Option<String>,
    },
    /// The node's own image store.
    LocalImages,
    /// No credentials.
    Anonymous,
    /// A source of a later version.
    #[serde(other)]
    Other,
}

impl CredentialSource {
    /// Whether it gives credentials.
    #[must_use]
    pub fn has_credentials(&self) -> bool {
        matches!(
            self,
            Self::ImagePullSecret { .. } | Self::CredentialHelper { .. }
        )
    }

    /// The source, for people.
    #[cfg(any(feature = "cli", feature = "lsp"))]
    pub(crate) fn in_words(&self) -> String {
        match self {
            Self::ImagePullSecret {
                secret,
                key,
                username,
            } => {
                let user = username.as_ref();
                let user = user.map_or_else(String::new, |it| format!(", as user `{it}`"));
                format!("image pull secret `{secret}`, by its key `{key}`{user}")
            }
            Self::CredentialHelper {
                helper,
                registry,
                backing,
                ..
            } => {
                let asked = backing.as_ref();
                let asked = asked.map_or_else(String::new, |it| format!(", asked for `{it}`"));
                format!("credential helper `{helper}` for `{registry}`{asked}")
            }
            Self::LocalImages => "the node's own images".to_owned(),
            Self::Anonymous => "no credentials".to_owned(),
            Self::Other => "a source of a later version".to_owned(),
        }
    }
}
