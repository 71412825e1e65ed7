//! Google's registry hosts.
//!
//! Source of the locations: the lists of docker-credential-gcr (v2.1.32) for
//! `configure-docker --include-artifact-registry`.

/// A host of Google's registries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GoogleHost<'h> {
    /// `gcr.io` and its subdomains: the names of Container Registry, which
    /// Artifact Registry serves since Container Registry was shut down.
    ContainerRegistry,
    /// `LOCATION-docker.pkg.dev`.
    ArtifactRegistry {
        /// The location.
        location: &'h str,
    },
    /// `docker.LOCATION.rep.pkg.dev`: the endpoint that stays in its region.
    ArtifactRegistryRegional {
        /// The location.
        location: &'h str,
    },
}

/// Hosts below `gcr.io` from which everybody may pull.
pub(super) const PUBLIC_HOSTS: &[&str] = &["k8s.gcr.io", "mirror.gcr.io", "marketplace.gcr.io"];

/// The locations of Artifact Registry that are known. New ones come faster
/// than this list.
pub(crate) const LOCATIONS: &[&str] = &[
    "africa-south1",
    "asia",
    "asia-east1",
    "asia-east2",
    "asia-northeast1",
    "asia-northeast2",
    "asia-northeast3",
    "asia-south1",
    "asia-south2",
    "asia-southeast1",
    "asia-southeast2",
    "asia-southeast3",
    "australia-southeast1",
    "australia-southeast2",
    "europe",
    "europe-central2",
    "europe-north1",
    "europe-north2",
    "europe-southwest1",
    "europe-west1",
    "europe-west10",
    "europe-west12",
    "europe-west2",
    "europe-west3",
    "europe-west4",
    "europe-west6",
    "europe-west8",
    "europe-west9",
    "me-central1",
    "me-central2",
    "me-west1",
    "northamerica-northeast1",
    "northamerica-northeast2",
    "northamerica-south1",
    "southamerica-east1",
    "southamerica-west1",
    "us",
    "us-central1",
    "us-central2",
    "us-east1",
    "us-east4",
    "us-east5",
    "us-east7",
    "us-south1",
    "us-west1",
    "us-west2",
    "us-west3",
    "us-west4",
    "us-west8",
];

impl<'h> GoogleHost<'h> {
    /// Takes `host` apart, if it is one of Google's registries. It has no port.
    #[must_use]
    pub fn parse(host: &'h str) -> Option<Self> {
        if host == "gcr.io" || host.strip_suffix(".gcr.io").is_some_and(is_labels) {
            return Some(Self::ContainerRegistry);
        }
        let rest = host.strip_suffix(".pkg.dev")?;
        if let Some(location) = rest.strip_suffix("-docker") {
            return is_label(location).then_some(Self::ArtifactRegistry { location });
        }
        let location = rest.strip_prefix("docker.")?.strip_suffix(".rep")?;
        is_label(location).then_some(Self::ArtifactRegistryRegional { location })
    }

    /// The location of an Artifact Registry host.
    #[must_use]
    pub fn location(self) -> Option<&'h str> {
        match self {
            Self::ContainerRegistry => None,
            Self::ArtifactRegistry { location } | Self::ArtifactRegistryRegional { location } => {
                Some(location)
            }
        }
    }

    /// The locations that are known.
    pub fn locations() -> impl Iterator<Item = &'static str> {
        LOCATIONS.iter().copied()
    }

    /// Whether the location is one that is known.
    #[must_use]
    pub fn is_known_location(location: &str) -> bool {
        LOCATIONS.contains(&location)
    }
}

fn is_labels(text: &str) -> bool {
    text.split('.').all(is_label)
}

fn is_label(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
