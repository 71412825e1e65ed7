//! Google's hosts.

use super::{Found, MistakeKind, RegistryMistake};
use crate::names::google::GoogleHost;

/// Looks at one of Google's hosts that begins at byte `at`.
pub(super) fn of_registry(google: GoogleHost<'_>, host: &str, at: usize, found: &mut Found) {
    let Some(location) = google.location() else {
        found.add(MistakeKind::ContainerRegistry, at..at + host.len());
        return;
    };
    if !GoogleHost::is_known_location(location)
        && let Some(start) = host.find(location)
    {
        let start = at + start;
        found.add(MistakeKind::Location, start..start + location.len());
    }
}

/// What is wrong with a host that is none of Google's but looks like one of
/// Artifact Registry.
pub(super) fn of_other(host: &str, at: usize) -> Option<RegistryMistake> {
    let rest = host.strip_suffix("pkg.dev")?;
    let rest = rest.trim_end_matches(['.', '-']);
    let formats = [
        "-docker", "-maven", "-npm", "-python", "-apt", "-yum", "-go", "-generic",
    ];
    let location = formats.iter().find_map(|format| rest.strip_suffix(format));
    let location = location.unwrap_or(rest);
    let location = location.strip_prefix("docker.").unwrap_or(location);
    let is_known = GoogleHost::is_known_location(location);
    Some(RegistryMistake {
        kind: MistakeKind::ArtifactRegistry {
            meant: is_known.then(|| format!("{location}-docker.pkg.dev")),
        },
        range: at..at + host.len(),
    })
}
