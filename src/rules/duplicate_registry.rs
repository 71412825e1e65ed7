//! Registries that are listed twice.

use std::collections::HashMap;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::listed::Listed;
use crate::names::Provider;
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
        severity: Warning, since: "0.1.0", catalogue: ["H36"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(Option<Provider>, &str), &Listed<'_>> = HashMap::new();
    for listed in context.listed.iter().filter(|it| it.is_planned) {
        let text = listed.text.value.as_str();
        let Some(earlier) = first.get(&(listed.provider, text)) else {
            first.insert((listed.provider, text), listed);
            continue;
        };
        // A call in a loop or a function may run again with the same list.
        let is_same_place =
            earlier.text.span == listed.text.span && earlier.text.origin == listed.text.origin;
        if text.trim().is_empty() || is_same_place {
            continue;
        }
        diagnostics.push(
            RULE.at(listed.text.span, format!("`{text}` is listed twice"))
                .help("remove it, or write the host that was meant")
                .also(earlier.text.span, "listed first here")
                .decided_at(listed.text.origin)
                .trace(&listed.call.trace),
        );
    }
}
