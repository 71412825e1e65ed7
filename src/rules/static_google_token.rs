//! Access tokens of Google that nobody renews.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// An image pull secret holds an access token of Google's.
    ///
    /// ## Why is this wrong?
    /// The users `oauth2accesstoken`, `_token` and `_dcgcr_…_token` go with access tokens, which
    /// expire after an hour. From then on the secret is of no use. The environment
    /// controller gets such tokens itself with `configure_cred_helper(provider = "gcp")`; a
    /// secret that lasts has the key of a service account, with the user `_json_key`.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: google  # warning: "expires after an hour"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"us-docker.pkg.dev": {"username": "oauth2accesstoken", "password": "an-example"}}}'
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(provider = "gcp")
    /// ```
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"username": "shop", "password": "an-example"}}}'
    /// ```
    "static-google-token" {
        severity: Warning, since: "0.1.0", catalogue: ["S15"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context
        .held
        .has_job_about(&["gcr", "gcloud", "registry-creds"])
    {
        return;
    }
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::GoogleToken = flaw else {
            continue;
        };
        if secret.is_renewed {
            continue;
        }
        let message = format!(
            "{} is an access token of Google's, which expires after an hour",
            entry_of(secret, entry)
        );
        diagnostics.push(RULE.at(secret.at, message).help("let the controller ask for tokens, with `configure_cred_helper(provider = \"gcp\")`, or store the key of a service account, with the user `_json_key`"));
    }
}
