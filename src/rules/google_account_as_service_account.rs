//! Google's service accounts in the place of Kubernetes' ones.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::ServiceAccountText;
use crate::rule::declare_rule;

declare_rule! {
    /// A Google service account is named where a Kubernetes one is needed.
    ///
    /// ## Why is this wrong?
    /// Both are called service accounts. The controller runs as the Kubernetes one, whose
    /// annotation `iam.gke.io/gcp-service-account` names the Google one that it stands for.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: reader@example.iam.gserviceaccount.com  # error: "is a Google service account"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "google-account-as-service-account" {
        severity: Error, since: "0.1.0", catalogue: ["Y11"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(entry) = context.service_account() else {
        return;
    };
    let email = entry.value.value.trim();
    if ServiceAccountText::of(email) != ServiceAccountText::Email {
        return;
    }
    let is_google = email.ends_with(".gserviceaccount.com");
    let what = if is_google {
        "a Google service account"
    } else {
        "an e-mail address"
    };
    let message = format!("`{email}` is {what}, not a Kubernetes service account");
    diagnostics.push(RULE.at(entry.value.span, message).help(format!(
        "write the name of the Kubernetes service account with the annotation \
         `iam.gke.io/gcp-service-account: {email}`"
    )));
}
