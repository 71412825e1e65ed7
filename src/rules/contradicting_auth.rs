//! Entries whose `auth` says something else than what stands beside it.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// The field `auth` of an image pull secret says something else than those beside it.
    ///
    /// ## Why is this wrong?
    /// Where an entry has an `auth`, its `username` and `password` do not count. Whoever
    /// changed the password in one place only still uses the old one.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github  # warning: "`password` and `auth` differ"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"username": "shop", "password": "a-newer-one", "auth": "c2hvcDphbi1leGFtcGxl"}}}'
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
    "contradicting-auth" {
        severity: Warning, since: "0.1.0", catalogue: ["S08"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::Contradiction(field) = flaw else {
            continue;
        };
        let message = format!("{}: `{field}` and `auth` differ", entry_of(secret, entry));
        diagnostics.push(
            RULE.at(secret.at, message)
                .help("`auth` counts; remove the one that is wrong"),
        );
    }
}
