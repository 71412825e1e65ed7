//! Registries that differ from those of the images in one part.

use super::Context;
use super::uncovered_image::needs_credentials;
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::listed::Listed;
use crate::names::{EcrHost, GoogleHost, RegistryHost, RegistryKind};
use crate::plan::Coverage;
use crate::rule::declare_rule;
use crate::used::{Used, with_places};

declare_rule! {
    /// A listed registry serves no image, and differs in one part from one that does.
    ///
    /// ## Why is this wrong?
    /// Credentials are for one host, letter by letter: another region or account of
    /// ECR, another port, or `gcr.io` for images of Artifact Registry are other
    /// hosts. Images of the host that is not listed are read without credentials.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-west-2.amazonaws.com"],  # warning: "images are in region us-east-1"
    /// )
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "mismatched-registry" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: ["H33", "H41", "H42"],
    }
}

/// A listed registry and the images that it was probably meant for.
pub(super) struct Mismatch<'c, 'a> {
    listed: &'c Listed<'a>,
    /// The host of the images.
    pub(super) host: String,
    images: Vec<&'c Used<'a>>,
    /// What differs, in words.
    difference: String,
}

impl<'a> Mismatch<'_, 'a> {
    /// Whether it is about `listed`.
    pub(super) fn is_of(&self, listed: &Listed<'a>) -> bool {
        std::ptr::eq(self.listed.text(), listed.text())
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mismatch in find(context) {
        let Mismatch {
            listed,
            host,
            images,
            difference,
        } = mismatch;
        let written = listed.clean();
        let message = format!("no image comes from `{written}`: the images are in {difference}");
        let mut diagnostic = listed.at(&RULE, 0..listed.text().value.len(), message);
        let is_certain = images
            .iter()
            .any(|it| it.reference.as_ref().is_ok_and(needs_credentials));
        diagnostic.severity = match (is_certain, context.namespace) {
            (true, Some(_)) => Severity::Error,
            (true, None) => Severity::Warning,
            (false, _) => Severity::Advice,
        };
        let diagnostic = diagnostic.help(format!("write `{host}`"));
        let diagnostic = listed.fix(
            diagnostic,
            format!("replace with `{host}`"),
            &[(0..listed.text().value.len(), &host)],
        );
        let mut diagnostic = with_places(diagnostic, &images, "this image has no credentials");
        // Which of the two is wrong, nobody can tell.
        if let Some(fix) = &mut diagnostic.fix {
            fix.safety = Safety::Unsafe;
        }
        diagnostics.push(diagnostic);
    }
}

/// The listed registries that serve no image and differ in one part from one that
/// images without a source have.
pub(super) fn find<'c, 'a>(context: &'c Context<'a>) -> Vec<Mismatch<'c, 'a>> {
    let mut found: Vec<Mismatch<'c, 'a>> = Vec::new();
    for listed in context.listed.iter().filter(|it| it.is_planned) {
        let host = listed.clean();
        let is_wrong = listed.host.mistakes.iter().any(|it| it.kind.is_error());
        let is_used = context.images.iter().any(|it| registry(it) == Some(&host));
        if is_wrong || is_used || host.is_empty() {
            continue;
        }
        let open = context.images.iter().filter(|it| {
            matches!(it.status, Coverage::Uncovered | Coverage::Unknown)
                && registry(it).is_some_and(|it| it != host)
        });
        let mut near: Vec<(&Used<'a>, String)> = Vec::new();
        for used in open {
            let Some(other) = registry(used) else {
                continue;
            };
            let same = near
                .first()
                .is_none_or(|(first, _)| registry(first) == Some(other));
            if same && let Some(difference) = difference(&host, other) {
                near.push((used, difference));
            }
        }
        let Some((first, difference)) = near.first() else {
            continue;
        };
        let other = registry(first).unwrap_or_default().to_owned();
        if found.iter().any(|it| it.host == other) {
            continue;
        }
        found.push(Mismatch {
            listed,
            host: other,
            difference: difference.clone(),
            images: near.iter().map(|(used, _)| *used).collect(),
        });
    }
    found
}

fn registry<'u>(used: &'u Used<'_>) -> Option<&'u str> {
    used.reference.as_ref().ok().map(|it| it.registry.as_str())
}

/// In what `image`'s host differs from the `listed` one, if in one part only.
fn difference(listed: &str, image: &str) -> Option<String> {
    let (own, other) = (
        RegistryHost::parse(listed).ok()?,
        RegistryHost::parse(image).ok()?,
    );
    if own.host() == other.host() {
        return Some(match other.port() {
            Some(port) => format!("`{}` with the port {port}", other.host()),
            None => format!("`{}` without a port", other.host()),
        });
    }
    match (own.kind(), other.kind()) {
        (RegistryKind::EcrPrivate(own), RegistryKind::EcrPrivate(other)) => ecr(&own, &other),
        (RegistryKind::Google(own), RegistryKind::Google(other)) => google(own, other),
        _ => None,
    }
}

fn ecr(own: &EcrHost, other: &EcrHost) -> Option<String> {
    let differences = [
        (
            own.account_id != other.account_id,
            format!("account {}", other.account_id),
        ),
        (
            own.region != other.region,
            format!("region {}", other.region),
        ),
        (
            own.fips != other.fips,
            match other.fips {
                true => "the FIPS endpoint".to_owned(),
                false => "the endpoint that is not FIPS".to_owned(),
            },
        ),
        (
            own.is_dual_stack() != other.is_dual_stack(),
            match other.is_dual_stack() {
                true => "the dual-stack endpoint".to_owned(),
                false => "the endpoint that is not dual-stack".to_owned(),
            },
        ),
    ];
    let mut all = differences.into_iter().filter(|(differs, _)| *differs);
    match (all.next(), all.next()) {
        (Some((_, one)), None) => Some(one),
        _ => None,
    }
}

/// Container Registry and Artifact Registry, or two locations of the latter.
fn google(own: GoogleHost<'_>, other: GoogleHost<'_>) -> Option<String> {
    match (own.location(), other.location()) {
        (own, Some(other)) if own != Some(other) => Some(format!("location {other}")),
        (Some(_), None) => Some("Container Registry (`gcr.io`)".to_owned()),
        _ => None,
    }
}
