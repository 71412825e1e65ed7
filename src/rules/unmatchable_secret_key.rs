//! Keys that no image has.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::KeyMistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// No image can have a key of an image pull secret.
    ///
    /// ## Why is this wrong?
    /// A key is a host, with a port if images have one, and if need be the beginning of a path.
    /// `https://` and `http://` are taken off, and so are `/v1/` and `/v2/` with their slash at
    /// the end. A `*` stands for letters within one part of the host. Anything else is compared
    /// letter by letter, so `quay.io/*` is for a repository called `*`.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: quay  # error: "a `*` in the path is a letter like others"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"quay.io/*": {"username": "shop", "password": "an-example"}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: quay
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"quay.io": {"username": "shop", "password": "an-example"}}}'
    /// ```
    "unmatchable-secret-key" {
        severity: Error, since: "0.1.0", catalogue: ["S12"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, mistake) in context.held.wrong_keys() {
        if mistake.kind != KeyMistakeKind::Other {
            continue;
        }
        let message = format!(
            "{} serves no image: {}",
            entry_of(secret, entry),
            mistake.why
        );
        let diagnostic = RULE.at(secret.at, message);
        diagnostics.push(match &mistake.meant {
            Some(meant) => diagnostic.help(format!("write `{meant}`")),
            None => diagnostic.help(
                "write the registry's host as images name it, such as `registry.example.com`",
            ),
        });
    }
}
