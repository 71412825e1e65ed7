//! Images that need credentials and have none.

use std::collections::HashSet;

use super::{Context, mismatched_registry};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lost::{needs_credentials, without_source};
use crate::plan::Coverage;
use crate::rule::declare_rule;
use crate::used::with_places;

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
        severity: Error, since: "0.1.0", needs: Namespace, catalogue: ["H40"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A registry that is only known at run time may be the one, and the node may have
    // any image.
    if has_unknown_registries(context) || context.local_search().is_some() {
        return;
    }
    // What is listed in a way that was reported leaves images without a source.
    let mismatched = mismatched_registry::find(context);
    let explained = mismatched.iter().map(|it| it.host);
    let explained: HashSet<&str> = explained
        .chain(context.lost.iter().map(|it| it.host))
        .collect();
    for (host, images) in without_source(context.images) {
        let (Some(first), false) = (images.first(), explained.contains(host)) else {
            continue;
        };
        if !needs_credentials(host) {
            continue;
        }
        let help = match context.listed.iter().find(|it| it.is_planned) {
            Some(_) => format!("add `{host}` to the registries of `configure_cred_helper`"),
            None => format!(
                "let the controller ask for it: `configure_cred_helper(provider = \"ecr\", registries = [\"{host}\"])`"
            ),
        };
        let is_certain = images.iter().any(|it| it.status == Coverage::Uncovered);
        let (message, severity, help) = if is_certain {
            (
                format!("no credentials serve `{host}`"),
                Severity::Error,
                help,
            )
        } else {
            let shown = match context.namespace {
                Some(_) => "show it in the snapshot",
                None => "show it with `--namespace-snapshot`",
            };
            (
                format!("nothing is known to serve `{host}`, which needs credentials"),
                Severity::Warning,
                format!("{help}; if a pull secret of the namespace does, {shown}"),
            )
        };
        let mut diagnostic = first.at(&RULE, message).severity(severity).help(help);
        if let Some((nearest, difference)) = mismatched_registry::nearest(context, host) {
            diagnostic = diagnostic.also(
                nearest.text().span,
                format!("the nearest that is listed; the image is in {difference}"),
            );
        }
        diagnostics.push(with_places(
            diagnostic,
            &images[1..],
            "this image needs it, too",
        ));
    }
}

/// Whether registries are listed that are only known at run time.
fn has_unknown_registries(context: &Context<'_>) -> bool {
    use crate::script::Registries;
    let mut calls = context.script.calls_on_all_ways();
    calls.any(
        |call| matches!(&call.registries, Registries::List { unknown, .. } if !unknown.is_empty()),
    ) || !context.script.is_complete
}
