//! Fields `auth` without padding.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// The field `auth` of an image pull secret has no padding.
    ///
    /// ## Why is this wrong?
    /// Base64 is filled up with `=` to a multiple of four letters. The kubelet reads an `auth`
    /// without them. Docker does not: it refuses the whole file.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github  # advice: "has no padding"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"auth": "c2hvcDpub3QtYS1yZWFsLW9uZQ"}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"auth": "c2hvcDpub3QtYS1yZWFsLW9uZQ=="}}}'
    /// ```
    "unpadded-auth" {
        severity: Advice, since: "0.1.0", catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::UnpaddedAuth = flaw else {
            continue;
        };
        let message = format!(
            "{}: its `auth` has no padding, without which Docker does not read it",
            entry_of(secret, entry)
        );
        diagnostics.push(
            RULE.at(secret.at, message)
                .help("fill it up with `=` to a multiple of four letters"),
        );
    }
}
