//! Suffixes of another partition.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// The suffix of an ECR host belongs to another part of AWS than its region.
    ///
    /// ## Why is this wrong?
    /// China, the European sovereign cloud and the isolated partitions have domain names of
    /// their own. The helper does not check that region and suffix fit, but the name does not
    /// exist.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.cn-north-1.amazonaws.com",  # error: "aws-cn"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
    ///     ],
    /// )
    /// ```
    "aws-partition-mismatch" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H14"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::Partition { partition, suffix } => Some((*partition, *suffix)),
            _ => None,
        });
        for (found, range) in found {
            let (partition, suffix) = found;
            let written = &mention.text.value[range.clone()];
            let message =
                format!("`{written}` is not the suffix of the region's partition, `{partition}`");
            let diagnostic = mention.at(&RULE, range.clone(), message);
            diagnostics.push(match suffix {
                Some(suffix) => {
                    let diagnostic = diagnostic.help(format!("write `{suffix}`"));
                    mention.fix(
                        diagnostic,
                        "write the partition's suffix",
                        &[(range, suffix)],
                    )
                }
                None => diagnostic.help("the partition has no dual-stack hosts"),
            });
        }
    }
}
