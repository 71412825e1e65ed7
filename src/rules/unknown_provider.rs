//! Providers that do not exist.

use super::Context;
use crate::diagnostic::{Diagnostic, Safety};
use crate::names::Provider;
use crate::rule::declare_rule;
use crate::suggest::nearest;

declare_rule! {
    /// The provider is neither `ecr` nor `gcp`.
    ///
    /// ## Why is this wrong?
    /// The environment controller has two credential helpers: `ecr` for Amazon ECR, and `gcp`
    /// for Google Container Registry and Artifact Registry. Other registries are reached
    /// through image pull secrets.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(provider = "ECR", registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"])  # error: "unknown provider `ECR`"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(provider = "ecr", registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"])
    /// ```
    "unknown-provider" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["C01", "C02", "C03"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for call in context.script.calls_on_all_ways() {
        let Some(provider) = &call.provider else {
            continue;
        };
        let name = provider.value.as_str();
        if Provider::parse(name).is_some() {
            continue;
        }
        let message = if name.trim().is_empty() {
            "the provider is empty".to_owned()
        } else {
            format!("unknown provider `{name}`")
        };
        let diagnostic = RULE
            .at(provider.span, message)
            .decided_at(provider.origin)
            .trace(&call.trace);
        let folded = name.trim().to_lowercase();
        let literal = context.sources.inside(provider.span, name, 0..name.len());
        diagnostics.push(match guess(&folded) {
            Guess::Provider(meant) => {
                let meant = meant.name();
                let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                // Only the case is certain; other names are what people call it elsewhere.
                let safety = if folded == meant { Safety::Safe } else { Safety::Unsafe };
                match literal {
                    Some(at) => diagnostic.fix(safety, format!("write `{meant}`"), at, meant),
                    None => diagnostic,
                }
            }
            Guess::Secret(registry) => diagnostic.help(format!(
                "remove the call: there is no credential helper for {registry}; create an image pull \
                 secret in the namespace with `kubectl create secret docker-registry …`"
            )),
            Guess::None => diagnostic.help("write `ecr` or `gcp`, the providers that there are"),
        });
    }
}

/// What a name that is no provider probably stands for.
enum Guess {
    Provider(Provider),
    /// A registry that needs an image pull secret.
    Secret(&'static str),
    None,
}

fn guess(name: &str) -> Guess {
    match name {
        "aws"
        | "amazon"
        | "ecr-login"
        | "ecr_login"
        | "aws-ecr"
        | "aws_ecr"
        | "eks"
        | "amazon-ecr"
        | "docker-credential-ecr-login"
        | "irsa" => Guess::Provider(Provider::Ecr),
        "gcr"
        | "gar"
        | "google"
        | "gke"
        | "artifact-registry"
        | "artifactregistry"
        | "artifact_registry"
        | "gcloud"
        | "google-cloud"
        | "docker-credential-gcr"
        | "docker-credential-gcloud"
        | "pkg.dev"
        | "gcr.io" => Guess::Provider(Provider::Gcp),
        "acr" | "azure" | "azurecr" | "aks" => Guess::Secret("Azure"),
        "ghcr" | "github" | "ghcr.io" => Guess::Secret("GitHub"),
        "quay" | "quay.io" => Guess::Secret("Quay"),
        "docker" | "dockerhub" | "docker-hub" | "docker.io" | "hub" => Guess::Secret("Docker Hub"),
        "gitlab" => Guess::Secret("GitLab"),
        "harbor" | "artifactory" | "jfrog" | "nexus" => Guess::Secret("private registries"),
        _ => match nearest(name, Provider::ALL.iter().map(|it| it.name())) {
            Some(meant) => Provider::parse(meant).map_or(Guess::None, Guess::Provider),
            None if name.contains("ecr") => Guess::Provider(Provider::Ecr),
            // Two of three letters, in whatever order.
            None if matches!(name, "erc" | "cer" | "rce") => Guess::Provider(Provider::Ecr),
            None if matches!(name, "gpc" | "cgp" | "pgc") => Guess::Provider(Provider::Gcp),
            None => Guess::None,
        },
    }
}
