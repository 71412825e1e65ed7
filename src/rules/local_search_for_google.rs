//! `searchLocalDockerRegistry` where a service account is meant.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::plan::Provider;
use crate::rule::declare_rule;

declare_rule! {
    /// `gcp` is enabled with `searchLocalDockerRegistry` in place of a service account.
    ///
    /// ## Why is this wrong?
    /// Raftt's page on image registries shows `searchLocalDockerRegistry: true` among the
    /// steps for Workload Identity on Google Cloud. Its own text says what is meant: the
    /// environment controller uses a Kubernetes service account that is linked to a
    /// Google one, and the key for that is `workloadIdentityServiceAccount`. The key shown
    /// has the controller look for images in the node's own image store, which helps
    /// with images built in minikube and gives nobody an identity. With it alone, the
    /// helper falls back to the Google service account of the nodes.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(provider = "gcp")
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   searchLocalDockerRegistry: true  # warning: "gives `gcp` no identity"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(provider = "gcp")
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "local-search-for-google" {
        severity: Warning, since: "0.1.0", catalogue: ["Y14"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(search) = context.local_search() else {
        return;
    };
    let Some(call) = context.first_call(Provider::Gcp) else {
        return;
    };
    if !context.has_no_service_account() {
        return;
    }
    diagnostics.push(
        RULE.at(
            search.key,
            "`searchLocalDockerRegistry` gives `gcp` no identity; it is for images built in minikube",
        )
        .help(
            "set `workloadIdentityServiceAccount` in its place, to the Kubernetes service account \
             that is linked to the Google one",
        )
        .also(call.span, "`gcp` is enabled here"),
    );
}
