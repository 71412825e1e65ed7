//! Artifact Registry hosts of another form.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A host looks like Artifact Registry but is not of the form of its Docker hosts.
    ///
    /// ## Why is this wrong?
    /// Docker repositories of Artifact Registry are at `LOCATION-docker.pkg.dev`, or at
    /// `docker.LOCATION.rep.pkg.dev` if they must stay in their region. The other hosts below
    /// `pkg.dev` are for packages of other kinds.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = [
    ///         "us-central1.pkg.dev",  # error: "not a Docker host"
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
    "malformed-artifact-registry-host" {
        severity: Error, since: "0.1.0", catalogue: ["H29"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::ArtifactRegistry { meant } => Some(meant.clone()),
            _ => None,
        });
        for (found, range) in found {
            let host = mention.name();
            let message = format!("`{host}` is not a Docker host of Artifact Registry");
            let diagnostic = mention.at(&RULE, range.clone(), message);
            diagnostics.push(match found {
                Some(meant) => {
                    let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                    mention.guess(diagnostic, "write the Docker host", &[(range, &meant)])
                }
                None => diagnostic.help("Docker hosts are `LOCATION-docker.pkg.dev`"),
            });
        }
    }
}
