//! Entries of pull secrets with an `auth` that is none.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::keychain::{AuthError, Fault};
use crate::rule::declare_rule;

declare_rule! {
    /// The field `auth` of an image pull secret cannot be decoded.
    ///
    /// ## Why is this wrong?
    /// `auth` is base64 of `username:password`. One that is not keeps the whole secret from
    /// being read, and the kubelet then uses none of the secrets of a pod that names it.
    /// Where there is an `auth`, `username` and `password` beside it do not count.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github  # error: "is `username:password` itself, without base64"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"auth": "shop:an-example"}}}'
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
    "invalid-auth-field" {
        severity: Error, since: "0.1.0", catalogue: ["S06"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for broken in context.held.broken_secrets() {
        let Fault::Auth { key, error } = &broken.fault else {
            continue;
        };
        let name = &broken.name;
        let help = match error {
            AuthError::UrlAlphabet => "encode it with `+` and `/` instead of `-` and `_`",
            AuthError::WhiteSpace => "take the white space away",
            AuthError::Twice => "encode `username:password` once",
            AuthError::NoColon => {
                "encode both with a colon between them, or write `username` and `password` instead of `auth`"
            }
            _ => {
                "encode it with `printf '%s' 'USER:PASSWORD' | base64 -w0`, or write `username` and `password` instead of `auth`"
            }
        };
        let message =
            format!("the pull secret `{name}` cannot be read: of its entry for `{key}`, {error}");
        let diagnostic = RULE.at(broken.at, message).help(help);
        diagnostics.push(context.held.with_namers(diagnostic, name));
    }
}
