//! Image references in place of registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// An image reference is listed as a registry.
    ///
    /// ## Why is this wrong?
    /// Credential helpers are asked for a registry, which is the first part of an image
    /// reference: its host, and its port if it has one. `host:v1` even reads as a host
    /// with a port that is no number.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:v1",  # error: "image reference"
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
    "image-as-registry" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H05"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::ImageReference => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let host = listed.clean();
            let message = "this is an image reference, not a registry";
            let diagnostic = listed.at(&RULE, range.clone(), message);
            diagnostics.push(if host.contains(['.', ':']) {
                let diagnostic = diagnostic.help(format!("write its host alone: `{host}`"));
                listed.fix(diagnostic, "keep the host", &[(range, "")])
            } else {
                diagnostic.help("remove it: an image without a host is Docker Hub's")
            });
        }
    }
}
