//! Secrets for Docker Hub that are meant for another registry.

use super::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// An image pull secret that is meant for another registry is for Docker Hub.
    ///
    /// ## Why is this wrong?
    /// Without `--docker-server`, `kubectl create secret docker-registry` makes an entry for
    /// Docker Hub, and does not say so. The images of the registry that was meant are pulled
    /// without credentials.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: ecr-reader  # warning: "has an entry for Docker Hub alone"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"https://index.docker.io/v1/": {"username": "shop", "password": "an-example"}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: ecr-reader
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"123456789012.dkr.ecr.us-east-1.amazonaws.com": {"username": "shop", "password": "an-example"}}}'
    /// ```
    "secret-for-docker-hub" {
        severity: Warning, since: "0.1.0", catalogue: ["S11"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    const HELP: &str = "make it anew with `--docker-server=HOST`";
    for secret in context.held.readable() {
        if let [entry] = &secret.entries[..]
            && entry.key == "https://index.docker.io/v1/"
            && is_for_another(&secret.name)
        {
            let name = &secret.name;
            let message = format!("the pull secret `{name}` has an entry for Docker Hub alone");
            diagnostics.push(RULE.at(secret.at, message).help(HELP));
        }
    }
    for (secret, entry, flaw) in context.held.flaws() {
        if let Flaw::UserOfAnotherRegistry(owner) = flaw {
            let message = format!(
                "{} is for Docker Hub and has a user of {owner}",
                entry_of(secret, entry)
            );
            diagnostics.push(
                RULE.at(secret.at, message)
                    .severity(Severity::Error)
                    .help(HELP),
            );
        }
    }
}

/// Whether a secret of this name is meant for a registry that is not Docker Hub.
fn is_for_another(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "acr",
        "artifactory",
        "ecr",
        "gar",
        "gcr",
        "ghcr",
        "harbor",
        "jfrog",
        "nexus",
        "quay",
    ];
    let words = || name.split(|it: char| !it.is_ascii_alphanumeric());
    let is_hub = words().any(|it| it.contains("docker") || it.contains("hub"));
    !is_hub && words().any(|it| OTHERS.contains(&it))
}
