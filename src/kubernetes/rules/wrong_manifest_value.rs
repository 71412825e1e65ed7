//! Values that a field of a manifest does not take.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A field of a manifest has a value of another type than it takes.
    ///
    /// ## Why is this wrong?
    /// A cluster refuses the object. `command` is a list of words and not one line; the
    /// value of a variable is a string, so `true`, `yes` and `8080` need quotes; and an
    /// amount of memory has no `B` (`256Mi`).
    ///
    /// ## Example
    /// ```yaml web.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: nginx
    ///     command: sleep  # error: "`command` takes a list of strings, not a string"
    ///     env:
    ///     - name: PORT
    ///       value: 8080  # error: "`value` takes a string, not a number"
    ///     resources:
    ///       limits:
    ///         memory: 256MB  # error: "`256MB` is no amount"
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
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: nginx
    ///     command: [sleep]
    ///     env:
    ///     - name: PORT
    ///       value: "8080"
    ///     resources:
    ///       limits:
    ///         memory: 256Mi
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    "wrong-manifest-value" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

/// `field`, in words, takes `wanted` and not `given`, which is at `at`.
pub(in crate::kubernetes) fn diagnostic(
    field: &str,
    (wanted, given): (&str, &str),
    at: Span,
) -> Diagnostic {
    RULE.at(at, format!("{field} takes {wanted}, not {given}"))
}

/// `text` at `at` is no amount. `meant` probably is.
pub(in crate::kubernetes) fn no_amount(text: &str, meant: Option<&str>, at: Span) -> Diagnostic {
    let diagnostic = RULE.at(at, format!("`{text}` is no amount"));
    match meant {
        Some(meant) => diagnostic.help(format!("write `{meant}`")).fix(
            Safety::Unsafe,
            format!("write `{meant}`"),
            at,
            meant,
        ),
        None => diagnostic.help("write a number with a unit: `500m`, `2`, `256Mi`, `1Gi`"),
    }
}
