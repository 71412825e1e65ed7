//! Registry hosts: what they are, and which credentials serve them.

use super::paragraphs;
use crate::ide::infer::Inference;
use crate::ide::syntax::NodeId;
use crate::keychain::RegistryKey;
use crate::names::{GoogleHost, LocalHost, RegistryHost, RegistryKind};
use crate::plan::{CredentialHelper, PlannedRegistry, RegistryKind as Planned};

pub(super) fn hover(inference: &Inference<'_, '_>, node: NodeId, value: &str) -> Option<String> {
    let plan = &inference.view.analysis.plan;
    let is_listed = inference
        .parameter_of(node)
        .is_some_and(|(parameter, callee)| {
            callee == "configure_cred_helper" && parameter.name == "registries"
        });
    let host = RegistryHost::parse(value).ok()?;
    let planned = plan.credential_helpers.iter().find_map(|helper| {
        let mut registries = helper.registries.iter();
        Some((helper, registries.find(|it| it.host == value)?))
    });
    let is_known = !matches!(host.kind(), RegistryKind::Other | RegistryKind::Local(_));
    if !is_listed && planned.is_none() && !(is_known && value.contains('.')) {
        return None;
    }
    let what = match planned {
        Some((
            _,
            PlannedRegistry {
                kind: Planned::Mirror { backing },
                ..
            },
        )) => match backing {
            Some(backing) => format!("a mirror: the helper is asked for `{backing}` in its place"),
            None => "a mirror; which registry stands behind it is not known".to_owned(),
        },
        _ => kind(&host.kind()),
    };
    let served = match planned {
        Some((helper, registry)) => by_helper(helper, registry),
        None => match plan
            .credential_helpers
            .iter()
            .find(|it| is_by_pattern(it, value))
        {
            Some(helper) => format!(
                "Served by the credential helper `{}` (`{}`).",
                helper.binary, helper.provider
            ),
            None => "No credential helper of the plan is asked for it.".to_owned(),
        },
    };
    Some(paragraphs(&[
        &format!("**Registry** `{value}`: {what}."),
        &served,
    ]))
}

fn by_helper(helper: &CredentialHelper, registry: &PlannedRegistry) -> String {
    let version = registry.minimum_helper_version.as_ref();
    let version = version.map_or(String::new(), |it| {
        format!(" The helper must be version {it} or newer.")
    });
    format!(
        "Served by the credential helper `{}` (`{}`), which the environment controller runs. A token is valid for {} hours at most.{version}",
        helper.binary,
        helper.provider,
        helper.token_lifetime_seconds / 3600,
    )
}

fn is_by_pattern(helper: &CredentialHelper, host: &str) -> bool {
    let mut patterns = helper.registry_patterns.iter();
    patterns.any(|it| RegistryKey::parse(it).is_some_and(|it| it.matches(host)))
}

/// What a host is, in a sentence.
fn kind(kind: &RegistryKind<'_>) -> String {
    match kind {
        RegistryKind::EcrPrivate(ecr) => {
            let fips = if ecr.fips { ", FIPS endpoint" } else { "" };
            let stack = if ecr.is_dual_stack() {
                ", dual-stack endpoint"
            } else {
                ""
            };
            let partition = match ecr.partition().name {
                "aws" => String::new(),
                other => format!(" in the partition `{other}`"),
            };
            format!(
                "a private registry of Amazon ECR, account `{}`, region `{}`{partition}{fips}{stack}",
                ecr.account_id, ecr.region
            )
        }
        RegistryKind::EcrPublic => {
            "Amazon ECR Public, which needs no credentials to pull".to_owned()
        }
        RegistryKind::Google(GoogleHost::ContainerRegistry) => {
            "a host of Google's Container Registry, which Artifact Registry serves today".to_owned()
        }
        RegistryKind::Google(GoogleHost::ArtifactRegistry { location }) => {
            format!("Google's Artifact Registry, location `{location}`")
        }
        RegistryKind::Google(GoogleHost::ArtifactRegistryRegional { location }) => {
            format!("Google's Artifact Registry, the regional endpoint of `{location}`")
        }
        RegistryKind::PublicMirror => "a public registry: everybody may pull from it".to_owned(),
        RegistryKind::Azure(name) => {
            format!("the Azure registry `{name}`; no credential helper serves it")
        }
        RegistryKind::DockerHub => "Docker Hub; no credential helper serves it".to_owned(),
        RegistryKind::GitHub => "GitHub's registry; no credential helper serves it".to_owned(),
        RegistryKind::Quay => "Quay; no credential helper serves it".to_owned(),
        RegistryKind::GitLab => "GitLab's registry; no credential helper serves it".to_owned(),
        RegistryKind::Microsoft => "Microsoft's public registry".to_owned(),
        RegistryKind::Local(LocalHost::Loopback) => {
            "this very machine, which inside the cluster is the controller's own pod".to_owned()
        }
        RegistryKind::Local(_) => "a host that means something else inside the cluster".to_owned(),
        RegistryKind::Other => "a private registry or a mirror".to_owned(),
    }
}
