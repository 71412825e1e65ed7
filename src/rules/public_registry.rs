//! Public registries under a helper.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is listed from which everybody may pull.
    ///
    /// ## Why is this wrong?
    /// Images there need no credentials, so the entry has no effect. `k8s.gcr.io` is frozen,
    /// its images moved to `registry.k8s.io`.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = [
    ///         "k8s.gcr.io",  # advice: "public"
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
    "public-registry" {
        severity: Advice, since: "0.1.0", tag: Unnecessary, catalogue: ["H32"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::Public => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let message = format!("`{}` is public and needs no credentials", listed.name());
            diagnostics.push(listed.at(&RULE, range, message).help("remove it"));
        }
    }
}
