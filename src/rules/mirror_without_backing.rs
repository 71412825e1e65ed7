//! A host under `ecr` that is no ECR host, without an ECR host beside it.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::plan::{Backing, mirrors};
use crate::rule::declare_rule;

declare_rule! {
    /// A mirror is listed under `ecr` without the ECR host that it mirrors.
    ///
    /// ## Why is this wrong?
    /// `docker-credential-ecr-login` knows ECR's own hosts only: asked for any other
    /// name it answers `credentials not found in native keychain`. For a mirror, a
    /// name of your own in front of an ECR registry, the environment controller
    /// therefore asks for the ECR host behind it and presents that token to the
    /// mirror. Which one that is follows from the ECR hosts listed in the same call;
    /// without one, nothing can be asked for, and images are read without
    /// credentials.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["mirror.internal.com"],  # warning: "no ECR host is listed beside it"
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "mirror.internal.com",
    ///     ],
    /// )
    /// ```
    /// A registry of another vendor needs no call at all: the controller uses the
    /// image pull secrets of the namespace.
    "mirror-without-backing" {
        severity: Warning, since: "0.1.0", catalogue: ["H21"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mirror in mirrors(context.calls) {
        // A mistake in the same call may well be the host that is missing.
        if !mirror.is_sound || !matches!(mirror.backing, Backing::Missing) {
            continue;
        }
        let host = mirror.host;
        let message = format!(
            "`{}` is taken for a mirror of ECR, but no ECR host is listed beside it",
            host.value
        );
        diagnostics.push(
            RULE.at(host.span, message)
                .help(
                    "list the ECR host that it mirrors in the same call; for a registry that is \
                     no mirror of ECR, remove it and use an image pull secret",
                )
                .decided_at(host.origin)
                .trace(&mirror.call.trace),
        );
    }
}
