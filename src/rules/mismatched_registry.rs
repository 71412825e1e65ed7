//! Registries that differ from those of the images in one part.

use std::collections::HashSet;

use super::Context;
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::listed::Listed;
use crate::lost::{is_wrong, needs_credentials, without_source};
use crate::names::{EcrHost, GoogleHost, RegistryHost, RegistryKind};
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
        severity: Error, since: "0.1.0", fix: Unsafe, needs: Namespace, catalogue: ["H33", "H41", "H42"],
    }
}

/// A listed registry and the images that it was probably meant for.
pub(super) struct Mismatch<'c, 'a> {
    listed: &'c Listed<'a>,
    /// The host of the images.
    pub(super) host: &'c str,
    images: Vec<&'c Used<'c>>,
    /// What differs, in words.
    difference: String,
}

impl<'a> Mismatch<'_, 'a> {
    /// Whether it is about `listed`.
    pub(super) fn is_of(&self, listed: &Listed<'a>) -> bool {
        std::ptr::eq(self.listed.text(), listed.text())
    }
}

/// How many hosts are compared with how many.
const MANY: usize = 100;

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
        diagnostic.severity = match needs_credentials(host) {
            true => context.certain(),
            false => Severity::Advice,
        };
        let diagnostic = diagnostic.help(format!("write `{host}`"));
        let diagnostic = listed.fix(
            diagnostic,
            format!("replace with `{host}`"),
            &[(0..listed.text().value.len(), host)],
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
    let hosts = context.images.iter().filter_map(|it| it.registry());
    let used: HashSet<&str> = hosts.collect();
    let explained: HashSet<&str> = context.lost.iter().map(|it| it.host).collect();
    let mut open = without_source(context.images);
    open.retain(|host, _| !explained.contains(host));
    let mut found: Vec<Mismatch<'c, 'a>> = Vec::new();
    let idle = context
        .listed
        .iter()
        .filter(|it| it.is_planned && !is_wrong(it) && !used.contains(it.host.clean.as_str()));
    // Nobody reads more of these than a few.
    for listed in idle.take(MANY) {
        let mut near = open.iter().take(MANY);
        let near = near.find_map(|(host, images)| {
            let difference = difference(&listed.host.clean, host)?;
            Some((*host, images.clone(), difference))
        });
        let Some((host, images, difference)) = near else {
            continue;
        };
        open.remove(host);
        found.push(Mismatch {
            listed,
            host,
            images,
            difference,
        });
    }
    found
}

/// The listed registry that differs in one part only from `host`, and in what.
pub(super) fn nearest<'c, 'a>(
    context: &'c Context<'a>,
    host: &str,
) -> Option<(&'c Listed<'a>, String)> {
    let mut planned = context.listed.iter().filter(|it| it.is_planned).take(MANY);
    planned.find_map(|it| Some((it, difference(&it.host.clean, host)?)))
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
