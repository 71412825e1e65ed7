//! Keys that are meant for Docker Hub.

use super::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::held::entry_of;
use crate::keychain::{KeyMistakeKind, RegistryKey};
use crate::rule::declare_rule;

declare_rule! {
    /// A key of an image pull secret is not Docker Hub's.
    ///
    /// ## Why is this wrong?
    /// Docker Hub has one key that every client knows, `https://index.docker.io/v1/`, with the
    /// slash at its end. The kubelet looks images on Docker Hub up as `docker.io/…`, and tries
    /// `index.docker.io` last; the hosts of its web pages and of its API match nothing.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: hub  # error: "the slash at its end is missing"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"https://index.docker.io/v1": {"username": "shop", "password": "an-example"}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: hub
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"https://index.docker.io/v1/": {"username": "shop", "password": "an-example"}}}'
    /// ```
    "docker-hub-secret-key" {
        severity: Error, since: "0.1.0", catalogue: ["S09", "S10"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, mistake) in context.held.wrong_keys() {
        if mistake.kind != KeyMistakeKind::DockerHub {
            continue;
        }
        let message = format!(
            "{} serves no image: {}",
            entry_of(secret, entry),
            mistake.why
        );
        let mut entries = secret.entries.iter();
        let is_of_hub =
            |key: &RegistryKey| key.matches("index.docker.io") || key.matches("docker.io");
        let is_served =
            entries.any(|it| it.mistake.is_none() && it.read.as_ref().is_some_and(is_of_hub));
        let mut diagnostic = RULE.at(secret.at, message);
        if is_served {
            diagnostic = diagnostic.severity(Severity::Advice);
        }
        diagnostics.push(match &mistake.meant {
            Some(meant) => diagnostic.help(format!("write `{meant}`")),
            None => diagnostic,
        });
    }
}
