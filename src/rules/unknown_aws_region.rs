//! Regions that are not known.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{MistakeKind, Partition};
use crate::rule::declare_rule;
use crate::suggest::nearest;

declare_rule! {
    /// An ECR host names a region that is not known.
    ///
    /// ## Why is this wrong?
    /// A misspelt region has no address, and the helper says only "credentials not found".
    /// It is a warning, since AWS opens regions faster than lists are updated.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-esat-1.amazonaws.com",  # warning: "us-esat-1"
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
    "unknown-aws-region" {
        severity: Warning, since: "0.1.0", catalogue: ["H12"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::Region => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let region = &mention.text.value[range.clone()];
            let diagnostic = mention.at(
                &RULE,
                range.clone(),
                format!("`{region}` is not a known AWS region"),
            );
            diagnostics.push(match nearest(region, Partition::regions()) {
                Some(meant) => {
                    let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                    mention.guess(diagnostic, format!("write `{meant}`"), &[(range, meant)])
                }
                None => diagnostic.help("regions are named like `us-east-1`"),
            });
        }
    }
}
