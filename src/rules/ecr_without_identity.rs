//! `ecr` where no AWS identity can be.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::plan::Provider;
use crate::rule::declare_rule;

declare_rule! {
    /// `ecr` is left to the identity of the nodes on what looks like minikube.
    ///
    /// ## Why is this wrong?
    /// Without `workloadIdentityServiceAccount`, the environment controller asks ECR as the
    /// node it runs on. That is one of the two documented ways, and right if the nodes'
    /// IAM role may read the repositories and pods reach the nodes' metadata server: a
    /// hop limit of 2 or more, which EKS Auto Mode does not have. By itself it is
    /// therefore nothing to report; the plan states it under `requirements`.
    ///
    /// `searchLocalDockerRegistry` however is for images built in minikube, whose nodes are
    /// no EC2 instances and have no role. With both, one of the two has no effect.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",  # advice: "minikube's nodes have none"
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   searchLocalDockerRegistry: true
    /// ```
    /// ## Use instead
    /// On EKS, where the nodes have the access:
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// ```
    "ecr-without-identity" {
        severity: Advice, since: "0.1.0", catalogue: ["Y15"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // What is wrong with the value itself comes first.
    let Some(search) = context.local_search().filter(|it| !it.is_mended) else {
        return;
    };
    let Some(call) = context.first_call(Provider::Ecr) else {
        return;
    };
    // With `gcp` too, `local-search-for-google` says that the service account is missing.
    if !context.has_no_service_account() || context.first_call(Provider::Gcp).is_some() {
        return;
    }
    let span = call.provider.as_ref().map_or(call.span, |it| it.span);
    diagnostics.push(
        RULE.at(
            span,
            "`ecr` relies on the IAM role of the nodes, and minikube's nodes have none",
        )
        .help(
            "on minikube, use an image pull secret for ECR; on EKS, remove \
             `searchLocalDockerRegistry`, which finds nothing there",
        )
        .also(search.key, "this is for images built in minikube")
        .trace(&call.trace),
    );
}
