//! FIPS hosts where there are none.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// An ECR host asks for FIPS in a region that has no such endpoint.
    ///
    /// ## Why is this wrong?
    /// ECR has endpoints with FIPS 140 cryptography in `us-east-1`, `us-east-2`, `us-west-1`,
    /// `us-west-2` and the GovCloud regions. Elsewhere the name does not exist.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr-fips.eu-west-1.amazonaws.com",  # warning: "FIPS"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "missing-fips-endpoint" {
        severity: Warning, since: "0.1.0", catalogue: ["H17"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::NoFips => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let diagnostic = mention
                .at(
                    &RULE,
                    range.clone(),
                    "ECR has no FIPS endpoint in this region",
                )
                .help("leave `-fips` out");
            diagnostics.push(mention.guess(diagnostic, "remove `-fips`", &[(range, "")]));
        }
    }
}
