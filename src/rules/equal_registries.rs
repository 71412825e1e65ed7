//! Registries that differ in their spelling only.

use std::collections::HashMap;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::listed::Listed;
use crate::names::Provider;
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
    ///         # warning: "same registry"
    ///         "https://123456789012.dkr.ecr.us-east-1.amazonaws.com",  # error: [registry-with-scheme] "https://"
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
    let mut first: HashMap<(Option<Provider>, String), &Listed<'_>> = HashMap::new();
    for listed in context.listed.iter().filter(|it| it.is_planned) {
        let host = listed.clean();
        if host.is_empty() {
            continue;
        }
        let Some(earlier) = first.get(&(listed.provider, host.clone())) else {
            first.insert((listed.provider, host), listed);
            continue;
        };
        // Equal spellings are `duplicate-registry`'s.
        if earlier.text.value == listed.text.value {
            continue;
        }
        let message = format!("this is the same registry as `{}`", earlier.text.value);
        diagnostics.push(
            RULE.at(listed.text.span, message)
                .help(format!("keep one of them: `{host}`"))
                .also(earlier.text.span, "listed first here")
                .decided_at(listed.text.origin)
                .trace(&listed.call.trace),
        );
    }
}
