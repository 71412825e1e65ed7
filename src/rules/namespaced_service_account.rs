//! Service accounts with their namespace.

use super::Context;
use crate::diagnostic::{Diagnostic, Safety};
use crate::names::{ServiceAccountName, ServiceAccountText};
use crate::rule::declare_rule;

declare_rule! {
    /// The service account is given with its namespace.
    ///
    /// ## Why is this wrong?
    /// A pod can only run as a service account of its own namespace, so the name alone is
    /// needed. The account must exist in the namespace of the environment.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: my-namespace/raftt-controller  # error: "must be the name alone"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "namespaced-service-account" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["Y08"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(entry) = context.service_account() else {
        return;
    };
    let written = &entry.value.value;
    let ServiceAccountText::Namespaced { namespace, name } = ServiceAccountText::of(written) else {
        return;
    };
    let inside = |range| context.sources.inside(entry.value.span, written, range);
    let before = 0..name.start;
    let name = &written[name];
    let namespace = match &written[namespace] {
        "serviceaccount" | "serviceaccounts" | "sa" => "the environment",
        namespace => namespace,
    };
    let span = inside(before.clone()).unwrap_or(entry.value.span);
    let message = format!("the service account must be the name alone, not `{written}`");
    let diagnostic = RULE.at(span, message);
    if ServiceAccountName::parse(name).is_err() {
        diagnostics.push(diagnostic.help("write the name of the service account"));
        return;
    }
    let place = match namespace {
        "the environment" => "the namespace of the environment".to_owned(),
        namespace => format!("the namespace of the environment, be it `{namespace}` or not"),
    };
    let diagnostic = diagnostic.help(format!("write `{name}`; the account must be in {place}"));
    diagnostics.push(match inside(before) {
        Some(prefix) => diagnostic.fix(Safety::Safe, "remove the namespace", prefix, ""),
        None => diagnostic,
    });
}
