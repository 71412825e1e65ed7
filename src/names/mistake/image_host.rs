//! Hosts of images.

use super::{MistakeKind, RegistryMistake, mistakes};
use crate::names::provider::Provider;
use crate::names::registry::{RegistryHost, RegistryKind};

/// What is wrong with `host`, the registry of an image, whoever may serve it: what
/// looks like a host of AWS or Google and is none.
#[must_use]
pub fn mistakes_of_image_host(host: &str) -> Vec<RegistryMistake> {
    let parsed = RegistryHost::parse(host);
    let provider = match parsed.as_ref().map(RegistryHost::kind) {
        Ok(RegistryKind::EcrPrivate(_) | RegistryKind::Other) => Provider::Ecr,
        Ok(RegistryKind::Google(_)) => Provider::Gcp,
        _ => return Vec::new(),
    };
    let mut found = mistakes(host, Some(provider));
    found.retain(|it| is_of_cloud(&it.kind));
    found
}

/// Whether it is a wrong part of a host of AWS or Google.
fn is_of_cloud(kind: &MistakeKind) -> bool {
    use MistakeKind as Kind;
    matches!(
        kind,
        Kind::AccountId
            | Kind::IncompleteEcr { .. }
            | Kind::EcrApi { .. }
            | Kind::Zone { .. }
            | Kind::Region
            | Kind::Partition { .. }
            | Kind::MixedEndpoint { .. }
            | Kind::NoFips
            | Kind::CloudPort
            | Kind::ArtifactRegistry { .. }
            | Kind::Location
    )
}
