//! Registries without a name.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is an empty string.
    ///
    /// ## Why is this wrong?
    /// Nothing is pulled from a registry without a name. In a docker config an empty
    /// entry even turns the helper off. It is most often left over from a template, or
    /// comes from a variable that is empty.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "",  # error: "empty"
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
    "empty-registry" {
        severity: Error, since: "0.1.0", catalogue: ["H35"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::Empty => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            diagnostics.push(
                listed
                    .at(&RULE, range, "a registry is empty")
                    .help("remove it, or write the host that images are pulled from"),
            );
        }
    }
}
