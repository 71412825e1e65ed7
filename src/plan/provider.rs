//! Stand-in until `names` has it.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Provider {
    Ecr,
    Gcp,
}

impl Provider {
    pub(crate) const ALL: [Self; 2] = [Self::Ecr, Self::Gcp];

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ecr => "ecr",
            Self::Gcp => "gcp",
        }
    }

    pub(crate) fn helper(self) -> &'static str {
        match self {
            Self::Ecr => "ecr-login",
            Self::Gcp => "gcr",
        }
    }

    pub(crate) fn binary(self) -> &'static str {
        match self {
            Self::Ecr => "docker-credential-ecr-login",
            Self::Gcp => "docker-credential-gcr",
        }
    }

    pub(crate) fn token_lifetime_seconds(self) -> u32 {
        match self {
            Self::Ecr => 12 * 60 * 60,
            Self::Gcp => 60 * 60,
        }
    }

    pub(crate) fn patterns(self) -> &'static [&'static str] {
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
