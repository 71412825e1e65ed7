//! Kustomizations among manifests.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A kustomization lies among manifests, and is not followed.
    ///
    /// ## Why is this wrong?
    /// The files beside it are read as they are, without the patches, prefixes and
    /// images that the kustomization sets. What it would change is checked and planned
    /// as if it did not.
    ///
    /// ## Example
    /// ```yaml k8s/kustomization.yaml
    /// resources: [web.yaml]  # advice: "`k8s/kustomization.yaml` is not followed"
    /// ```
    /// ```yaml k8s/web.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: nginx}]}
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("k8s"))
    /// ```
    /// ## Use instead
    /// ```yaml k8s/web.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: nginx}]}
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("k8s"))
    /// ```
    "skipped-kustomization" {
        severity: Advice, since: "0.1.0", catalogue: [],
    }
}

/// The kustomization `path`, whose first line is at `at`.
pub(in crate::kubernetes) fn diagnostic(path: &str, at: Span) -> Diagnostic {
    of(&format!("`{path}`"), at)
}

/// An object of a `kind` of kustomize's own.
pub(in crate::kubernetes) fn component(kind: &str, at: Span) -> Diagnostic {
    of(&format!("this `{kind}`"), at)
}

fn of(what: &str, at: Span) -> Diagnostic {
    let message = format!("{what} is not followed: the files beside it are read as they are");
    RULE.at(at, message)
        .help("load what `kubectl kustomize` prints, if its changes matter")
}
