//! IAM roles in the place of service accounts.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::ServiceAccountText;
use crate::rule::declare_rule;

declare_rule! {
    /// The ARN of an IAM role stands where the name of a service account is needed.
    ///
    /// ## Why is this wrong?
    /// The controller runs as a Kubernetes service account, and that account is linked
    /// to the IAM role: by its annotation `eks.amazonaws.com/role-arn`, or by an EKS Pod
    /// Identity association. The role itself cannot run anything.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: arn:aws:iam::123456789012:role/ecr-reader  # error: "is the ARN of an IAM role"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "role-as-service-account" {
        severity: Error, since: "0.1.0", catalogue: ["Y10"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(entry) = context.service_account() else {
        return;
    };
    let arn = entry.value.value.trim();
    if ServiceAccountText::of(arn) != ServiceAccountText::Arn {
        return;
    }
    let what = match arn.split(':').nth(5) {
        Some(resource) if resource.starts_with("role/") => "is the ARN of an IAM role",
        Some(resource) if resource.starts_with("user/") => "is the ARN of an IAM user",
        _ => "is an ARN",
    };
    let message = format!("`{arn}` {what}, not the name of a Kubernetes service account");
    diagnostics.push(RULE.at(entry.value.span, message).help(format!(
        "write the name of the service account that is linked to it, by the annotation \
         `eks.amazonaws.com/role-arn: {arn}`"
    )));
}
