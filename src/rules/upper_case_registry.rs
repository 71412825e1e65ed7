//! Upper case in registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry has upper-case letters.
    ///
    /// ## Why is this wrong?
    /// Everything that looks credentials up compares hosts letter by letter: docker, the
    /// kubelet and the ECR helper, which does not even recognise an ECR host in capitals.
    /// Images name their registry in lower case.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.DKR.ECR.us-east-1.amazonaws.com",  # error: "upper-case"
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
    "upper-case-registry" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H08"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::UpperCase => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let host = listed.name();
            let message = format!(
                "`{}` has upper-case letters",
                &listed.text().value[range.clone()]
            );
            let diagnostic = listed
                .at(&RULE, range.clone(), message)
                .help(format!("write `{host}`, as images do"));
            diagnostics.push(listed.fix(diagnostic, "write it in lower case", &[(range, &host)]));
        }
    }
}
