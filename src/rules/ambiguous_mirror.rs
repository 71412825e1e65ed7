//! A mirror beside ECR hosts of different accounts or regions.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::plan::{Backing, EcrRegistry, mirrors};
use crate::rule::declare_rule;

declare_rule! {
    /// A mirror is listed beside ECR hosts of different accounts or regions.
    ///
    /// ## Why is this wrong?
    /// A mirror is served with a token for the ECR registry behind it, and a token is
    /// for one account and region. Beside hosts of several, nothing tells which one the
    /// mirror stands for, and a token for the wrong one is refused.
    ///
    /// Calls for the same provider add up, so each mirror can have a call of its own.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    ///         "mirror.internal.com",  # warning: "may stand for"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com", "mirror.internal.com"],
    /// )
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.eu-west-1.amazonaws.com"],
    /// )
    /// ```
    "ambiguous-mirror" {
        severity: Warning, since: "0.1.0", catalogue: ["H22"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mirror in mirrors(context.calls) {
        let Backing::Ambiguous(one, two) = mirror.backing else {
            continue;
        };
        let host = mirror.host;
        let message = format!(
            "`{}` may stand for `{}` or for `{}`",
            host.value, one.0.value, two.0.value
        );
        diagnostics.push(
            RULE.at(host.span, message)
                .help("list it in a call of its own, beside the one ECR host that it mirrors")
                .also(one.0.span, words(one.1))
                .also(two.0.span, words(two.1))
                .decided_at(host.origin)
                .trace(&mirror.call.trace),
        );
    }
}

fn words(registry: &EcrRegistry) -> String {
    format!("account {}, {}", registry.account_id, registry.region)
}
