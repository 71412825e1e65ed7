//! What `ecr` relies on.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{CredentialHelper, RegistryKind};
use super::{Identity, Requirement, RequirementKind, Subject};

pub(super) fn require(
    identity: Identity<'_>,
    helper: &CredentialHelper,
    requirements: &mut Vec<Requirement>,
) {
    let mut push = |kind, text| {
        requirements.push(Requirement {
            kind,
            subject: Subject::Ecr,
            text,
        });
    };
    let role = match identity {
        Identity::ServiceAccount(name) => {
            push(RequirementKind::ServiceAccount, service_account(name));
            push(RequirementKind::TrustPolicy, trust_policy(name));
            format!("the IAM role of the service account `{name}`")
        }
        Identity::Node => {
            push(RequirementKind::NodeMetadata, NODE_METADATA.to_owned());
            "the IAM role of the nodes".to_owned()
        }
        Identity::Unknown => "the IAM role of the environment controller".to_owned(),
    };
    if let Some(text) = permissions(&role, helper) {
        push(RequirementKind::IamRole, text);
    }
    if let Some(text) = other_accounts(helper) {
        push(RequirementKind::RepositoryPolicy, text);
    }
    if has_public(helper) {
        push(RequirementKind::IamRole, public_permissions(&role));
    }
    for (mirror, backing) in mirrors(helper) {
        push(RequirementKind::Mirror, mirror_in_words(mirror, backing));
    }
    if let Some(text) = helper_version(helper) {
        push(RequirementKind::HelperVersion, text);
    }
}

const NODE_METADATA: &str = "pods reach the metadata server of their node, since no service account \
    is set and the node's own role is used: the hop limit (`HttpPutResponseHopLimit`) is 2 or more, \
    and no network policy blocks 169.254.169.254; EKS Auto Mode fixes the limit at 1, so set \
    `directOptions.workloadIdentityServiceAccount` there";

fn service_account(name: &str) -> String {
    format!(
        "the service account `{name}` exists in the environment's namespace and has an IAM role: by \
         its annotation `eks.amazonaws.com/role-arn`, or by an EKS Pod Identity association, which \
         needs no annotation"
    )
}

fn trust_policy(name: &str) -> String {
    format!(
        "that role may be taken by the service account: with the annotation, its trust policy allows \
         `sts:AssumeRoleWithWebIdentity` to the cluster's OIDC provider for the subject \
         `system:serviceaccount:NAMESPACE:{name}` and the audience `sts.amazonaws.com`; with Pod \
         Identity, it allows `sts:AssumeRole` and `sts:TagSession` to `pods.eks.amazonaws.com`"
    )
}

/// What the role must allow for the private registries, if there are any.
fn permissions(role: &str, helper: &CredentialHelper) -> Option<String> {
    let mut regions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (account, region) in private(helper) {
        regions.entry(account).or_default().insert(region);
    }
    let accounts = regions.into_iter().map(|(account, regions)| {
        let regions: Vec<_> = regions.into_iter().collect();
        format!("account `{account}` in {}", regions.join(", "))
    });
    let accounts: Vec<_> = accounts.collect();
    (!accounts.is_empty()).then(|| {
        format!(
            "{role} allows `ecr:GetAuthorizationToken` on the resource `*`, and `ecr:BatchGetImage` \
             and `ecr:GetDownloadUrlForLayer` on the repositories of {}; the managed policy \
             `AmazonEC2ContainerRegistryPullOnly` has all three",
            accounts.join("; ")
        )
    })
}

/// What other accounts must allow, if there are several.
fn other_accounts(helper: &CredentialHelper) -> Option<String> {
    let accounts: BTreeSet<_> = private(helper).map(|(account, _)| account).collect();
    let accounts: Vec<_> = accounts.into_iter().map(|it| format!("`{it}`")).collect();
    let (last, first) = accounts.split_last()?;
    (!first.is_empty()).then(|| {
        format!(
            "a role belongs to one account, and registries of {} and {last} are listed: in the \
             others, each repository's policy allows that role `ecr:BatchGetImage` and \
             `ecr:GetDownloadUrlForLayer`",
            first.join(", ")
        )
    })
}

fn public_permissions(role: &str) -> String {
    format!(
        "{role} allows `ecr-public:GetAuthorizationToken` and `sts:GetServiceBearerToken` on the \
         resource `*`, for Amazon ECR Public"
    )
}

fn mirror_in_words(mirror: &str, backing: &str) -> String {
    format!(
        "the mirror `{mirror}` takes a token of `{backing}`: the helper, which knows ECR's own hosts \
         only, is asked for that one, and its answer is presented to the mirror"
    )
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

/// Account and region of every private registry.
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

fn has_public(helper: &CredentialHelper) -> bool {
    let mut registries = helper.registries.iter();
    registries.any(|it| it.kind == RegistryKind::EcrPublic)
}
