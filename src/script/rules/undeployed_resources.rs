//! Resources that never become a part of the environment.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// Resources are loaded or changed, and never deployed.
    ///
    /// ## Why is this wrong?
    /// Only what is given to `deploy` becomes a part of the environment: changes of
    /// other resources have no effect. One `deploy(resources)` is enough, before or
    /// after the changes.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()  # warning: "the resources are changed and never deployed"
    /// resources.deployments["web"].map_port(local = 8080, remote = 80)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// resources.deployments["web"].map_port(local = 8080, remote = 80)
    /// deploy(resources)
    /// ```
    "undeployed-resources" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

/// The resources that the call at `span` loaded are never deployed; they are
/// changed at `changed`, if at all.
pub(crate) fn diagnostic(span: Span, changed: Option<Span>) -> Diagnostic {
    match changed {
        Some(changed) => RULE
            .at(span, "the resources are changed and never deployed")
            .help("give them to `deploy` for the changes to take effect")
            .also(changed, "this change has no effect"),
        None => RULE
            .at(span, "the resources are never deployed")
            .help("give them to `deploy`, or remove them"),
    }
}
