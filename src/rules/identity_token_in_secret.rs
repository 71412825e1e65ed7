//! Identity tokens in pull secrets.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// An image pull secret holds an identity token and no password.
    ///
    /// ## Why is this wrong?
    /// `az acr login`, and `docker login` with some registries, store a token under
    /// `identitytoken` or `registrytoken`. The environment controller uses it. The kubelet
    /// reads `username`, `password` and `auth` alone, so pods that need the secret cannot pull.
    /// Such tokens are short-lived, too.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: azure  # warning: "the kubelet does not read"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"shop.azurecr.io": {"identitytoken": "an-example"}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: azure
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"shop.azurecr.io": {"username": "shop", "password": "an-example"}}}'
    /// ```
    "identity-token-in-secret" {
        severity: Warning, since: "0.1.0", catalogue: ["S28"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::IdentityTokenOnly = flaw else {
            continue;
        };
        let message = format!(
            "{} has nothing but an identity token, which the kubelet does not read",
            entry_of(secret, entry)
        );
        diagnostics.push(RULE.at(secret.at, message).help("make it with a user name and a password: for Azure, those of a service principal or of a repository-scoped token"));
    }
}
