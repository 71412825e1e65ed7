//! Service accounts that are set up for the other cloud.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::Provider;
use crate::rule::declare_rule;

declare_rule! {
    /// The service account is annotated for one cloud, and the credentials of the other are asked for.
    ///
    /// ## Why is this wrong?
    /// The helper for `ecr` needs an IAM role of Amazon, the one for `gcp` a Google
    /// service account. With the annotation of the other cloud the controller has no
    /// identity there, and gets no token.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller  # error: "is annotated for Amazon"
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
    /// configure_cred_helper(provider = "gcp")
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
    ///     iam.gke.io/gcp-service-account: raftt@my-project.iam.gserviceaccount.com
    /// ```
    /// ```raftt
    /// configure_cred_helper(provider = "gcp")
    /// ```
    "account-of-other-cloud" {
        severity: Error, since: "0.1.0", needs: Namespace, catalogue: ["K09"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some((entry, annotations)) = context.annotations() else {
        return;
    };
    let find = |name: &str| annotations.iter().find(|(key, _)| key.name == name);
    let (amazon, google) = (
        find("eks.amazonaws.com/role-arn"),
        find("iam.gke.io/gcp-service-account"),
    );
    let asks = |provider| context.first_call(provider).is_some();
    let (wrong, of, needs) = match (asks(Provider::Ecr), asks(Provider::Gcp), amazon, google) {
        (false, true, Some(wrong), None) => (wrong, "Amazon", "`gcp` asks Google"),
        (true, false, None, Some(wrong)) => (wrong, "Google", "`ecr` asks Amazon"),
        _ => return,
    };
    let annotation = match of {
        "Amazon" => "iam.gke.io/gcp-service-account",
        _ => "eks.amazonaws.com/role-arn",
    };
    let account = &entry.value.value;
    diagnostics.push(
        RULE.at(
            entry.value.span,
            format!("`{account}` is annotated for {of}, and {needs}"),
        )
        .help(format!(
            "use a service account with `{annotation}`, or the other provider"
        ))
        .also(wrong.0.at, "the annotation"),
    );
}
