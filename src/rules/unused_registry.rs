//! Registries that no image comes from.

use std::collections::HashSet;

use super::{Context, mismatched_registry};
use crate::diagnostic::Diagnostic;
use crate::plan::RegistryKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is listed that no image of the environment comes from.
    ///
    /// ## Why is this wrong?
    /// It does no harm. Usually the registry is one of a former image, or is misspelt
    /// so that the images that it was meant for have no credentials. It is only said
    /// when every image is known.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],  # advice: "no image comes from"
    /// )
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "unused-registry" {
        severity: Advice, since: "0.1.0", tag: Unnecessary, needs: Namespace, catalogue: ["H39"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.plan.images_complete || context.images.is_empty() {
        return;
    }
    let mismatched = mismatched_registry::find(context);
    let used: HashSet<&str> = context
        .images
        .iter()
        .filter_map(|it| it.registry())
        .collect();
    // The host behind a mirror serves the mirror's images.
    let helpers = context.plan.credential_helpers.iter();
    let planned = helpers.flat_map(|it| &it.registries);
    let backing: HashSet<&str> = planned
        .filter_map(|it| match &it.kind {
            RegistryKind::Mirror { backing } => backing.as_deref(),
            _ => None,
        })
        .collect();
    for listed in context.listed.iter().filter(|it| it.is_planned) {
        let host = listed.clean();
        let is_wrong = !listed.host.mistakes.is_empty() || listed.host.repeats.is_some();
        let is_backing = backing.contains(host.as_str());
        let is_mismatched = mismatched.iter().any(|it| it.is_of(listed));
        if is_wrong || is_backing || is_mismatched || used.contains(&host.as_str()) {
            continue;
        }
        let message = format!("no image comes from `{host}`");
        let all = 0..listed.text().value.len();
        diagnostics.push(
            listed
                .at(&RULE, all, message)
                .help("remove it if nothing else needs it"),
        );
    }
}
