//! What a host is under a provider. The grammar and the mistakes are
//! [`crate::names`]'s; here it is only decided what the plan takes.

use super::{EcrRegistry, RegistryKind};
use crate::names::{
    self, EcrHost, GoogleHost, MistakeKind, Provider, RegistryHost, RegistryMistake,
};

/// What a host is under the provider that it is listed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A registry that the provider's helper serves, and the first version of
    /// the helper that does, if early ones do not.
    Registry(RegistryKind, Option<&'static str>),
    /// A mirror: nobody's known registry, listed under `ecr`.
    Mirror,
    /// A registry from which everybody may pull, so that it needs no helper.
    Public,
    /// A host that is listed in another spelling as well, which the plan takes.
    Repeated,
    /// A mistake, which a rule reports as an error.
    Refused,
}

impl Standing {
    /// Whether nothing about the host is an error.
    pub(crate) fn is_served(&self) -> bool {
        !matches!(self, Self::Refused)
    }

    /// The private ECR registry that the host is, if it is one.
    pub(crate) fn ecr_registry(&self) -> Option<&EcrRegistry> {
        match self {
            Self::Registry(RegistryKind::EcrPrivate(registry), _) => Some(registry),
            _ => None,
        }
    }
}

/// What `text`, which has these mistakes, is under `provider`.
pub(super) fn standing(
    provider: Option<Provider>,
    text: &str,
    mistakes: &[RegistryMistake],
) -> Standing {
    if mistakes.iter().any(|it| it.kind.is_error()) {
        return Standing::Refused;
    }
    if mistakes.iter().any(|it| it.kind == MistakeKind::Public) {
        return Standing::Public;
    }
    let (Some(provider), Ok(host)) = (provider, RegistryHost::parse(text)) else {
        return Standing::Refused;
    };
    match (host.kind(), provider) {
        (names::RegistryKind::EcrPrivate(ecr), Provider::Ecr) => {
            let minimum = ecr.minimum_helper_version();
            Standing::Registry(RegistryKind::EcrPrivate(registry(ecr)), minimum)
        }
        (names::RegistryKind::EcrPublic, Provider::Ecr) => {
            // The dual-stack name came later than the other.
            let minimum = match host.host() {
                "ecr-public.aws.com" => "0.12.0",
                _ => "0.5.0",
            };
            Standing::Registry(RegistryKind::EcrPublic, Some(minimum))
        }
        (names::RegistryKind::Google(google), Provider::Gcp) => {
            let kind = match google {
                GoogleHost::ContainerRegistry => RegistryKind::ContainerRegistry,
                GoogleHost::ArtifactRegistry { location }
                | GoogleHost::ArtifactRegistryRegional { location } => {
                    RegistryKind::ArtifactRegistry {
                        location: location.to_owned(),
                    }
                }
            };
            Standing::Registry(kind, None)
        }
        (names::RegistryKind::Other, Provider::Ecr) => Standing::Mirror,
        _ => Standing::Refused,
    }
}

fn registry(ecr: EcrHost) -> EcrRegistry {
    EcrRegistry {
        partition: ecr.partition().name.to_owned(),
        dual_stack: ecr.is_dual_stack(),
        fips: ecr.fips,
        account_id: ecr.account_id,
        region: ecr.region,
    }
}
