//! Service accounts that the namespace does not have.

use super::Context;
use crate::diagnostic::{Diagnostic, Safety};
use crate::names::ServiceAccountName;
use crate::rule::declare_rule;
use crate::suggest::nearest;

declare_rule! {
    /// The service account that the controller runs as is not in the namespace.
    ///
    /// ## Why is this wrong?
    /// Kubernetes makes no pod for a service account that does not exist
    /// (`error looking up service account`), so the environment controller never starts.
    /// It is only said when the snapshot holds service accounts.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raft-controller  # error: "is not in the namespace"
    /// ```
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: raftt-controller
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
    /// ```
    /// ```raftt
    /// configure_cred_helper(provider = "gcp")
    /// ```
    "missing-service-account" {
        severity: Error, since: "0.1.0", fix: Unsafe, needs: Namespace, catalogue: ["K01"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(entry), Some(namespace)) = (context.service_account(), context.namespace) else {
        return;
    };
    let names: Vec<&str> = namespace
        .of_kind("ServiceAccount")
        .map(|it| it.name.as_str())
        .collect();
    let name = entry.value.value.as_str();
    let is_name = ServiceAccountName::parse(name).is_ok();
    if names.is_empty() || names.contains(&name) || !is_name {
        return;
    }
    let place = match &namespace.name {
        Some(namespace) => format!("the namespace `{namespace}`"),
        None => "the namespace".to_owned(),
    };
    let diagnostic = RULE.at(
        entry.value.span,
        format!("the service account `{name}` is not in {place}"),
    );
    diagnostics.push(match nearest(name, names.iter().copied()) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).fix(
            Safety::Unsafe,
            format!("write `{meant}`"),
            entry.value.span,
            meant,
        ),
        None => diagnostic.help(format!(
            "make it with `kubectl create serviceaccount {name}`; {place} has {}",
            listed(&names)
        )),
    });
}

/// A few of the names.
fn listed(names: &[&str]) -> String {
    const FEW: usize = 8;
    let shown: Vec<_> = names.iter().take(FEW).map(|it| format!("`{it}`")).collect();
    match names.len().saturating_sub(FEW) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
