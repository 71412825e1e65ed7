//! Locations that are not known.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{GoogleHost, MistakeKind};
use crate::rule::declare_rule;
use crate::suggest::nearest;

declare_rule! {
    /// An Artifact Registry host names a location that is not known.
    ///
    /// ## Why is this wrong?
    /// Locations are regions like `us-central1` and multi-regions like `us`. A misspelt one has
    /// no address. It is a warning, since Google opens regions faster than lists are updated.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = [
    ///         "uscentral1-docker.pkg.dev",  # warning: "uscentral1"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = [
    ///         "us-central1-docker.pkg.dev",
    ///     ],
    /// )
    /// ```
    "unknown-artifact-registry-location" {
        severity: Warning, since: "0.1.0", catalogue: ["H31"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::Location => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let location = &mention.text.value[range.clone()];
            let message = format!("`{location}` is not a known location of Artifact Registry");
            let diagnostic = mention.at(&RULE, range.clone(), message);
            diagnostics.push(match nearest(location, GoogleHost::locations()) {
                Some(meant) => {
                    let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                    mention.guess(diagnostic, format!("write `{meant}`"), &[(range, meant)])
                }
                None => diagnostic.help("locations are named like `us-central1` or `us`"),
            });
        }
    }
}
