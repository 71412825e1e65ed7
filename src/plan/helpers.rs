//! The credential helpers of a plan and the registries that each is asked for.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::Places;
use super::{Backing, Place, Provider, ReadCall, ReadHost, Standing, mirrors};

/// A credential helper that the environment controller asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CredentialHelper {
    /// The provider, as the script names it: `ecr` or `gcp`.
    pub provider: String,
    /// The helper, as a Docker `config.json` names it.
    pub helper: String,
    /// The program.
    pub binary: String,
    /// How long a token that it gives is valid at most, in seconds. Ask again
    /// after half of it.
    pub token_lifetime_seconds: u32,
    /// Host patterns that it is asked for besides `registries`: `*` stands for
    /// any letters within one part of the host. Only for `gcp` without `registries`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub registry_patterns: Vec<String>,
    /// The registries that it is asked for, in the order in which they are listed.
    pub registries: Vec<PlannedRegistry>,
    /// The call that enables it: the first of them.
    pub declared_at: Place,
}

/// A registry that a credential helper is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlannedRegistry {
    /// The registry host, as images name it.
    pub host: String,
    /// What it is.
    #[serde(flatten)]
    pub kind: RegistryKind,
    /// The first version of the helper that serves it; none if any does.
    pub minimum_helper_version: Option<String>,
    /// Where it was decided: the list element, or else the argument or the call.
    pub declared_at: Place,
}

/// What a registry is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum RegistryKind {
    /// A private registry of Amazon ECR.
    EcrPrivate(EcrRegistry),
    /// Amazon ECR Public.
    EcrPublic,
    /// A `gcr.io` host, served by Artifact Registry today.
    ContainerRegistry,
    /// A host of Google's Artifact Registry.
    ArtifactRegistry {
        /// The location: a region or a multi-region.
        location: String,
    },
    /// A host that serves an ECR registry's images under a name of its own.
    Mirror {
        /// The ECR host that the helper is asked for in its place; none where
        /// that could not be told.
        backing: Option<String>,
    },
    /// A kind of a later version.
    #[serde(other)]
    Other,
}

/// The parts of a private ECR host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EcrRegistry {
    /// The AWS account: 12 digits.
    pub account_id: String,
    /// The AWS region.
    pub region: String,
    /// The AWS partition: `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: String,
    /// Whether it is a FIPS endpoint.
    pub fips: bool,
    /// Whether it is reached over IPv4 and IPv6.
    pub dual_stack: bool,
}

/// The helpers that `calls` enable: `ecr` first, then `gcp`; registries in the
/// order in which they are listed, each once.
pub(super) fn of(calls: &[ReadCall<'_>], places: &Places<'_>) -> Vec<CredentialHelper> {
    let backings = backings(calls);
    let providers = Provider::ALL.iter();
    providers
        .filter_map(|provider| helper(*provider, calls, &backings, places))
        .collect()
}

/// The backing host of every mirror that has one.
fn backings<'a>(calls: &'a [ReadCall<'a>]) -> HashMap<&'a str, &'a str> {
    let mirrors = mirrors(calls).into_iter();
    mirrors
        .filter_map(|mirror| match mirror.backing {
            Backing::Inferred((host, _)) => Some((&*mirror.host.value, &*host.value)),
            Backing::Missing | Backing::Ambiguous(..) => None,
        })
        .collect()
}

fn helper(
    provider: Provider,
    calls: &[ReadCall<'_>],
    backings: &HashMap<&str, &str>,
    places: &Places<'_>,
) -> Option<CredentialHelper> {
    let calls = || calls.iter().filter(|it| it.provider == Some(provider));
    let first = calls().next()?;
    let declared_at = places.of(first.fact.span);
    let is_open = calls().any(ReadCall::is_without_registries);
    let patterns = if is_open { provider.patterns() } else { &[] };

    let mut seen = std::collections::HashSet::new();
    let registries = calls()
        .flat_map(|call| &call.hosts)
        .filter_map(|ReadHost { text, standing, .. }| {
            let (kind, minimum) = match standing {
                Standing::Registry(kind, minimum) => (kind.clone(), *minimum),
                Standing::Mirror => {
                    let backing = backings.get(text.value.as_str());
                    let backing = backing.map(|it| (*it).to_owned());
                    (RegistryKind::Mirror { backing }, None)
                }
                Standing::Public | Standing::Repeated | Standing::Refused => return None,
            };
            seen.insert(text.value.as_str()).then(|| PlannedRegistry {
                host: text.value.clone(),
                kind,
                minimum_helper_version: minimum.map(str::to_owned),
                declared_at: places.of(text.span),
            })
        })
        .collect();
    Some(CredentialHelper {
        provider: provider.name().to_owned(),
        helper: provider.helper().to_owned(),
        binary: provider.binary().to_owned(),
        token_lifetime_seconds: provider.token_lifetime_seconds(),
        registry_patterns: patterns.iter().map(|it| (*it).to_owned()).collect(),
        registries,
        declared_at,
    })
}
