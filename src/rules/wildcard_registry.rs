//! Wildcards in registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{MistakeKind, Provider};
use crate::rule::declare_rule;

declare_rule! {
    /// A registry has a wildcard.
    ///
    /// ## Why is this wrong?
    /// Wildcards work in the keys of image pull secrets and in the kubelet's settings.
    /// Credential helpers are looked up by the exact host, so every host is listed by
    /// itself. `gcp` without `registries` serves all of Google's hosts.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "*.dkr.ecr.*.amazonaws.com",  # error: "wildcard"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "wildcard-registry" {
        severity: Error, since: "0.1.0", catalogue: ["H20"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::Wildcard => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let help = match listed.provider {
                Some(Provider::Gcp) => "leave `registries` out to serve all of Google's hosts",
                _ => "list every host by itself",
            };
            let message = "registries cannot have wildcards";
            diagnostics.push(listed.at(&RULE, range, message).help(help));
        }
    }
}
