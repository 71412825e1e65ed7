//! What a host is under a provider. The grammar is [`crate::names`]'s; here it
//! is only decided what the plan takes.

use super::{EcrRegistry, Provider, RegistryKind};

/// What a host is under the provider that it is listed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A registry that the provider's helper serves, and the first version of
    /// the helper that does, if early ones do not.
    Registry(RegistryKind, Option<&'static str>),
    /// A mirror: nobody's known registry, listed under `ecr`.
    Mirror,
    /// A mistake, which a rule reports as an error.
    Refused,
}

impl Standing {
    /// Whether the plan takes the host.
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

/// What `host` is under `provider`.
pub(super) fn standing(provider: Provider, host: &str) -> Standing {
    if host.is_empty()
        || host.contains(|c: char| {
            !c.is_ascii_lowercase() && !c.is_ascii_digit() && !".-:".contains(c)
        })
    {
        return Standing::Refused;
    }
    let parts: Vec<&str> = host.split('.').collect();
    match (provider, parts.as_slice()) {
        (Provider::Ecr, [account, "dkr", "ecr", region, "amazonaws", "com"])
            if account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()) =>
        {
            Standing::Registry(
                RegistryKind::EcrPrivate(EcrRegistry {
                    account_id: (*account).to_owned(),
                    region: (*region).to_owned(),
                    partition: "aws".to_owned(),
                    fips: false,
                    dual_stack: false,
                }),
                None,
            )
        }
        (Provider::Gcp, [.., "gcr", "io"]) => {
            Standing::Registry(RegistryKind::ContainerRegistry, None)
        }
        (Provider::Gcp, [location, "pkg", "dev"]) => match location.strip_suffix("-docker") {
            Some(location) => Standing::Registry(
                RegistryKind::ArtifactRegistry {
                    location: location.to_owned(),
                },
                None,
            ),
            None => Standing::Refused,
        },
        (Provider::Ecr, [.., "gcr", "io"] | [.., "pkg", "dev"] | [.., "amazonaws", "com"]) => {
            Standing::Refused
        }
        (Provider::Ecr, _) => Standing::Mirror,
        (Provider::Gcp, _) => Standing::Refused,
    }
}
