//! Starlark that other implementations refuse.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A construct is used that Go's Starlark refuses by default.
    ///
    /// ## Why is this wrong?
    /// It is accepted here. Which options the product's own interpreter turns
    /// on is not documented; it is written in Go, and Go's Starlark refuses
    /// statements like `for` and `if` at the top level, a second assignment of
    /// a global name, functions that call themselves, f-strings and type
    /// annotations unless they are turned on. No script known to work uses them.
    ///
    /// ## Example
    /// ```raftt
    /// for name in ["web", "api"]:  # advice: "`for` at the top level"
    ///     print(name)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// def names():
    ///     for name in ["web", "api"]:
    ///         print(name)
    ///
    /// names()
    /// ```
    "not-portable-starlark" {
        severity: Advice, since: "0.1.0", catalogue: [],
    }
}

/// `what` at `span` is refused elsewhere.
pub(crate) fn diagnostic(what: &str, help: &str, span: Span) -> Diagnostic {
    RULE.at(span, format!("Go's Starlark refuses {what} by default"))
        .help(help)
}
