//! Registry hosts: `host[:port]`, as images name them.

use std::fmt;

use super::azure;
use super::ecr::{self, EcrHost};
use super::google::{self, GoogleHost};
use super::local::LocalHost;

/// A syntactically valid registry host.
///
/// The grammar is that of `distribution/reference`: dotted labels of letters,
/// digits and inner hyphens, or an IPv6 address in brackets, and a port. Case
/// is kept, since nothing that compares hosts folds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegistryHost {
    text: String,
    /// Where the port begins, after the colon.
    port: Option<usize>,
}

/// Why a text is no registry host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HostError {
    /// It is empty.
    Empty,
    /// A character that hosts do not have stands here.
    BadCharacter {
        /// The character.
        character: char,
        /// Its offset in bytes.
        at: usize,
    },
    /// A label is empty, or begins or ends with a hyphen, here.
    BadLabel {
        /// The offset of the label in bytes.
        at: usize,
    },
    /// What stands in brackets is no IPv6 address.
    BadAddress,
    /// The port, which begins here, is no number.
    BadPort {
        /// The offset of the port in bytes.
        at: usize,
    },
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::BadCharacter { character, .. } => {
                write!(f, "hosts have no `{}`", character.escape_default())
            }
            Self::BadLabel { .. } => {
                f.write_str("every part between dots must begin and end with a letter or digit")
            }
            Self::BadAddress => f.write_str("what stands in brackets is no IPv6 address"),
            Self::BadPort { .. } => f.write_str("the port is no number"),
        }
    }
}

impl std::error::Error for HostError {}

/// What a registry is, told from its host.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RegistryKind<'h> {
    /// A private ECR registry.
    EcrPrivate(EcrHost),
    /// Amazon's public registry.
    EcrPublic,
    /// One of Google's registries.
    Google(GoogleHost<'h>),
    /// A host from which everybody may pull Kubernetes' or Google's own images.
    PublicMirror,
    /// An Azure registry of this name.
    Azure(&'h str),
    /// Docker Hub, under any of its names.
    DockerHub,
    /// GitHub's registry.
    GitHub,
    /// Quay.
    Quay,
    /// GitLab's own registry.
    GitLab,
    /// Microsoft's public registry.
    Microsoft,
    /// A host that means something else inside the cluster.
    Local(LocalHost),
    /// Anything else: a private registry, a mirror.
    Other,
}

/// The names of Docker Hub. Source: the reference of its clients; the last two
/// are its web pages, which people mistake for the registry.
const HUB_HOSTS: &[&str] = &[
    "docker.io",
    "index.docker.io",
    "registry-1.docker.io",
    "registry.docker.io",
    "registry.hub.docker.com",
    "hub.docker.com",
];

impl RegistryHost {
    /// Parses `text`.
    ///
    /// # Errors
    /// What the grammar does not allow. The size of the port is not part of it;
    /// see [`RegistryHost::has_valid_port`].
    pub fn parse(text: &str) -> Result<Self, HostError> {
        if text.is_empty() {
            return Err(HostError::Empty);
        }
        let host_end = if text.starts_with('[') {
            text.find(']').map_or(text.len(), |end| end + 1)
        } else {
            text.find(':').unwrap_or(text.len())
        };
        let (host, rest) = text.split_at(host_end);
        check_host(host)?;
        let port = match rest.strip_prefix(':') {
            None if rest.is_empty() => None,
            Some(port) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => {
                Some(host_end + 1)
            }
            Some(_) => return Err(HostError::BadPort { at: host_end + 1 }),
            None => {
                let character = rest.chars().next().unwrap_or_default();
                return Err(HostError::BadCharacter {
                    character,
                    at: host_end,
                });
            }
        };
        Ok(Self {
            text: text.to_owned(),
            port,
        })
    }

    /// The text, as it was parsed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host without its port.
    #[must_use]
    pub fn host(&self) -> &str {
        match self.port {
            Some(port) => &self.text[..port - 1],
            None => &self.text,
        }
    }

    /// The digits of the port.
    #[must_use]
    pub fn port(&self) -> Option<&str> {
        self.port.map(|port| &self.text[port..])
    }

    /// Whether the port, if there is one, is from 1 to 65535.
    #[must_use]
    pub fn has_valid_port(&self) -> bool {
        self.port()
            .is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
    }

    /// What the registry is.
    #[must_use]
    pub fn kind(&self) -> RegistryKind<'_> {
        RegistryKind::of(self.host())
    }

    /// Whether clients speak plain HTTP to the registry: they do to loopback
    /// and private IPv4 addresses and to `localhost`.
    ///
    /// Source: go-containerregistry, `Registry.Scheme`.
    #[must_use]
    pub fn is_plain_http(&self) -> bool {
        let host = self.host();
        let is_private = host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|address| address.is_private());
        is_private || matches!(LocalHost::of(host), Some(LocalHost::Loopback))
    }
}

impl fmt::Display for RegistryHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<'h> RegistryKind<'h> {
    /// What the registry at `host`, which has no port, is.
    #[must_use]
    pub fn of(host: &'h str) -> Self {
        if let Some(ecr) = EcrHost::parse(host) {
            return Self::EcrPrivate(ecr);
        }
        if ecr::PUBLIC_HOSTS.contains(&host) {
            return Self::EcrPublic;
        }
        if google::PUBLIC_HOSTS.contains(&host) || host == "registry.k8s.io" {
            return Self::PublicMirror;
        }
        if let Some(google) = GoogleHost::parse(host) {
            return Self::Google(google);
        }
        if let Some(name) = azure::registry_name(host) {
            return Self::Azure(name);
        }
        match host {
            _ if HUB_HOSTS.contains(&host) => Self::DockerHub,
            "ghcr.io" | "docker.pkg.github.com" => Self::GitHub,
            "quay.io" => Self::Quay,
            "registry.gitlab.com" => Self::GitLab,
            "mcr.microsoft.com" => Self::Microsoft,
            _ => LocalHost::of(host).map_or(Self::Other, Self::Local),
        }
    }
}

fn check_host(host: &str) -> Result<(), HostError> {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').ok_or(HostError::BadAddress)?;
        let is_address =
            !address.is_empty() && address.bytes().all(|b| b.is_ascii_hexdigit() || b == b':');
        return if is_address {
            Ok(())
        } else {
            Err(HostError::BadAddress)
        };
    }
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if let Some((at, character)) = host.char_indices().find(|(_, c)| !is_allowed(*c)) {
        return Err(HostError::BadCharacter { character, at });
    }
    let mut at = 0;
    for label in host.split('.') {
        if label.is_empty() || label.starts_with('-') || label.ends_with('-') {
            return Err(HostError::BadLabel { at });
        }
        at += label.len() + 1;
    }
    Ok(())
}
