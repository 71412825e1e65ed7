//! Spellings of dual-stack hosts.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// An ECR host mixes the spellings of two kinds of hosts.
    ///
    /// ## Why is this wrong?
    /// Hosts that answer over IPv4 alone are `ACCOUNT.dkr.ecr.REGION.amazonaws.com`, dual-stack
    /// hosts are `ACCOUNT.dkr-ecr.REGION.on.aws`. The helper takes either spelling with either
    /// suffix, but AWS documents only these two.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr-ecr.us-east-1.amazonaws.com",  # warning: "mixes"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "mixed-ecr-endpoint" {
        severity: Warning, since: "0.1.0", catalogue: ["H16"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::MixedEndpoint { meant } => Some(meant.clone()),
            _ => None,
        });
        for (found, range) in found {
            let host = mention.name();
            let message = format!("`{host}` mixes the spellings of IPv4 and dual-stack hosts");
            let diagnostic = mention
                .at(&RULE, range.clone(), message)
                .help(format!("did you mean `{found}`?"));
            diagnostics.push(mention.guess(
                diagnostic,
                "use the documented spelling",
                &[(range, &found)],
            ));
        }
    }
}
