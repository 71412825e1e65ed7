//! Registries without a helper.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{MistakeKind, RegistryKind};
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is listed that no credential helper is for.
    ///
    /// ## Why is this wrong?
    /// The environment controller has helpers for ECR and Google only. Other private
    /// registries are reached through image pull secrets: every secret of type
    /// `kubernetes.io/dockerconfigjson` in the namespace is tried.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "myregistry.azurecr.io",  # error: "Azure"
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
    "unsupported-registry" {
        severity: Error, since: "0.1.0", catalogue: ["H28"],
    }
}

const SECRET: &str = "remove it, and create an image pull secret in the namespace: \
                      `kubectl create secret docker-registry …`";

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::Unsupported => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let host = listed.name();
            let (owner, help) = match RegistryKind::of(&host) {
                RegistryKind::Azure(_) => ("Azure's", SECRET),
                RegistryKind::GitHub => ("GitHub's", SECRET),
                RegistryKind::Quay => ("Quay", SECRET),
                RegistryKind::GitLab => ("GitLab's", SECRET),
                _ => (
                    "Microsoft's public registry",
                    "remove it: everybody may pull from it",
                ),
            };
            let message = format!(
                "`{host}` is {owner}; there are credential helpers for ECR and Google only"
            );
            diagnostics.push(listed.at(&RULE, range, message).help(help));
        }
    }
}
