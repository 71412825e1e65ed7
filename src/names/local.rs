//! Hosts that mean something else in a pod than on the machine where the
//! script was written.

use std::net::IpAddr;

/// Why a host is local.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LocalHost {
    /// `localhost` and loopback addresses: the pod itself.
    Loopback,
    /// An address of a private network (RFC 1918, RFC 4193), or one that is
    /// valid on one link only.
    PrivateAddress,
    /// A name that container tools give the developer's machine.
    DeveloperMachine,
}

/// Names of the developer's machine, in Docker, Podman, kind, k3d and minikube.
const MACHINE_NAMES: &[&str] = &[
    "host.docker.internal",
    "gateway.docker.internal",
    "host.containers.internal",
    "host.k3d.internal",
    "host.minikube.internal",
    "host.lima.internal",
    "docker.for.mac.localhost",
    "docker.for.mac.host.internal",
    "docker.for.win.localhost",
    "kubernetes.docker.internal",
    "kind-registry",
];

impl LocalHost {
    /// Why `host`, which has no port, is local, if it is.
    #[must_use]
    pub fn of(host: &str) -> Option<Self> {
        if MACHINE_NAMES.contains(&host) {
            return Some(Self::DeveloperMachine);
        }
        if host == "localhost" || host.ends_with(".localhost") {
            return Some(Self::Loopback);
        }
        let address = host.trim_start_matches('[').trim_end_matches(']');
        match address.parse::<IpAddr>().ok()? {
            address if address.is_loopback() || address.is_unspecified() => Some(Self::Loopback),
            IpAddr::V4(address) if address.is_private() || address.is_link_local() => {
                Some(Self::PrivateAddress)
            }
            IpAddr::V6(address) if address.is_unique_local() || address.is_unicast_link_local() => {
                Some(Self::PrivateAddress)
            }
            _ => None,
        }
    }
}
