//! ECR hosts that lack a part.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A host looks like ECR but is not of the form of ECR hosts.
    ///
    /// ## Why is this wrong?
    /// Private ECR registries are `ACCOUNT.dkr.ecr.REGION.SUFFIX`; the suffix depends on the
    /// part of AWS, most often `amazonaws.com`. The helper refuses anything else with
    /// "credentials not found".
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.ecr.us-east-1.amazonaws.com",  # error: "not an ECR host"
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
    "incomplete-ecr-host" {
        severity: Error, since: "0.1.0", catalogue: ["H15"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::IncompleteEcr { meant } => Some(meant.clone()),
            _ => None,
        });
        for (found, range) in found {
            let host = &mention.text.value[range.clone()];
            let diagnostic =
                mention.at(&RULE, range.clone(), format!("`{host}` is not an ECR host"));
            diagnostics.push(match found {
                Some(meant) => {
                    let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                    mention.guess(diagnostic, "complete the host", &[(range, &meant)])
                }
                None => diagnostic.help(
                    "ECR hosts are `ACCOUNT.dkr.ecr.REGION.amazonaws.com`, with a 12-digit account id",
                ),
            });
        }
    }
}
