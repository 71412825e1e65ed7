//! Placeholders in registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{MistakeKind, Provider};
use crate::rule::declare_rule;

declare_rule! {
    /// A registry still has a placeholder from an example.
    ///
    /// ## Why is this wrong?
    /// `ACCOUNT_ID` and `REGION` stand for your own AWS account and region. The credential
    /// helper does not notice: it asks an endpoint by that name, and all that comes back is
    /// "credentials not found".
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "ACCOUNT_ID.dkr.ecr.REGION.amazonaws.com",  # error: "placeholder"
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
    "placeholder-registry" {
        severity: Error, since: "0.1.0", catalogue: ["H09"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::Placeholder => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let text = &listed.text().value[range.clone()];
            if text.starts_with("MIRROR.") {
                let message = format!("`{text}` is the documentation's example of a mirror");
                let help = "write your own mirror's host, or remove it";
                diagnostics.push(listed.at(&RULE, range, message).help(help));
                continue;
            }
            let help = match listed.provider {
                Some(Provider::Gcp) => {
                    "write the host that your images name, like `us-docker.pkg.dev`"
                }
                _ => {
                    "write your 12-digit AWS account id and region, like \
                     `123456789012.dkr.ecr.us-east-1.amazonaws.com`"
                }
            };
            let message = format!("`{text}` is a placeholder");
            diagnostics.push(listed.at(&RULE, range, message).help(help));
        }
    }
}
