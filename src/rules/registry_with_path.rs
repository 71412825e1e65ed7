//! Paths behind registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is written with a path.
    ///
    /// ## Why is this wrong?
    /// Credential helpers are asked by host: the token is for the whole registry, and an
    /// entry with a repository or a project behind it is never found.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app",  # error: "`/team/app`"
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
    "registry-with-path" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H03", "H30"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::Path => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let path = &listed.text().value[range.clone()];
            let message = format!("a registry is a host, without the path `{path}`");
            let diagnostic = listed
                .at(&RULE, range.clone(), message)
                .help(format!("write `{}`", listed.clean()));
            diagnostics.push(listed.fix(diagnostic, "remove the path", &[(range, "")]));
        }
    }
}
