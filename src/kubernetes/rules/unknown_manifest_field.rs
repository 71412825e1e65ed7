//! Fields that an object of a manifest does not have.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A manifest sets a field that the Kubernetes API does not know.
    ///
    /// ## Why is this wrong?
    /// The API server drops it: with `livenesProbe` there is no probe, and nothing but
    /// a warning says so. Manifests write the API's own names (`livenessProbe`);
    /// scripts write them with underscores (`liveness_probe`). What is not Kubernetes'
    /// own, such as custom resources, may have any field.
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
    ///     working_dir: /app  # warning: "a container has no field `working_dir`"
    ///     livenesProbe: {}  # warning: "a container has no field `livenesProbe`"
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
    ///     workingDir: /app
    ///     livenessProbe: {}
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    "unknown-manifest-field" {
        severity: Warning, since: "0.1.0", fix: Unsafe, catalogue: ["S25"],
    }
}

/// What was probably meant by a field that is not known.
pub(in crate::kubernetes) enum Meant {
    /// The field with another spelling.
    Spelling(&'static str),
    /// A field that is set as well.
    Twin(&'static str),
    /// The field of the same name of something deeper, at this path.
    Deeper(String),
    /// A field of something around it, at this path.
    Outer(String),
    /// Nothing that could be told.
    Unknown,
}

/// `owner`, in words with their verb, has no `field`, which is written at `at`.
pub(in crate::kubernetes) fn diagnostic(
    owner: &str,
    field: &str,
    meant: &Meant,
    at: Span,
) -> Diagnostic {
    let diagnostic = RULE.at(at, format!("{owner} no field `{field}`"));
    match meant {
        Meant::Spelling(name) => diagnostic.help(format!("did you mean `{name}`?")).fix(
            Safety::Unsafe,
            format!("rename to `{name}`"),
            at,
            *name,
        ),
        Meant::Twin(name) => diagnostic.help(format!("remove it: `{name}` is set, too")),
        Meant::Deeper(path) => diagnostic.help(format!("it belongs under `{path}`")),
        Meant::Outer(path) => diagnostic.help(format!("it belongs further out, under `{path}`")),
        Meant::Unknown => diagnostic.help("the API server drops fields that it does not know"),
    }
}

/// An ingress names its service in the way of older versions, with `field` at `at`.
/// Today it is `right`, which may replace what is at `all`.
pub(in crate::kubernetes) fn old_backend(
    field: &str,
    right: &str,
    at: Span,
    all: Option<Span>,
) -> Diagnostic {
    let message = format!("an ingress backend has no field `{field}` any more");
    let diagnostic = RULE.at(at, message).help(format!("write `{right}`"));
    match all {
        Some(all) => diagnostic.fix(Safety::Unsafe, format!("write `{right}`"), all, right),
        None => diagnostic,
    }
}
