//! Two volumes at one path of a container.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::{Located, Span};

declare_rule! {
    /// Two volumes are mounted at the same path of a container.
    ///
    /// ## Why is this wrong?
    /// A path of a container shows one volume. Kubernetes refuses a pod with two
    /// mounts at one path (`mountPath: must be unique`), so the workload does not
    /// start in dev mode.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// web = resources.deployments["web"]
    /// web.mount(repo_volume(), dst = "/app")
    /// web.mount(volume("cache"), dst = "/app")  # error: "two volumes are mounted at `/app`"
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// web = resources.deployments["web"]
    /// web.mount(repo_volume(), dst = "/app")
    /// web.mount(volume("cache"), dst = "/app/cache")
    /// deploy(resources)
    /// ```
    "duplicate-mount" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// A mount at `path`, where one is at `earlier` already.
pub(crate) fn diagnostic(path: &Located<String>, earlier: Span) -> Diagnostic {
    RULE.at(
        path.span,
        format!("two volumes are mounted at `{}`", path.value),
    )
    .help("mount one of them at another path; a path within the other volume works, too")
    .also(earlier, "the first is mounted here")
    .decided_at(path.origin)
}
