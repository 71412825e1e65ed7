//! Images that need credentials and have none.

use std::collections::BTreeMap;

use super::{Context, mismatched_registry};
use crate::diagnostic::{Diagnostic, Severity};
use crate::names::{ImageReference, RegistryHost, RegistryKind};
use crate::plan::Coverage;
use crate::rule::declare_rule;
use crate::used::{Used, with_places};

declare_rule! {
    /// An image needs credentials, and no source has any for it.
    ///
    /// ## Why is this wrong?
    /// A private ECR registry answers nobody without credentials, so the environment
    /// controller gets a 401 when it reads the image. No pull secret of the namespace
    /// and no credential helper serves the registry. Without a snapshot of the
    /// namespace its secrets are not known, and this is a warning.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1  # warning: "nothing is known to serve"
    /// ```
    /// ```raftt
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
    "uncovered-image" {
        severity: Error, since: "0.1.0", catalogue: ["H40"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // What is listed in a way that was reported leaves images without a source.
    let mismatched = mismatched_registry::find(context);
    let is_explained = |host: &str| {
        mismatched.iter().any(|it| it.host == host)
            || context.listed.iter().any(|it| {
                let has_error = it.host.mistakes.iter().any(|it| it.kind.is_error());
                has_error && (it.clean() == host || it.text().value.contains(host))
            })
            || has_unknown_registries(context)
    };
    let mut by_host: BTreeMap<&str, Vec<&Used<'_>>> = BTreeMap::new();
    for used in context.images {
        if let Ok(reference) = &used.reference
            && needs_credentials(reference)
            && !matches!(used.status, Coverage::Covered | Coverage::Built)
            && !is_explained(&reference.registry)
        {
            by_host.entry(&reference.registry).or_default().push(used);
        }
    }
    for (host, images) in by_host {
        let Some(first) = images.first() else {
            continue;
        };
        let span = first.image.span;
        let help = match context.listed.iter().find(|it| it.is_planned) {
            Some(_) => format!("add `{host}` to the registries of `configure_cred_helper`"),
            None => format!(
                "let the controller ask for it: `configure_cred_helper(provider = \"ecr\", registries = [\"{host}\"])`"
            ),
        };
        let diagnostic = match context.namespace {
            Some(_) => RULE.at(span, format!("no credentials serve `{host}`")),
            None => RULE
                .at(
                    span,
                    format!("nothing is known to serve `{host}`, which needs credentials"),
                )
                .severity(Severity::Warning),
        };
        let help = match context.namespace {
            Some(_) => help,
            None => format!(
                "{help}; if a pull secret of the namespace does, show it with `--namespace-snapshot`"
            ),
        };
        let diagnostic = diagnostic.help(help).decided_at(first.image.origin);
        diagnostics.push(with_places(
            diagnostic,
            &images[1..],
            "this image needs it, too",
        ));
    }
}

/// Whether nobody can read the image without credentials.
pub(super) fn needs_credentials(reference: &ImageReference) -> bool {
    let host = RegistryHost::parse(&reference.registry);
    host.is_ok_and(|host| matches!(host.kind(), RegistryKind::EcrPrivate(_)))
}

/// Whether registries are listed that are only known at run time.
fn has_unknown_registries(context: &Context<'_>) -> bool {
    use crate::script::Registries;
    let mut calls = context.script.calls_on_all_ways();
    calls.any(
        |call| matches!(&call.registries, Registries::List { unknown, .. } if !unknown.is_empty()),
    ) || !context.script.is_complete
}
