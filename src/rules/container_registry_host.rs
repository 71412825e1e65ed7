//! Container Registry after its end.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A host of Google's Container Registry is listed.
    ///
    /// ## Why is this wrong?
    /// Container Registry was shut down in 2025; Artifact Registry serves its names. Nothing is
    /// wrong with the host, but the Google service account needs another role than it used to:
    /// `roles/artifactregistry.reader` instead of `roles/storage.objectViewer`.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = [
    ///         "gcr.io",  # advice: "Artifact Registry"
    ///         "us-docker.pkg.dev",
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = [
    ///         "us-docker.pkg.dev",
    ///     ],
    /// )
    /// ```
    "container-registry-host" {
        severity: Advice, since: "0.1.0", catalogue: ["H34"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::ContainerRegistry => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let message = format!(
                "`{}` is served by Artifact Registry since Container Registry was shut down",
                listed.name()
            );
            diagnostics.push(listed.at(&RULE, range, message).help(
                "make sure that the Google service account has `roles/artifactregistry.reader`",
            ));
        }
    }
}
