//! What a plan relies on and no file of the project can provide: identities,
//! their permissions, and programs.

mod ecr;
mod google;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Controller, CredentialHelper};

/// Something outside the project that the plan relies on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Requirement {
    /// What kind of thing it is.
    pub kind: RequirementKind,
    /// The part of the plan that relies on it.
    #[serde(rename = "for")]
    pub subject: Subject,
    /// What has to be there, for a person to act on. Words in capitals stand
    /// for names that the project's files do not tell.
    pub text: String,
}

/// What kind of thing a plan relies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RequirementKind {
    /// A Kubernetes service account.
    ServiceAccount,
    /// An AWS IAM role and what it allows.
    IamRole,
    /// Who may take the AWS IAM role.
    TrustPolicy,
    /// A policy of repositories in another AWS account.
    RepositoryPolicy,
    /// Pods reach the metadata server of their node.
    NodeMetadata,
    /// A Kubernetes service account stands for a Google identity.
    WorkloadIdentity,
    /// A Google Cloud IAM role.
    GoogleRole,
    /// A version of a credential helper.
    HelperVersion,
    /// A mirror hands credentials on.
    Mirror,
    /// The image store of the node.
    NodeImageStore,
    /// Something of a later version.
    #[serde(other)]
    Other,
}

/// The part of a plan that relies on something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Subject {
    /// The credential helper of `ecr`.
    Ecr,
    /// The credential helper of `gcp`.
    Gcp,
    /// The search for images in the node's own store.
    LocalImages,
    /// A part of a later version.
    #[serde(other)]
    Other,
}

/// Whom the environment controller is to a cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity<'a> {
    /// Whom the Kubernetes service account of that name stands for.
    ServiceAccount(&'a str),
    /// The node that it runs on.
    Node,
    /// That cannot be told, because the setting could not be read.
    Unknown,
}

/// Everything that `controller` and `helpers` rely on.
pub(super) fn of(
    controller: &Controller,
    identity: Identity<'_>,
    helpers: &[CredentialHelper],
) -> Vec<Requirement> {
    let mut requirements = Vec::new();
    for helper in helpers {
        match helper.provider.as_str() {
            "ecr" => ecr::require(identity, helper, &mut requirements),
            "gcp" => google::require(identity, &mut requirements),
            _ => {}
        }
    }
    if controller.search_local_images {
        requirements.push(Requirement {
            kind: RequirementKind::NodeImageStore,
            subject: Subject::LocalImages,
            text: "images are built in the node's own image store, as with \
                   `eval $(minikube docker-env)`: this is no registry, and no cloud's nodes have it"
                .to_owned(),
        });
    }
    requirements
}
