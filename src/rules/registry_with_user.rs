//! User names before registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is written with a user name.
    ///
    /// ## Why is this wrong?
    /// Registries are hosts. Credentials come from the helper, and a user name or password
    /// does not belong into a script at all.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "AWS@123456789012.dkr.ecr.us-east-1.amazonaws.com",  # error: "user name"
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
    "registry-with-user" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::User => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let diagnostic = listed
                .at(
                    &RULE,
                    range.clone(),
                    "a registry is a host, without a user name",
                )
                .help(format!("write `{}`", listed.clean()));
            diagnostics.push(listed.fix(diagnostic, "remove the user name", &[(range, "")]));
        }
    }
}
