//! Objects that do not say what they are.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// An object in a manifest has no `apiVersion`, `kind` or `metadata.name`.
    ///
    /// ## Why is this wrong?
    /// A cluster refuses an object that does not say what it is, and what it is called.
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
        severity: Error, since: "0.1.0", catalogue: [],
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

/// The object of a kind has no name.
pub(in crate::kubernetes) fn without_name(kind: &str, at: Span, is_meant: bool) -> Diagnostic {
    let kind = kind.to_lowercase();
    let message = format!("this {kind} has no `metadata.name`");
    severity(RULE.at(at, message), is_meant).help("write `name: …` under `metadata`")
}

fn severity(diagnostic: Diagnostic, is_meant: bool) -> Diagnostic {
    match is_meant {
        true => diagnostic,
        false => diagnostic.severity(Severity::Warning),
    }
}
