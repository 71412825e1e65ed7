//! What can be wrong with a text that is listed as a registry.
//!
//! The plan takes a host exactly when nothing here is an error, and every rule
//! words one kind of mistake, so plan and rules cannot disagree.

mod aws_host;
mod google_host;
mod image_host;
mod joined;
mod placeholder;

use std::ops::Range;

pub use image_host::mistakes_of_image_host;

use super::aws::Partition;
use super::local::LocalHost;
use super::provider::Provider;
use super::registry::{HostError, RegistryHost, RegistryKind};
use super::registry_text::{RegistryText, is_blank};

/// A mistake, and the bytes of the text that are wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegistryMistake {
    /// What is wrong.
    pub kind: MistakeKind,
    /// Where.
    pub range: Range<usize>,
}

/// A kind of mistake in a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MistakeKind {
    /// There is nothing but white space.
    Empty,
    /// Several registries in one text, and what stands between each two.
    Joined {
        /// The bytes between them.
        separators: Vec<Range<usize>>,
    },
    /// White space; `around` the host it can simply be taken away.
    WhiteSpace {
        /// Whether it stands before or after the host.
        around: bool,
    },
    /// A character that is not ASCII, and what is meant by it if that is evident.
    NonAscii {
        /// The character.
        character: char,
        /// What is meant: empty for what cannot be seen.
        meant: Option<&'static str>,
    },
    /// A text that stands for a value to be filled in.
    Placeholder,
    /// A URL scheme.
    Scheme,
    /// A user name.
    User,
    /// A wildcard.
    Wildcard,
    /// A tag or digest, with the path before it.
    ImageReference,
    /// A path.
    Path,
    /// A slash at the end.
    TrailingSlash,
    /// A port that is not from 1 to 65535.
    Port,
    /// A port that begins with zeros.
    ZeroPort,
    /// A name without a dot and without a port, which no image's registry is.
    WithoutDot,
    /// Something that no host has.
    Syntax(HostError),
    /// Upper-case letters.
    UpperCase,
    /// A port after the host of a cloud's registry, which has none.
    CloudPort,
    /// An account id that has not twelve digits.
    AccountId,
    /// An ECR host of which parts are missing or wrong, and what is meant if
    /// that can be told.
    IncompleteEcr {
        /// The host that is meant.
        meant: Option<String>,
    },
    /// ECR's API, which is no registry.
    EcrApi {
        /// The region in its name.
        region: Option<String>,
    },
    /// An availability zone in place of its region.
    Zone {
        /// The region.
        region: String,
    },
    /// A region that is not known.
    Region,
    /// A suffix of another partition than the region's.
    Partition {
        /// The region's partition.
        partition: &'static str,
        /// The suffix that it has for this kind of host, if it has one.
        suffix: Option<&'static str>,
    },
    /// `dkr.ecr` with a dual-stack suffix, or `dkr-ecr` with another one.
    MixedEndpoint {
        /// The host that is meant.
        meant: String,
    },
    /// A FIPS endpoint where there is none.
    NoFips,
    /// A kind of host that early credential helpers do not know.
    NewHelper {
        /// The first version that does.
        version: &'static str,
    },
    /// ECR Public, listed under `ecr`.
    EcrPublic,
    /// A host that the provider's helper is not for.
    OtherProvider,
    /// A registry that no helper is for: images there need a pull secret.
    Unsupported,
    /// Docker Hub.
    DockerHub,
    /// A host that means something else inside the cluster.
    Local(LocalHost),
    /// A registry from which everybody may pull.
    Public,
    /// A host of Artifact Registry that is spelt wrong, and what is meant if
    /// that can be told.
    ArtifactRegistry {
        /// The host that is meant.
        meant: Option<String>,
    },
    /// A location of Artifact Registry that is not known.
    Location,
    /// Container Registry, which was shut down.
    ContainerRegistry,
}

impl MistakeKind {
    /// Whether the host cannot work, so that the plan must not take it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        !matches!(
            self,
            Self::Region
                | Self::MixedEndpoint { .. }
                | Self::NoFips
                | Self::NewHelper { .. }
                | Self::EcrPublic
                | Self::Public
                | Self::Location
                | Self::ContainerRegistry
        )
    }

    /// Whether there is nothing to mend in how it is written: what is listed does
    /// not belong here.
    fn is_out_of_place(&self) -> bool {
        matches!(
            self,
            Self::DockerHub
                | Self::Unsupported
                | Self::Local(_)
                | Self::Public
                | Self::WithoutDot
                | Self::IncompleteEcr { meant: None }
        )
    }
}

/// What is wrong with `text`, listed as a registry of `provider`. Without a
/// provider only what is wrong under any is told. One mistake never shows as two.
#[must_use]
pub fn mistakes(text: &str, provider: Option<Provider>) -> Vec<RegistryMistake> {
    let parts = RegistryText::of(text);
    let mut found = Found(Vec::new());
    if parts.trimmed.is_empty() {
        found.add(MistakeKind::Empty, 0..text.len());
        return found.0;
    }
    if let Some(separators) = joined::find(text) {
        let kind = MistakeKind::Joined { separators };
        found.add(kind, parts.trimmed);
        return found.0;
    }
    if let Some(meant) = aws_host::of_arn(&text[parts.trimmed.clone()]) {
        let kind = MistakeKind::IncompleteEcr { meant: Some(meant) };
        found.add(kind, parts.trimmed);
        return found.0;
    }
    let around = [0..parts.trimmed.start, parts.trimmed.end..text.len()];
    for range in around.into_iter().filter(|range| !range.is_empty()) {
        found.add(MistakeKind::WhiteSpace { around: true }, range);
    }
    let is_readable = of_letters(text, &parts, &mut found);
    of_parts(text, &parts, &mut found);
    if !is_readable {
        return found.0;
    }
    let host = &text[parts.host.clone()];
    let folded = host.to_ascii_lowercase();
    match RegistryHost::parse(&folded) {
        Err(error) => {
            let start = parts.host.start;
            let range = match error {
                HostError::BadCharacter { character, at } => {
                    start + at..start + at + character.len_utf8()
                }
                _ => parts.host.clone(),
            };
            found.add(MistakeKind::Syntax(error), range);
        }
        Ok(_) => {
            if folded != host {
                found.add(MistakeKind::UpperCase, parts.host.clone());
            }
            if let Some(provider) = provider {
                of_host(&folded, &parts, provider, &mut found);
            }
        }
    }
    found.0
}

/// The mistakes found so far.
struct Found(Vec<RegistryMistake>);

impl Found {
    fn add(&mut self, kind: MistakeKind, range: Range<usize>) {
        self.0.push(RegistryMistake { kind, range });
    }

    /// A port behind the host of a cloud, whatever the port is.
    fn of_cloud_port(&mut self, parts: &RegistryText) {
        if let Some(port) = &parts.port {
            let is_port =
                |kind: &MistakeKind| matches!(kind, MistakeKind::Port | MistakeKind::ZeroPort);
            self.0.retain(|it| !is_port(&it.kind));
            self.add(MistakeKind::CloudPort, port.start - 1..port.end);
        }
    }
}

/// Looks at single letters. False when they leave no host to look at.
fn of_letters(text: &str, parts: &RegistryText, found: &mut Found) -> bool {
    if let Some(range) = placeholder::find(text, parts) {
        found.add(MistakeKind::Placeholder, range);
        return false;
    }
    let mut is_readable = true;
    let inner = &text[parts.trimmed.clone()];
    for (at, character) in inner.char_indices() {
        let start = parts.trimmed.start + at;
        let range = start..start + character.len_utf8();
        if character.is_ascii_whitespace() {
            found.add(MistakeKind::WhiteSpace { around: false }, range);
        } else if !character.is_ascii() {
            let meant = ascii_for(character);
            found.add(MistakeKind::NonAscii { character, meant }, range);
        } else {
            continue;
        }
        is_readable = false;
    }
    let host = &text[parts.host.clone()];
    if let Some(at) = host.find(['*', '?']) {
        let start = parts.host.start + at;
        found.add(MistakeKind::Wildcard, start..start + 1);
        is_readable = false;
    }
    is_readable
}

/// What a character that comes with pasted text stands for.
fn ascii_for(character: char) -> Option<&'static str> {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => Some("-"),
        '\u{2018}'..='\u{201f}' | '«' | '»' => Some(""),
        '\u{3002}' | '\u{ff0e}' | '\u{2024}' => Some("."),
        '\u{ff1a}' | '\u{2236}' => Some(":"),
        '\u{ff0f}' | '\u{2044}' | '\u{2215}' => Some("/"),
        '\u{ad}' => Some(""),
        character if is_blank(character) => Some(""),
        _ => None,
    }
}

/// Looks at the parts that a registry host does not have.
fn of_parts(text: &str, parts: &RegistryText, found: &mut Found) {
    if let Some(scheme) = &parts.scheme {
        found.add(MistakeKind::Scheme, scheme.clone());
    }
    if let Some(user) = &parts.user {
        found.add(MistakeKind::User, user.clone());
    }
    let suffix = parts.digest.as_ref().or(parts.tag.as_ref());
    if let Some(suffix) = suffix {
        let tag = parts.tag.as_ref().map_or(suffix.start, |tag| tag.start);
        let start = parts.path.as_ref().map_or(tag, |path| path.start);
        found.add(MistakeKind::ImageReference, start..suffix.end);
    } else if let Some(path) = &parts.path {
        let is_slash = text[path.clone()].bytes().all(|byte| byte == b'/');
        let kind = if is_slash {
            MistakeKind::TrailingSlash
        } else {
            MistakeKind::Path
        };
        found.add(kind, path.clone());
    }
    if let Some(port) = &parts.port {
        let digits = &text[port.clone()];
        let is_valid = digits.parse::<u16>().is_ok_and(|port| port > 0);
        if !is_valid {
            found.add(MistakeKind::Port, port.clone());
        } else if digits.starts_with('0') {
            found.add(MistakeKind::ZeroPort, port.clone());
        }
    }
}

/// Looks at what the host is, under `provider`.
fn of_host(host: &str, parts: &RegistryText, provider: Provider, found: &mut Found) {
    let whole = parts.host.clone();
    let at = whole.start;
    let kind = match (RegistryKind::of(host), provider) {
        (RegistryKind::EcrPrivate(ecr), Provider::Ecr) => {
            found.of_cloud_port(parts);
            aws_host::of_registry(&ecr, host, at, found);
            return;
        }
        (RegistryKind::Google(google), Provider::Gcp) => {
            found.of_cloud_port(parts);
            google_host::of_registry(google, host, at, found);
            return;
        }
        (RegistryKind::EcrPublic, Provider::Ecr) => MistakeKind::EcrPublic,
        (RegistryKind::PublicMirror, _) => MistakeKind::Public,
        (RegistryKind::EcrPrivate(_) | RegistryKind::EcrPublic, Provider::Gcp)
        | (RegistryKind::Google(_), Provider::Ecr) => MistakeKind::OtherProvider,
        (
            RegistryKind::Azure(_)
            | RegistryKind::GitHub
            | RegistryKind::Quay
            | RegistryKind::GitLab
            | RegistryKind::Microsoft,
            _,
        ) => MistakeKind::Unsupported,
        (RegistryKind::DockerHub, _) => MistakeKind::DockerHub,
        (RegistryKind::Local(local), _) => MistakeKind::Local(local),
        (RegistryKind::Other, _) => {
            if let Some(mistake) = aws_host::of_other(host, at) {
                found.0.push(mistake);
                return;
            }
            if let Some(mistake) = google_host::of_other(host, at) {
                found.0.push(mistake);
                return;
            }
            match provider {
                // Images cannot name it, in whatever case.
                Provider::Ecr if !host.contains(['.', ':']) && parts.port.is_none() => {
                    found.0.retain(|it| it.kind != MistakeKind::UpperCase);
                    let is_part = (host.len() == 12 && host.bytes().all(|it| it.is_ascii_digit()))
                        || Partition::is_known_region(host);
                    match is_part {
                        // The account or the region alone.
                        true => MistakeKind::IncompleteEcr { meant: None },
                        false => MistakeKind::WithoutDot,
                    }
                }
                // A mirror of an ECR registry may have any name.
                Provider::Ecr => return,
                Provider::Gcp => MistakeKind::OtherProvider,
            }
        }
    };
    // An image of Docker Hub, tag and all, is told as an image.
    let is_image = |it: &RegistryMistake| it.kind == MistakeKind::ImageReference;
    if kind == MistakeKind::WithoutDot && found.0.iter().any(is_image) {
        return;
    }
    // How it is written does not matter where it has to go.
    if kind.is_out_of_place() && !found.0.is_empty() {
        found.0.clear();
        found.add(kind, parts.trimmed.clone());
        return;
    }
    found.add(kind, whole);
}
