//! Availability zones in place of regions.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// An ECR host names an availability zone instead of a region.
    ///
    /// ## Why is this wrong?
    /// Registries belong to a region, `us-east-1`. The letter behind it names one of the
    /// region's data centers, which have no registry of their own.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1a.amazonaws.com",  # error: "availability zone"
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
    "availability-zone-as-region" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H13"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::Zone { region } => Some(region.clone()),
            _ => None,
        });
        for (found, range) in found {
            let zone = &mention.text.value[range.clone()];
            let diagnostic = mention
                .at(
                    &RULE,
                    range.clone(),
                    format!("`{zone}` is an availability zone, not a region"),
                )
                .help(format!("write `{found}`"));
            diagnostics.push(mention.fix(diagnostic, "write the region", &[(range, &found)]));
        }
    }
}
