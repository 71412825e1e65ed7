//! URL schemes before registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is written with a URL scheme.
    ///
    /// ## Why is this wrong?
    /// Registries are hosts. Docker looks a credential helper up by the host of the image,
    /// letter by letter, so an entry with `https://` before it is never found. Plain
    /// `http://` is refused by the helpers themselves.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "https://123456789012.dkr.ecr.us-east-1.amazonaws.com",  # error: "https://"
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
    "registry-with-scheme" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H01", "H02"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::Scheme => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let scheme = &listed.text().value[range.clone()];
            let message = format!("a registry is a host, without `{scheme}`");
            let diagnostic = listed
                .at(&RULE, range.clone(), message)
                .help(format!("write `{}`", listed.clean()));
            diagnostics.push(listed.fix(diagnostic, "remove the scheme", &[(range, "")]));
        }
    }
}
