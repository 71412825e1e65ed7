//! Passwords with white space around them.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// The user name or password of an image pull secret has white space around it.
    ///
    /// ## Why is this wrong?
    /// `echo user:password | base64` encodes the line break at the end, too, and it becomes
    /// part of the password. The registry refuses it, with the same 401 as any wrong password.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github  # warning: "the password ends in a line break"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"auth": "c2hvcDphbi1leGFtcGxlCg=="}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"auth": "c2hvcDphbi1leGFtcGxl"}}}'
    /// ```
    "password-with-line-break" {
        severity: Warning, since: "0.1.0", catalogue: ["S07"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, flaw) in context.held.flaws() {
        let what = match flaw {
            Flaw::WhiteSpace("username") => "the user name has white space around it",
            Flaw::WhiteSpace(_) => "the password has white space around it",
            Flaw::LineBreak => "the password ends in a line break",
            _ => continue,
        };
        let message = format!("{}: {what}", entry_of(secret, entry));
        diagnostics.push(RULE.at(secret.at, message).help(
            "encode it with `printf '%s' 'USER:PASSWORD' | base64 -w0`, which adds no line break",
        ));
    }
}
