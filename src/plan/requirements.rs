//! What a plan relies on and no file of the project can provide: identities,
//! their permissions, and programs.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Controller, CredentialHelper, RegistryKind};

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
            "ecr" => requirements.extend(for_ecr(identity, helper)),
            "gcp" => requirements.extend(for_gcp(identity)),
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

fn for_ecr(identity: Identity<'_>, helper: &CredentialHelper) -> Vec<Requirement> {
    let require = |kind, text| Requirement {
        kind,
        subject: Subject::Ecr,
        text,
    };
    let accounts: BTreeSet<&str> = private(helper).map(|it| it.0).collect();
    let mut requirements = Vec::new();
    let role = match identity {
        Identity::ServiceAccount(name) => {
            requirements.push(require(
                RequirementKind::ServiceAccount,
                format!(
                    "the service account `{name}` exists in the environment's namespace and has an \
                     IAM role: by its annotation `eks.amazonaws.com/role-arn`, or by an EKS Pod \
                     Identity association, which needs no annotation"
                ),
            ));
            requirements.push(require(
                RequirementKind::TrustPolicy,
                format!(
                    "that role may be taken by the service account: with the annotation, its trust \
                     policy allows `sts:AssumeRoleWithWebIdentity` to the cluster's OIDC provider for \
                     the subject `system:serviceaccount:NAMESPACE:{name}` and the audience \
                     `sts.amazonaws.com`; with Pod Identity, it allows `sts:AssumeRole` and \
                     `sts:TagSession` to `pods.eks.amazonaws.com`"
                ),
            ));
            format!("the IAM role of the service account `{name}`")
        }
        Identity::Node => {
            requirements.push(require(
                RequirementKind::NodeMetadata,
                "pods reach the metadata server of their node, since no service account is set and \
                 the node's own role is used: the hop limit (`HttpPutResponseHopLimit`) is 2 or \
                 more, and no network policy blocks 169.254.169.254; EKS Auto Mode fixes the limit \
                 at 1, so set `directOptions.workloadIdentityServiceAccount` there"
                    .to_owned(),
            ));
            "the IAM role of the nodes".to_owned()
        }
        Identity::Unknown => "the IAM role of the environment controller".to_owned(),
    };
    if !accounts.is_empty() {
        requirements.push(require(
            RequirementKind::IamRole,
            format!(
                "{role} allows `ecr:GetAuthorizationToken` on the resource `*`, and \
                 `ecr:BatchGetImage` and `ecr:GetDownloadUrlForLayer` on the repositories in {}; the \
                 managed policy `AmazonEC2ContainerRegistryPullOnly` has all three",
                registries_in_words(helper)
            ),
        ));
    }
    if accounts.len() > 1 {
        let accounts: Vec<_> = accounts.into_iter().map(|it| format!("`{it}`")).collect();
        requirements.push(require(
            RequirementKind::RepositoryPolicy,
            format!(
                "a role belongs to one account, and registries of {} are listed: in the others, each \
                 repository's policy allows that role `ecr:BatchGetImage` and \
                 `ecr:GetDownloadUrlForLayer`",
                in_words(&accounts)
            ),
        ));
    }
    let mut registries = helper.registries.iter();
    if registries.any(|it| it.kind == RegistryKind::EcrPublic) {
        requirements.push(require(
            RequirementKind::IamRole,
            format!(
                "{role} allows `ecr-public:GetAuthorizationToken` and `sts:GetServiceBearerToken` on \
                 the resource `*`, for Amazon ECR Public"
            ),
        ));
    }
    requirements.extend(mirrors(helper).map(|(mirror, backing)| {
        require(
            RequirementKind::Mirror,
            format!(
                "the mirror `{mirror}` takes a token of `{backing}`: the helper, which knows ECR's \
                 own hosts only, is asked for that one, and its answer is presented to the mirror"
            ),
        )
    }));
    requirements
        .extend(helper_version(helper).map(|text| require(RequirementKind::HelperVersion, text)));
    requirements
}

fn for_gcp(identity: Identity<'_>) -> Vec<Requirement> {
    let require = |kind, text| Requirement {
        kind,
        subject: Subject::Gcp,
        text,
    };
    match identity {
        Identity::ServiceAccount(name) => vec![
            require(
                RequirementKind::ServiceAccount,
                format!("the service account `{name}` exists in the environment's namespace"),
            ),
            require(
                RequirementKind::WorkloadIdentity,
                format!(
                    "the cluster has Workload Identity, and the service account stands for a Google \
                     identity: either its annotation `iam.gke.io/gcp-service-account` names a Google \
                     service account that grants `roles/iam.workloadIdentityUser` to \
                     `serviceAccount:PROJECT.svc.id.goog[NAMESPACE/{name}]`, or, without any \
                     annotation, it is granted roles directly as \
                     `principal://iam.googleapis.com/projects/NUMBER/locations/global/\
                     workloadIdentityPools/PROJECT.svc.id.goog/subject/ns/NAMESPACE/sa/{name}`"
                ),
            ),
            require(
                RequirementKind::GoogleRole,
                "that Google identity has `roles/artifactregistry.reader` on the repositories; \
                 `gcr.io` is served by Artifact Registry too"
                    .to_owned(),
            ),
        ],
        Identity::Node => vec![
            require(
                RequirementKind::NodeMetadata,
                "pods reach the metadata server of their node, since no service account is set and \
                 the node's own Google service account is used; its access scopes include \
                 `cloud-platform` or `devstorage.read_only`"
                    .to_owned(),
            ),
            require(
                RequirementKind::GoogleRole,
                "the Google service account of the nodes has `roles/artifactregistry.reader` on the \
                 repositories; `gcr.io` is served by Artifact Registry too"
                    .to_owned(),
            ),
        ],
        Identity::Unknown => vec![require(
            RequirementKind::GoogleRole,
            "the Google identity of the environment controller has \
             `roles/artifactregistry.reader` on the repositories; `gcr.io` is served by Artifact \
             Registry too"
                .to_owned(),
        )],
    }
}

/// Account and region of every private ECR registry.
fn private(helper: &CredentialHelper) -> impl Iterator<Item = (&str, &str)> {
    helper.registries.iter().filter_map(|it| match &it.kind {
        RegistryKind::EcrPrivate(ecr) => Some((ecr.account_id.as_str(), ecr.region.as_str())),
        _ => None,
    })
}

/// Every mirror with a backing host, and that host.
fn mirrors(helper: &CredentialHelper) -> impl Iterator<Item = (&str, &str)> {
    helper.registries.iter().filter_map(|it| match &it.kind {
        RegistryKind::Mirror {
            backing: Some(backing),
        } => Some((it.host.as_str(), backing.as_str())),
        _ => None,
    })
}

fn registries_in_words(helper: &CredentialHelper) -> String {
    let registries: BTreeSet<_> = private(helper).collect();
    let words = registries
        .into_iter()
        .map(|(account, region)| format!("account `{account}`, region `{region}`"));
    let words: Vec<_> = words.collect();
    words.join("; ")
}

fn in_words(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The newest of the versions that the registries need.
fn helper_version(helper: &CredentialHelper) -> Option<String> {
    let needs = helper.registries.iter().filter_map(|it| {
        let version = it.minimum_helper_version.as_deref()?;
        Some((version_key(version), version, it.host.as_str()))
    });
    // The first of equals, so that the text does not depend on how many follow.
    let (_, version, host) = needs.reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    Some(format!(
        "`{}` is of version {version} or later, because of `{host}`",
        helper.binary
    ))
}

fn version_key(version: &str) -> Vec<u32> {
    let parts = version.split('.');
    parts.map(|part| part.parse().unwrap_or(0)).collect()
}
