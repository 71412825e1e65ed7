//! Scripts that end themselves.

use crate::diagnostic::{Diagnostic, Frame};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// The script ends itself with `fail`.
    ///
    /// ## Why is this wrong?
    /// `fail(message)` is how a script says that it cannot go on. Nothing after
    /// it happens: what should have been deployed or configured there is not.
    ///
    /// ## Example
    /// ```raftt
    /// def check(region):
    ///     if not region:
    ///         fail("no region")  # error: "no region"
    ///
    /// check("")
    /// ```
    /// ## Use instead
    /// ```raftt
    /// def check(region):
    ///     if not region:
    ///         fail("no region")
    ///
    /// check("us-east-1")
    /// ```
    "script-failed" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The script called `fail(message)`.
pub(crate) fn diagnostic(message: &str, span: Span, trace: &[Frame]) -> Diagnostic {
    let message = match message {
        "" => "the script fails without a message".to_owned(),
        message => format!("the script fails: {message}"),
    };
    RULE.at(span, message).trace(trace)
}
