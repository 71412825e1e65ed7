//! Ports that cannot be mapped.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A port cannot be mapped.
    ///
    /// ## Why is this wrong?
    /// Ports are numbers from 1 to 65535. On the developer's machine a port leads
    /// to one container: of two mappings of one local port, one fails.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// resources.deployments["web"].map_port(local = 80800, remote = 80)  # error: "80800 is no port"
    /// resources.deployments["api"].map_port(local = 3000, remote = 3000)
    /// resources.deployments["docs"].map_port(local = 3000, remote = 80)  # warning: "the local port 3000 is mapped twice"
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// resources.deployments["web"].map_port(local = 8080, remote = 80)
    /// resources.deployments["api"].map_port(local = 3000, remote = 3000)
    /// resources.deployments["docs"].map_port(local = 3001, remote = 80)
    /// deploy(resources)
    /// ```
    "invalid-port" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// `port` is none.
pub(crate) fn out_of_range(port: i32, span: Span) -> Diagnostic {
    RULE.at(span, format!("{port} is no port"))
        .help("ports are numbers from 1 to 65535")
}

/// The local port `port` is mapped at `earlier` already.
pub(crate) fn mapped_twice(port: i64, span: Span, earlier: Span) -> Diagnostic {
    let twice = RULE
        .at(span, format!("the local port {port} is mapped twice"))
        .severity(Severity::Warning)
        .help("choose another local port for one of them");
    if earlier == span {
        return twice;
    }
    twice.also(earlier, "the first mapping")
}
