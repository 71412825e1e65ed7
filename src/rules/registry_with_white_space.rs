//! White space in registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry has white space around it or within it.
    ///
    /// ## Why is this wrong?
    /// Hosts are compared letter by letter, so a host with a blank or a line break at
    /// its end is never the host that an image names.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         " 123456789012.dkr.ecr.us-east-1.amazonaws.com",  # error: "white space"
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
    "registry-with-white-space" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H06"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::WhiteSpace { around } => Some(*around),
            _ => None,
        });
        for (found, range) in found {
            let clean = listed.clean();
            let message = if found {
                format!("white space stands around the registry `{clean}`")
            } else {
                "white space stands within a registry".to_owned()
            };
            let diagnostic = listed.at(&RULE, range.clone(), message);
            diagnostics.push(if found {
                let diagnostic = diagnostic.help(format!("write `{clean}`"));
                listed.fix(diagnostic, "remove the white space", &[(range, "")])
            } else {
                diagnostic.help("list every registry as a string of its own")
            });
        }
    }
}
