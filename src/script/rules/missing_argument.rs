//! Calls without an argument that is needed.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::script::arg_type::describe;
use crate::script::builtins::{Builtin, Parameter};
use crate::source::Span;

declare_rule! {
    /// A call leaves out an argument that the function needs.
    ///
    /// ## Why is this wrong?
    /// The function cannot do its work, and the script ends at the call.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// resources.deployments["web"].mount(repo_volume())  # error: "`mount` needs `dst`"
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// resources.deployments["web"].mount(repo_volume(), dst = "/app")
    /// deploy(resources)
    /// ```
    "missing-argument" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// `builtin` is called without `parameter`.
pub(crate) fn diagnostic(builtin: &Builtin, parameter: &Parameter, span: Span) -> Diagnostic {
    let Parameter { name, takes, .. } = parameter;
    let example = crate::script::arg_type::example(takes);
    RULE.at(
        span,
        format!("`{}` needs `{name}`, {}", builtin.name, describe(takes)),
    )
    .help(format!("add `{name} = {example}`"))
}
