//! Pull secrets that are not there.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::with_others;
use crate::rule::declare_rule;
use crate::suggest::nearest;

declare_rule! {
    /// A pod names an image pull secret that the namespace does not have.
    ///
    /// ## Why is this wrong?
    /// The kubelet warns (`FailedToRetrieveImagePullSecret`) and pulls without it. For an image
    /// that needs it that ends in a 401. It is only said when the snapshot holds secrets, and
    /// when the script deploys no secret of this name and nothing that is unknown.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: hub
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"https://index.docker.io/v1/": {"username": "shop", "password": "an-example"}}}'
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   imagePullSecrets:
    ///   - name: hubb  # warning: "is not in the namespace"
    ///   containers:
    ///   - name: web
    ///     image: ghcr.io/example/web:1
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: hub
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"https://index.docker.io/v1/": {"username": "shop", "password": "an-example"}}}'
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   imagePullSecrets:
    ///   - name: hub
    ///   containers:
    ///   - name: web
    ///     image: ghcr.io/example/web:1
    /// ```
    "missing-pull-secret" {
        severity: Warning, since: "0.1.0", catalogue: ["S24"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for named in context.held.missing_secrets() {
        let name = &named.secret;
        let (Some(namespace), Some(first)) = (context.namespace, named.by.first()) else {
            continue;
        };
        if namespace
            .secrets_elsewhere
            .iter()
            .any(|it| it.name == *name)
        {
            continue;
        }
        let message = format!(
            "the pull secret `{name}`, which {} names, is not in the namespace",
            first.value
        );
        let known = namespace.secrets.iter().map(|it| it.name.as_str());
        let help = match nearest(name, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("make it with `kubectl create secret docker-registry {name}`"),
        };
        let diagnostic = RULE.at(first.span, message).help(help);
        diagnostics.push(with_others(diagnostic, named));
    }
}
