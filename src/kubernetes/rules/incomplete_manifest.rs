//! Objects that do not say what they are.

use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::kubernetes::{Data, Key, Value};
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// An object in a manifest lacks a field that it has to have, such as `apiVersion`.
    ///
    /// ## Why is this wrong?
    /// A cluster refuses an object that does not say what it is, and what it is called.
    /// A deployment says by its `selector` which pods are its own, and every container
    /// has a name.
    /// Where a file is read only because its folder or a pattern is named, and may be for
    /// something else, that is a warning.
    ///
    /// ## Example
    /// ```yaml web.yaml
    /// kind: Pod  # error: "this object has no `apiVersion`"
    /// metadata:  # error: "this pod has no `metadata.name`"
    ///   labels:
    ///     app: web
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    /// ## Use instead
    /// ```yaml web.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   labels:
    ///     app: web
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    "incomplete-manifest" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

/// The object at `at` lacks the fields `missing`. It is certainly meant to be one if it `is_meant`.
pub(in crate::kubernetes) fn without_type(
    missing: &[&str],
    usual: Option<&str>,
    at: Span,
    is_meant: bool,
) -> Diagnostic {
    let fields: Vec<_> = missing.iter().map(|it| format!("`{it}`")).collect();
    let message = format!("this object has no {}", fields.join(" and no "));
    let diagnostic = severity(RULE.at(at, message), is_meant);
    match usual {
        Some(api_version) => diagnostic.help(format!("write `apiVersion: {api_version}`")),
        None if is_meant => diagnostic.help("is this the right file?"),
        None => diagnostic
            .help("if this file is for something else, name the manifests instead of their folder"),
    }
}

/// The object of a kind, in words, has no name.
pub(in crate::kubernetes) fn without_name(kind: &str, at: Span, is_meant: bool) -> Diagnostic {
    let message = format!("this {kind} has no `metadata.name`");
    severity(RULE.at(at, message), is_meant).help("write `name: …` under `metadata`")
}

/// A list with these `entries` has no items.
pub(in crate::kubernetes) fn without_items(
    entries: &[(Key, Value)],
    at: Span,
    is_meant: bool,
) -> Diagnostic {
    let list = entries.iter().find(|(key, value)| {
        matches!(value.data, Data::List(_)) && nearest(&key.name, ["items"]).is_some()
    });
    let (at, help) = match list {
        Some((key, _)) => (key.at, "did you mean `items`?"),
        None => (at, "write the objects under `items`"),
    };
    let diagnostic = severity(RULE.at(at, "this list has no `items`"), is_meant).help(help);
    match list {
        Some(_) => diagnostic.fix(Safety::Unsafe, "rename to `items`", at, "items"),
        None => diagnostic,
    }
}

/// The container whose first key is at `at` has no name.
pub(in crate::kubernetes) fn container_without_name(at: Span, is_meant: bool) -> Diagnostic {
    severity(RULE.at(at, "this container has no `name`"), is_meant).help("write `name: …`")
}

/// The controller `what`, in words, does not say which pods are its own. `labels` are
/// those of its pods.
pub(in crate::kubernetes) fn without_selector(
    what: &str,
    labels: Option<&str>,
    at: Span,
    is_meant: bool,
) -> Diagnostic {
    let message = format!("this {what} has no `selector`");
    let labels = labels.unwrap_or("{…}");
    severity(RULE.at(at, message), is_meant).help(format!(
        "write `selector: {{matchLabels: {labels}}}`, with the labels of its pods"
    ))
}

/// The pods of a job, whose spec begins at `at`, do not say whether they begin again.
pub(in crate::kubernetes) fn job_without_policy(at: Span, is_meant: bool) -> Diagnostic {
    let message = "the pods of this job have no `restartPolicy`";
    severity(RULE.at(at, message), is_meant).help(
        "write `restartPolicy: Never`, or `OnFailure`: what is usual, `Always`, is not for jobs",
    )
}

fn severity(diagnostic: Diagnostic, is_meant: bool) -> Diagnostic {
    match is_meant {
        true => diagnostic,
        false => diagnostic.severity(Severity::Warning),
    }
}
