//! Google service accounts that are none.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

declare_rule! {
    /// The Google service account of the service account is no address of one.
    ///
    /// ## Why is this wrong?
    /// The annotation `iam.gke.io/gcp-service-account` holds the address of a Google
    /// service account, `NAME@PROJECT.iam.gserviceaccount.com`. Anything else stands for no
    /// account, and the controller gets no token.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller  # error: "is no address of a Google service account"
    /// ```
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: raftt-controller
    ///   annotations:
    ///     iam.gke.io/gcp-service-account: raftt
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
    "invalid-google-account" {
        severity: Error, since: "0.1.0", needs: Namespace, catalogue: ["K10"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some((entry, annotations)) = context.annotations() else {
        return;
    };
    let mut annotations = annotations.iter();
    let account = annotations.find(|(key, _)| key.name == "iam.gke.io/gcp-service-account");
    let Some((_, value)) = account else { return };
    let text = value.text().unwrap_or_default();
    // Charts leave it empty for other clouds, which counts as not set.
    if text.is_empty() {
        return;
    }
    if is_address(text) {
        return;
    }
    let name = &entry.value.value;
    diagnostics.push(
        RULE.at(
            entry.value.span,
            format!("`{text}`, set for `{name}`, is no address of a Google service account"),
        )
        .help("write `NAME@PROJECT.iam.gserviceaccount.com`")
        .also(value.at, "it is set here"),
    );
}

/// Whether `text` has the form of such an address. Those that Google makes itself end
/// in other names of the same domain.
fn is_address(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let rest = domain.strip_suffix(".gserviceaccount.com");
    !name.is_empty() && rest.is_some_and(|it| !it.is_empty())
}
