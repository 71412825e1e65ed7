//! The default service account of a namespace.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

declare_rule! {
    /// The controller is told to run as the namespace's default service account.
    ///
    /// ## Why is this wrong?
    /// Every pod that names no service account runs as `default`. What is granted to it
    /// for the controller, every such pod of the namespace can use as well.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: default  # warning: "shares it with every pod"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "default-service-account" {
        severity: Warning, since: "0.1.0", catalogue: ["Y12"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(entry) = context.service_account() else {
        return;
    };
    if entry.value.value == "default" {
        let message = "the `default` service account is no one's own: the controller shares it \
                       with every pod that names none";
        diagnostics.push(
            RULE.at(entry.value.span, message)
                .help("make a service account for the controller, and grant the access to it"),
        );
    }
}
