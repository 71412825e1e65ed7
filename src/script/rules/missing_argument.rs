//! Calls without an argument that is needed.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::script::arg_type::{describe, example};
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

/// Calls of `builtin` need the parameters `missing`.
pub(crate) fn diagnostic(builtin: &Builtin, missing: &[&Parameter], span: Span) -> Diagnostic {
    let needs = missing
        .iter()
        .map(|it| format!("`{}`, {}", it.name, describe(&it.takes)));
    let example = missing
        .iter()
        .map(|it| format!("{} = {}", it.name, example(&it.takes)));
    let needs: Vec<_> = needs.collect();
    let example: Vec<_> = example.collect();
    RULE.at(
        span,
        format!("`{}` needs {}", builtin.name, needs.join(", and ")),
    )
    .help(format!("add `{}`", example.join(", ")))
}
