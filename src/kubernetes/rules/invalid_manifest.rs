//! Manifests that are neither YAML nor JSON.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;
use crate::yaml::Problem;

declare_rule! {
    /// A manifest is neither YAML nor JSON, or holds something else than objects.
    ///
    /// ## Why is this wrong?
    /// A file that cannot be read is not applied. Most often an indentation is not
    /// that of the lines around it, a `:` or the space behind it is missing, or the
    /// file is a template of a chart, which only `helm` can render.
    ///
    /// ## Example
    /// ```yaml web.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   # error: "a space is missing behind `name:`"
    ///   name:web
    ///   labels: {app: web}
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
    ///   labels: {app: web}
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    "invalid-manifest" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// What the parser found.
pub(in crate::kubernetes) fn diagnostic(problem: &Problem) -> Diagnostic {
    let mut diagnostic = RULE.at(problem.span, &problem.message);
    diagnostic.help.clone_from(&problem.help);
    diagnostic.fix.clone_from(&problem.fix);
    diagnostic
}

/// The file is a template; it stops being YAML at `at`.
pub(in crate::kubernetes) fn template(at: Span) -> Diagnostic {
    RULE.at(at, "this is a template of a chart, and no YAML yet")
        .help("load the chart with `helm_local_chart(release_name, chart_path)`")
}

/// The aliases of the file stand for more than is followed.
pub(in crate::kubernetes) fn too_many_aliases(at: Span) -> Diagnostic {
    RULE.at(
        at,
        "the aliases (`*name`) of this file stand for too much to follow",
    )
    .help("write the values where they are needed")
}

/// A document, or an item of a list, is no mapping.
pub(in crate::kubernetes) fn no_object(at: Span) -> Diagnostic {
    RULE.at(
        at,
        "this is no Kubernetes object, which has `apiVersion` and `kind`",
    )
    .help("is this the right file?")
}

/// A secret, whose first line is at `at`, is no YAML. Its lines are not shown.
pub(in crate::kubernetes) fn broken_secret(at: Span) -> Diagnostic {
    RULE.at(at, "this secret is no YAML")
        .help("look for quotes and brackets that are not closed; its lines are not shown here")
}
