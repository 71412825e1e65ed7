//! Parts of a manifest that do not fit together.

use crate::diagnostic::{Diagnostic, Severity};
use crate::kubernetes::Value;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// Two parts of an object in a manifest do not fit together.
    ///
    /// ## Why is this wrong?
    /// A cluster refuses a deployment whose `selector` does not find its own pods, a pod
    /// with two containers of one name, and a container that mounts a volume which its
    /// pod does not have. A script may add volumes, so that is a warning.
    ///
    /// ## Example
    /// ```yaml web.yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector:
    ///     matchLabels:
    ///       app: web  # error: "the selector wants `app: web`, and the pods have `wep`"
    ///   template:
    ///     metadata:
    ///       labels: {app: wep}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: nginx
    ///         volumeMounts:
    ///         - mountPath: /data
    ///           name: date  # warning: "the pod has no volume `date`"
    ///       - name: web  # error: "another container has the name `web`"
    ///         image: envoyproxy/envoy:v1.31.0
    ///       volumes:
    ///       - name: data
    ///         emptyDir: {}
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    /// ## Use instead
    /// ```yaml web.yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector:
    ///     matchLabels:
    ///       app: web
    ///   template:
    ///     metadata:
    ///       labels: {app: web}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: nginx
    ///         volumeMounts:
    ///         - mountPath: /data
    ///           name: data
    ///       - name: proxy
    ///         image: envoyproxy/envoy:v1.31.0
    ///       volumes:
    ///       - name: data
    ///         emptyDir: {}
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    "inconsistent-manifest" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The containers at `at` and `first` have the same `name`.
pub(in crate::kubernetes) fn same_name(
    name: &str,
    at: Span,
    first: Span,
    is_meant: bool,
) -> Diagnostic {
    let message = format!("another container has the name `{name}`");
    severity(RULE.at(at, message), is_meant)
        .help("give each container of a pod a name of its own")
        .also(first, "the other one")
}

/// A container mounts a volume that its pod does not have; `meant` is like it.
pub(in crate::kubernetes) fn no_volume(name: &str, meant: Option<&str>, at: Span) -> Diagnostic {
    let diagnostic = RULE
        .at(at, format!("the pod has no volume `{name}`"))
        .severity(Severity::Warning);
    match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help(format!("declare it under `volumes`, with `name: {name}`")),
    }
}

/// The selector wants a label at `at`, in words, that the pods do not have. `given` is
/// the label that they have.
pub(in crate::kubernetes) fn selector(
    wanted: &str,
    at: Span,
    given: Option<&Value>,
    is_meant: bool,
) -> Diagnostic {
    let given = given.and_then(|it| Some((it.text()?, it.at)));
    let diagnostic = match given {
        Some((text, label)) => {
            let message = format!("the selector wants `{wanted}`, and the pods have `{text}`");
            RULE.at(at, message).also(label, "the label of the pods")
        }
        None => RULE.at(
            at,
            format!("the selector wants `{wanted}`, which the pods lack"),
        ),
    };
    severity(diagnostic, is_meant)
        .help("write the same under `selector.matchLabels` and `template.metadata.labels`")
}

fn severity(diagnostic: Diagnostic, is_meant: bool) -> Diagnostic {
    match is_meant {
        true => diagnostic,
        false => diagnostic.severity(Severity::Warning),
    }
}
