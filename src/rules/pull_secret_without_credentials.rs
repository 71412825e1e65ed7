//! Pull secrets without credentials.

use super::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::held::entry_of;
use crate::keychain::SecretFlaw;
use crate::rule::declare_rule;

declare_rule! {
    /// An image pull secret holds no credentials.
    ///
    /// ## Why is this wrong?
    /// On a desktop, `docker login` keeps passwords in the system's own store and writes only
    /// the name of that store into `config.json`, as `credsStore`. A secret made of such a file
    /// holds nothing that a cluster could use: neither the store nor the helper programs
    /// (`credHelpers`) are there.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github  # error: "holds no credentials"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {}}, "credsStore": "desktop"}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"username": "shop", "password": "an-example"}}}'
    /// ```
    "pull-secret-without-credentials" {
        severity: Error, since: "0.1.0", catalogue: ["S05"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    const HELP: &str =
        "make it with `kubectl create secret docker-registry`, which stores the password itself";
    for secret in context.held.readable() {
        let name = &secret.name;
        if let Some(SecretFlaw::NamesPrograms(field)) = secret.flaw {
            // Programs that build images mount such a file where their helpers are.
            let severity = match field == "credsStore" || context.held.is_named(name) {
                true => Severity::Error,
                false => Severity::Warning,
            };
            let message = format!(
                "the pull secret `{name}` holds no credentials: its `{field}` names a program that the cluster does not have"
            );
            diagnostics.push(RULE.at(secret.at, message).severity(severity).help(HELP));
            continue;
        }
        for entry in secret.entries.iter().filter(|it| !it.has_credentials()) {
            if secret.flaw.is_some() {
                break;
            }
            let message = format!("{} holds no credentials", entry_of(secret, entry));
            diagnostics.push(
                RULE.at(secret.at, message)
                    .severity(Severity::Warning)
                    .help(HELP),
            );
        }
    }
}
