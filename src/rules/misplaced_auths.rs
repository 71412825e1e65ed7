//! Pull secrets in the form of the other type.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::keychain::SecretFlaw;
use crate::rule::declare_rule;

declare_rule! {
    /// The entries of an image pull secret are in the wrong place.
    ///
    /// ## Why is this wrong?
    /// `.dockerconfigjson` is Docker's `config.json`, which has its entries within `auths`. The
    /// older `.dockercfg` has them at the top. With the one in the form of the other the
    /// secret is read, and no entry is found in it.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github  # error: "are not within `auths`"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"ghcr.io": {"username": "shop", "password": "an-example"}}'
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
    "misplaced-auths" {
        severity: Error, since: "0.1.0", catalogue: ["S03"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for secret in context.held.readable() {
        let name = &secret.name;
        let (message, help) = match secret.flaw {
            Some(SecretFlaw::Unwrapped) => (
                format!("the entries of the pull secret `{name}` are not within `auths`"),
                "write `{\"auths\": {…}}` around them",
            ),
            Some(SecretFlaw::Wrapped) => (
                format!(
                    "the entries of the pull secret `{name}` are within `auths`, which `.dockercfg` does not have"
                ),
                "take `auths` away, or make a secret of the type `kubernetes.io/dockerconfigjson` with the key `.dockerconfigjson`",
            ),
            _ => continue,
        };
        diagnostics.push(RULE.at(secret.at, message).help(help));
    }
}
