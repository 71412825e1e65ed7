//! Pull secrets whose data is base64 of base64.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::keychain::Fault;
use crate::rule::declare_rule;

declare_rule! {
    /// The data of an image pull secret is encoded once too often.
    ///
    /// ## Why is this wrong?
    /// The values of `data` are base64, and those of `stringData` are not. Tools that encode on
    /// their own, as Terraform and External Secrets do, are often given base64 already. The
    /// kubelet then finds base64 where it expects JSON (`invalid character 'e' looking for
    /// beginning of value`) and pulls nothing for the pods that name the secret.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github  # error: "is encoded once too often"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: 'eyJhdXRocyI6IHsiZ2hjci5pbyI6IHsidXNlcm5hbWUiOiAic2hvcCIsICJwYXNzd29yZCI6ICJhbi1leGFtcGxlIn19fQ=='
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
    "doubly-encoded-secret" {
        severity: Error, since: "0.1.0", catalogue: ["S04"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for broken in context.held.broken_secrets() {
        let Fault::EncodedTwice { field, is_plain } = &broken.fault else {
            continue;
        };
        let help = match is_plain {
            true => format!(
                "`stringData` takes the JSON itself; base64 goes under `data`, as `{field}`"
            ),
            false => format!(
                "encode the JSON once, or give it as it is under `stringData`, as `{field}`"
            ),
        };
        let message = format!(
            "the pull secret `{}` is encoded once too often",
            broken.name
        );
        diagnostics.push(RULE.at(broken.at, message).help(help));
    }
}
