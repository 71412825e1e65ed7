//! Pull secrets that cannot be read.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::keychain::Fault;
use crate::rule::declare_rule;

declare_rule! {
    /// An image pull secret cannot be read.
    ///
    /// ## Why is this wrong?
    /// Its content is Docker's configuration, as JSON. The environment controller sets a secret
    /// that it cannot read aside and uses the others. The kubelet does not: for a pod that
    /// names such a secret, it uses none of the pod's secrets.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github  # error: "is not valid JSON, at line 1, column 69"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"username": "shop", "password": "an-example"}}'
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
    "invalid-pull-secret" {
        severity: Error, since: "0.1.0", catalogue: ["S27"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for broken in context.held.broken_secrets() {
        let name = &broken.name;
        let help = match &broken.fault {
            Fault::EncodedTwice { .. } | Fault::Auth { .. } => continue,
            Fault::Base64 { field } => format!(
                "`data` takes base64 of the standard alphabet; give the JSON itself under `stringData`, as `{field}`"
            ),
            Fault::ByteOrderMark => "save the file as UTF-8 without a byte-order mark".to_owned(),
            _ => "make it anew with `kubectl create secret docker-registry`".to_owned(),
        };
        let message = format!("the pull secret `{name}` cannot be read: {}", broken.fault);
        let diagnostic = RULE.at(broken.at, message).help(help);
        diagnostics.push(context.held.with_namers(diagnostic, name));
    }
}
