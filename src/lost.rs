//! The images that nobody serves because the registry meant for them is wrong.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::keychain::RegistryKey;
use crate::listed::Listed;
use crate::names::{MistakeKind, RegistryHost, RegistryKind};
use crate::plan::Coverage;
use crate::source::Span;
use crate::used::{Used, with_places};

/// A registry with a mistake, and the images that lose access by it.
#[derive(Clone, Debug)]
pub(crate) struct Lost<'a> {
    /// The host of the images.
    pub(crate) host: &'a str,
    images: Vec<&'a Used<'a>>,
    /// The registry as it is listed.
    listed: Span,
    /// The argument that is wrong, where it is the provider.
    provider: Option<Span>,
}

/// What is compared letter by letter: of more, only the first are looked at.
const MANY: usize = 100;

/// The hosts whose images have no source, and for which a registry with a mistake
/// was probably meant.
pub(crate) fn lost<'a>(listed: &'a [Listed<'a>], images: &'a [Used<'a>]) -> Vec<Lost<'a>> {
    let wrong: Vec<&Listed<'a>> = listed.iter().filter(|it| is_wrong(it)).collect();
    if wrong.is_empty() {
        return Vec::new();
    }
    let mut open = without_source(images);
    let mut lost = Vec::new();
    let mut take = |host: &'a str, meant: &Listed<'a>, open: &mut ByHost<'a>| {
        lost.extend(open.remove(host).map(|images| Lost {
            host,
            images,
            listed: meant.text().span,
            provider: match (meant.provider, &meant.call.provider) {
                (None, Some(provider)) => Some(provider.span),
                _ => None,
            },
        }));
    };
    // What is meant for certain comes before what is only near.
    let mut vague = Vec::new();
    for listed in wrong {
        match open.get_key_value(listed.host.clean.as_str()) {
            Some((host, _)) => take(host, listed, &mut open),
            None if vague.len() < MANY => vague.push(listed),
            None => {}
        }
    }
    for listed in vague {
        let meant: Vec<&str> = match open.keys().take(MANY).copied() {
            hosts if has_wrong_letters(listed) => nearest(&listed.host.clean, hosts).collect(),
            hosts => hosts.filter(|host| is_meant(listed, host)).collect(),
        };
        for host in meant {
            take(host, listed, &mut open);
        }
    }
    lost
}

/// Images by the host of their registry.
type ByHost<'a> = BTreeMap<&'a str, Vec<&'a Used<'a>>>;

/// The images that no known source serves, by the host of their registry. What runs
/// nothing needs none, and what has a mistake of its own is no other's loss.
pub(crate) fn without_source<'a>(images: &'a [Used<'a>]) -> ByHost<'a> {
    let mut by_host = ByHost::new();
    for used in images {
        // One that is never pulled is a matter of the node, which another rule is about.
        let policy = used.container.image_pull_policy.as_ref();
        if let Ok(reference) = &used.reference
            && policy.is_none_or(|it| it.value != "Never")
            && !used.workload.is_idle
            && used.mistakes.is_empty()
            && matches!(used.status, Coverage::Uncovered | Coverage::Unknown)
        {
            by_host.entry(&reference.registry).or_default().push(used);
        }
    }
    by_host
}

/// Shows, at the mistake in each registry, the images that lose access by it. What
/// leaves an image without credentials that needs some weighs at least `severity`.
pub(crate) fn show(lost: &[Lost<'_>], severity: Severity, diagnostics: &mut [Diagnostic]) {
    let mut by_place: BTreeMap<Span, Vec<&Lost<'_>>> = BTreeMap::new();
    for lost in lost {
        let place = lost.provider.unwrap_or(lost.listed);
        by_place.entry(place).or_default().push(lost);
    }
    for (place, lost) in by_place {
        let at_place = diagnostics
            .iter_mut()
            .filter(|it| place.contains(it.span) && it.severity > Severity::Advice);
        let Some(diagnostic) = at_place.max_by_key(|it| it.severity) else {
            continue;
        };
        if lost.iter().any(|it| needs_credentials(it.host)) {
            diagnostic.severity = diagnostic.severity.max(severity);
        }
        let images: Vec<_> = lost.iter().flat_map(|it| &it.images).copied().collect();
        *diagnostic = with_places(diagnostic.clone(), &images, "this image loses access");
    }
}

/// Whether nobody can read images of the host without credentials.
pub(crate) fn needs_credentials(host: &str) -> bool {
    let host = RegistryHost::parse(host);
    host.is_ok_and(|host| matches!(host.kind(), RegistryKind::EcrPrivate(_)))
}

/// Whether the registry has a mistake that may be why images are not served.
pub(crate) fn is_wrong(listed: &Listed<'_>) -> bool {
    let mut kinds = listed.host.mistakes.iter().map(|it| &it.kind);
    listed.provider.is_none()
        || kinds.any(|kind| {
            let is_place = matches!(kind, MistakeKind::Region | MistakeKind::Location);
            is_place || matches!(kind, MistakeKind::MixedEndpoint { .. }) || kind.is_error()
        })
}

/// Whether it is the host's own letters that are wrong, rather than what stands
/// around them.
fn has_wrong_letters(listed: &Listed<'_>) -> bool {
    let mut kinds = listed.host.mistakes.iter().map(|it| &it.kind);
    kinds.any(|kind| {
        use MistakeKind as Kind;
        matches!(
            kind,
            Kind::AccountId
                | Kind::Region
                | Kind::Location
                | Kind::Syntax(_)
                | Kind::NonAscii { .. }
                | Kind::WhiteSpace { around: false }
                | Kind::Partition { .. }
                | Kind::OtherProvider
                | Kind::IncompleteEcr { meant: None }
                | Kind::ArtifactRegistry { meant: None }
        )
    })
}

/// Whether a registry with a mistake was meant to be `host`, as its kind tells.
fn is_meant(listed: &Listed<'_>, host: &str) -> bool {
    let text = &listed.text().value;
    let is_ecr = || needs_credentials(host);
    listed.host.mistakes.iter().any(|it| match &it.kind {
        MistakeKind::Joined { .. } => text.contains(host),
        MistakeKind::Wildcard => RegistryKey::parse(text).is_some_and(|key| key.matches(host)),
        MistakeKind::Placeholder => text.to_lowercase().contains("ecr") && is_ecr(),
        MistakeKind::EcrApi {
            region: Some(region),
        }
        | MistakeKind::Zone { region } => is_ecr() && host.contains(&format!(".{region}.")),
        MistakeKind::EcrApi { region: None } => is_ecr(),
        MistakeKind::IncompleteEcr { meant: Some(meant) }
        | MistakeKind::ArtifactRegistry { meant: Some(meant) }
        | MistakeKind::MixedEndpoint { meant } => meant == host,
        _ => false,
    })
}

/// Those of `hosts` that are nearest to what is written, a slip away.
fn nearest<'a>(
    written: &str,
    hosts: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = &'a str> {
    let rated = hosts.filter_map(|host| Some((distance(written, host)?, host)));
    let rated: Vec<_> = rated.collect();
    let least = rated.iter().map(|(distance, _)| *distance).min();
    let near = rated.into_iter();
    near.filter_map(move |(distance, host)| (Some(distance) == least).then_some(host))
}

/// How many letters are swapped, missing or wrong, if these are few.
fn distance(written: &str, host: &str) -> Option<usize> {
    const LONGEST: usize = 100;
    let (short, long) = (written.len().min(host.len()), written.len().max(host.len()));
    if short < 8 || long > LONGEST || long - short > 2 {
        return None;
    }
    Some(strsim::damerau_levenshtein(written, host)).filter(|it| *it <= 2)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_host_is_meant() {
        let east = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
        let hosts = [
            east,
            "123456789012.dkr.ecr.us-east-2.amazonaws.com",
            "210987654321.dkr.ecr.us-east-1.amazonaws.com",
            "ghcr.io",
        ];
        let near = |written: &str| nearest(written, hosts.into_iter()).collect::<Vec<_>>();
        assert_eq!(near("12345678901.dkr.ecr.us-east-1.amazonaws.com"), [east]);
        assert_eq!(near("123456789012.dkr.ecr.us-esat-1.amazonaws.com"), [east]);
        assert!(near("quay.io").is_empty());
    }
}
