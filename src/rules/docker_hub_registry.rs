//! Docker Hub under a helper.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// Docker Hub is listed for a credential helper.
    ///
    /// ## Why is this wrong?
    /// Public images of Docker Hub need no credentials, and no helper of a cloud has any for
    /// private ones. Listed under `gcp`, Docker Hub would be sent a Google access token.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "docker.io",  # error: "Docker Hub"
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
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
    "docker-hub-registry" {
        severity: Error, since: "0.1.0", catalogue: ["H24"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::DockerHub => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let message = format!(
                "`{}` is Docker Hub, which is no registry of a cloud",
                listed.name()
            );
            diagnostics.push(listed.at(&RULE, range, message).help(
                "remove it; private images there need an image pull secret for \
                 `https://index.docker.io/v1/`",
            ));
        }
    }
}
