//! Calls for ECR without registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::Provider;
use crate::rule::declare_rule;
use crate::script::Registries;

declare_rule! {
    /// `ecr` is configured without registries.
    ///
    /// ## Why is this wrong?
    /// The ECR helper is asked for the hosts that are listed, and for no others: every account
    /// and region has a host of its own, so there are no defaults. Only `gcp` works without
    /// `registries`.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(provider = "ecr")  # error: "needs `registries`"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    "ecr-without-registries" {
        severity: Error, since: "0.1.0", catalogue: ["C04", "C05"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for call in context.script.calls_on_all_ways() {
        let Some(provider) = &call.provider else {
            continue;
        };
        let parsed = Provider::parse(&provider.value);
        let (span, message) = match (&call.registries, parsed) {
            (Registries::Absent, Some(Provider::Ecr)) => {
                (provider.span, "the provider `ecr` needs `registries`")
            }
            (
                Registries::List {
                    span,
                    hosts,
                    has_invalid: false,
                    unknown,
                },
                Some(Provider::Ecr),
            ) if hosts.is_empty() && unknown.is_empty() => (*span, "`registries` is empty"),
            _ => continue,
        };
        diagnostics.push(
            RULE.at(span, message)
                .help(
                    "list the hosts that images are pulled from: \
                     `registries = [\"ACCOUNT.dkr.ecr.REGION.amazonaws.com\"]`",
                )
                .trace(&call.trace),
        );
    }
}
