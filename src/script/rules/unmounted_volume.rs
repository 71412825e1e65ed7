//! Volumes that nothing uses.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A volume is made and never mounted.
    ///
    /// ## Why is this wrong?
    /// It has no effect: a volume exists where it is mounted. Usually a `mount` was
    /// forgotten.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// modules = volume("node-modules")  # warning: "the volume is never mounted"
    /// resources.deployments["web"].mount(repo_volume(), dst = "/app")
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// modules = volume("node-modules")
    /// resources.deployments["web"].mount(repo_volume(), dst = "/app")
    /// resources.deployments["web"].mount(modules, dst = "/app/node_modules")
    /// deploy(resources)
    /// ```
    "unmounted-volume" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

/// The volume that the call at `span` made is never mounted.
pub(crate) fn diagnostic(span: Span) -> Diagnostic {
    RULE.at(span, "the volume is never mounted")
        .help("mount it with `workload.mount(volume, dst = \"/path\")`, or remove it")
}
