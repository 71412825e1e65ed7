//! Kinds that their API does not have.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A manifest names a kind that its `apiVersion` does not have.
    ///
    /// ## Why is this wrong?
    /// A cluster refuses the object. Kinds are written with capitals, and each belongs
    /// to a group: deployments to `apps/v1`, jobs to `batch/v1`. Kinds that are not
    /// Kubernetes' own are never judged.
    ///
    /// ## Example
    /// ```yaml web.yaml
    /// apiVersion: v1
    /// kind: Deployment  # error: "`Deployment` belongs to `apps/v1`, not to `v1`"
    /// metadata:
    ///   name: web
    /// ---
    /// apiVersion: batch/v1
    /// kind: Cronjob  # error: "`batch/v1` has no kind `Cronjob`"
    /// metadata:
    ///   name: report
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    /// ## Use instead
    /// ```yaml web.yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    /// ---
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata:
    ///   name: report
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    "unknown-kind" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// `kind` at `at` is one of `right`, and not of `wrong`, which is written at `group`.
pub(in crate::kubernetes) fn elsewhere(
    kind: &str,
    (wrong, group): (&str, Span),
    right: &str,
    at: Span,
) -> Diagnostic {
    RULE.at(
        at,
        format!("`{kind}` belongs to `{right}`, not to `{wrong}`"),
    )
    .help(format!("write `apiVersion: {right}`"))
    .also(group, "the group is chosen here")
    .fix(Safety::Safe, format!("write `{right}`"), group, right)
}

/// `api_version` has no `kind`, but `meant`.
pub(in crate::kubernetes) fn misspelt(
    api_version: &str,
    kind: &str,
    meant: &str,
    at: Span,
) -> Diagnostic {
    RULE.at(at, format!("`{api_version}` has no kind `{kind}`"))
        .help(format!("did you mean `{meant}`?"))
        .fix(Safety::Safe, format!("write `{meant}`"), at, meant)
}
