//! What a script deploys.

use super::Id;

/// Resources that become a part of the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deployed {
    pub(crate) resources: Id,
    pub(crate) purpose: Purpose,
}

/// What resources are deployed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// `deploy`.
    Environment,
    /// `deploy_on_connect`.
    Connect,
    /// `deploy_dev_container`.
    DevContainer,
    /// `setup_container`, in the lifecycle-hooks script.
    Setup,
}
