//! The providers of `configure_cred_helper`.

/// A provider: the clouds whose credential helpers the environment controller has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provider {
    /// Amazon ECR, through `docker-credential-ecr-login`.
    Ecr,
    /// Google Container Registry and Artifact Registry, through `docker-credential-gcr`.
    Gcp,
}

impl Provider {
    /// Every provider.
    pub const ALL: [Self; 2] = [Self::Ecr, Self::Gcp];

    /// The provider that scripts call `name`. Case counts.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// What scripts call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ecr => "ecr",
            Self::Gcp => "gcp",
        }
    }

    /// The credential helper, as `credHelpers` in a docker config names it.
    #[must_use]
    pub fn helper(self) -> &'static str {
        match self {
            Self::Ecr => "ecr-login",
            Self::Gcp => "gcr",
        }
    }

    /// The credential helper's binary.
    #[must_use]
    pub fn binary(self) -> &'static str {
        match self {
            Self::Ecr => "docker-credential-ecr-login",
            Self::Gcp => "docker-credential-gcr",
        }
    }

    /// How long the helper's tokens are good for, at most, in seconds.
    #[must_use]
    pub fn token_lifetime_seconds(self) -> u32 {
        match self {
            Self::Ecr => 12 * 60 * 60,
            Self::Gcp => 60 * 60,
        }
    }

    /// The hosts that the helper is asked for when no registries are given.
    /// Only Google's own: that helper hands a Google token to any host.
    #[must_use]
    pub fn patterns(self) -> &'static [&'static str] {
        match self {
            Self::Ecr => &[],
            Self::Gcp => &[
                "gcr.io",
                "*.gcr.io",
                "*-docker.pkg.dev",
                "docker.*.rep.pkg.dev",
            ],
        }
    }
}
