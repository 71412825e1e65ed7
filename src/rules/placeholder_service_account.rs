//! Service accounts whose name is still to be filled in.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::ServiceAccountText;
use crate::rule::declare_rule;

declare_rule! {
    /// The name of the service account is a placeholder from a document.
    ///
    /// ## Why is this wrong?
    /// The documentation shows `<name of service account>` where a name has to be
    /// filled in. There is no account of that name, so the controller is not started.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: <name of service account>  # error: "is a placeholder"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "placeholder-service-account" {
        severity: Error, since: "0.1.0", catalogue: ["Y07"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(entry) = context.service_account() else {
        return;
    };
    let name = &entry.value.value;
    if ServiceAccountText::of(name) == ServiceAccountText::Placeholder {
        diagnostics.push(
            RULE.at(
                entry.value.span,
                format!("`{}` is a placeholder", name.trim()),
            )
            .help(
                "write the name of a Kubernetes service account in the namespace of the \
                     environment; `kubectl get serviceaccounts` lists them",
            ),
        );
    }
}
