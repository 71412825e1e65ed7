//! Registries that differ in their spelling only.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

declare_rule! {
    /// Two entries name the same registry in different spellings.
    ///
    /// ## Why is this wrong?
    /// Hosts are compared letter by letter. Of two spellings of one host at most one is found;
    /// the other has no effect.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "https://123456789012.dkr.ecr.us-east-1.amazonaws.com",  # warning: "same registry"
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
    "equal-registries" {
        severity: Warning, since: "0.1.0", catalogue: ["H37"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let text = listed.text();
        // Equal spellings are `duplicate-registry`'s.
        let repeats = listed.host.repeats.filter(|kept| kept.value != text.value);
        let Some(kept) = repeats else { continue };
        let message = format!("this is the same registry as `{}`", kept.value);
        diagnostics.push(
            RULE.at(text.span, message)
                .help(format!("remove it: images name `{}`", listed.clean()))
                .also(kept.span, "it is listed here, too")
                .decided_at(text.origin)
                .trace(&listed.call.trace),
        );
    }
}
