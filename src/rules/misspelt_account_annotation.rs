//! Annotations of service accounts that no cloud reads.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

declare_rule! {
    /// An annotation of the service account is misspelt.
    ///
    /// ## Why is this wrong?
    /// Amazon and Google each read one annotation to tell which role or account a
    /// service account stands for. Any other name is ignored, and the controller gets
    /// the permissions of the node, or none.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller  # error: "nothing reads the annotation"
    /// ```
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: raftt-controller
    ///   annotations:
    ///     eks.amazonaws.com/rolearn: arn:aws:iam::123456789012:role/raftt
    /// ```
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: raftt-controller
    ///   annotations:
    ///     eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/raftt
    /// ```
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    "misspelt-account-annotation" {
        severity: Error, since: "0.1.0", needs: Namespace, catalogue: ["K03"],
    }
}

/// The annotations that Amazon's and Google's identities read. Sources: the READMEs of
/// amazon-eks-pod-identity-webhook and of GKE's workload identity.
const KNOWN: &[&str] = &[
    "eks.amazonaws.com/role-arn",
    "eks.amazonaws.com/audience",
    "eks.amazonaws.com/sts-regional-endpoints",
    "eks.amazonaws.com/token-expiration",
    "eks.amazonaws.com/ecr-role-arn",
    "iam.gke.io/gcp-service-account",
    "iam.gke.io/return-principal-id-as-email",
    "iam.gke.io/enable-wi-image-pull",
];

/// The words by which an annotation is one of a cloud.
const CLOUDS: &[&str] = &["eks.amazon", "amazonaws.com/", "iam.gke", "gke.io/"];

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some((entry, annotations)) = context.annotations() else {
        return;
    };
    for (key, _) in annotations {
        let name = key.name.as_str();
        let is_of_cloud = CLOUDS.iter().any(|it| name.contains(it));
        if KNOWN.contains(&name) || !is_of_cloud {
            continue;
        }
        // Only what is close to the one that counts is certainly meant to be it.
        let meant = match (
            name.contains("role"),
            name.contains("gke") || name.contains("gcp"),
        ) {
            (true, _) => "eks.amazonaws.com/role-arn",
            (_, true) => "iam.gke.io/gcp-service-account",
            _ => continue,
        };
        let account = &entry.value.value;
        let message = format!("nothing reads the annotation `{name}` of `{account}`");
        diagnostics.push(
            RULE.at(entry.value.span, message)
                .help(format!("name it `{meant}`"))
                .also(key.at, "it is set here"),
        );
    }
}
