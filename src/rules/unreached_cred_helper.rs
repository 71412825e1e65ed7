//! No `configure_cred_helper` is reached.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

declare_rule! {
    /// The script has a `configure_cred_helper`, but none is ever reached.
    ///
    /// ## Why is this wrong?
    /// A call within a function runs only when the function is called, and one under an
    /// `if` only when its condition holds. If no call runs, no credential helper is
    /// enabled, and private images are read without credentials.
    ///
    /// A script that reaches one of several calls, say the one for the cloud at hand,
    /// is right.
    ///
    /// ## Example
    /// ```raftt
    /// def configure_registries():
    ///     configure_cred_helper(provider = "gcp")  # warning: "never reached"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// def configure_registries():
    ///     configure_cred_helper(provider = "gcp")
    ///
    /// configure_registries()
    /// ```
    "unreached-cred-helper" {
        severity: Warning, since: "0.1.0", catalogue: ["C13"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let script = context.script;
    // Behind a mistake that ends the script, much is not reached.
    if !script.is_complete || !script.cred_helpers.is_empty() {
        return;
    }
    for span in &script.unreached_cred_helpers {
        let message = "this call is never reached, so no credential helper is enabled";
        diagnostics
            .push(RULE.at(*span, message).help(
                "call the function that it is in, or move it to the top level of the script",
            ));
    }
}
