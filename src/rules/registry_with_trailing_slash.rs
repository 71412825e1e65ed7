//! Slashes behind registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry ends in a slash.
    ///
    /// ## Why is this wrong?
    /// Hosts are compared letter by letter, so `host/` is never the host of an image.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com/",  # error: "ends in `/`"
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
    "registry-with-trailing-slash" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H04"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::TrailingSlash => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let diagnostic = listed
                .at(&RULE, range.clone(), "a registry ends in `/`")
                .help(format!("write `{}`", listed.clean()));
            diagnostics.push(listed.fix(diagnostic, "remove the slash", &[(range, "")]));
        }
    }
}
