//! `searchLocalDockerRegistry` in a cloud.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

declare_rule! {
    /// `searchLocalDockerRegistry` is set for a cluster that is not minikube.
    ///
    /// ## Why is this wrong?
    /// It has the environment controller look for images in the node's own image store,
    /// where `eval $(minikube docker-env)` builds them. A service account with a cloud
    /// identity, beside it, says that the cluster is one of EKS or GKE. Nobody builds
    /// images on the nodes there, so nothing is found and the setting only misleads.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    ///   searchLocalDockerRegistry: true  # advice: "minikube"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "needless-local-search" {
        severity: Advice, since: "0.1.0", catalogue: ["Y20"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // What is wrong with the value itself comes first.
    let Some(search) = context.local_search().filter(|it| !it.is_mended) else {
        return;
    };
    let Some(service_account) = context.service_account() else {
        return;
    };
    diagnostics.push(
        RULE.at(
            search.key,
            "`searchLocalDockerRegistry` finds images that are built in minikube, and this is an \
             environment in a cloud",
        )
        .help("remove it")
        .also(
            service_account.value.span,
            "the service account stands for a cloud identity",
        ),
    );
}
