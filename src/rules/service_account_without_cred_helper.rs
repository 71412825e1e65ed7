//! A service account, and nothing that would use it.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

declare_rule! {
    /// `workloadIdentityServiceAccount` is set, but the script configures no credential helper.
    ///
    /// ## Why is this wrong?
    /// The service account gives the environment controller a cloud identity. It takes
    /// a credential helper to turn that into access to a registry, and the script
    /// enables none: private images are read without credentials all the same.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// deploy(resources)
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller  # warning: "nothing uses the service account"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// deploy(resources)
    ///
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "service-account-without-cred-helper" {
        severity: Warning, since: "0.1.0", catalogue: ["Y13"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let script = context.script;
    let [environment, ..] = script.scripts.as_slice() else {
        return;
    };
    // A call that is not reached is a mistake of its own.
    let is_without = script.is_complete
        && script.cred_helpers.is_empty()
        && script.unreached_cred_helpers.is_empty();
    let Some(entry) = context.service_account().filter(|_| is_without) else {
        return;
    };
    let path = &context.sources.file(*environment).path;
    let message =
        format!("nothing uses the service account: `{path}` configures no credential helper");
    diagnostics.push(
        RULE.at(entry.value.span, message)
            .help(format!(
                "add `configure_cred_helper(…)` to `{path}`: with `provider = \"ecr\"` and its \
                 registries, or with `provider = \"gcp\"`"
            ))
            .decided_at(entry.value.origin),
    );
}
