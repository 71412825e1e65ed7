//! Registries that are listed twice.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::plan::is_same_place;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is listed twice for the same provider.
    ///
    /// ## Why is this wrong?
    /// The second entry has no effect. Often another host was meant.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",  # warning: "twice"
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
    "duplicate-registry" {
        severity: Warning, since: "0.1.0", tag: Unnecessary, catalogue: ["H36"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let text = listed.text();
        let repeats = listed.host.repeats.filter(|kept| kept.value == text.value);
        let Some(kept) = repeats.filter(|kept| !is_same_place(kept, text)) else {
            continue;
        };
        diagnostics.push(
            RULE.at(text.span, format!("`{}` is listed twice", text.value))
                .help("remove it, or write the host that was meant")
                .also(kept.span, "listed first here")
                .decided_at(text.origin)
                .trace(&listed.call.trace),
        );
    }
}
