//! Scripts that would use up the machine.

use crate::diagnostic::{Diagnostic, Frame};
use crate::rule::declare_rule;
use crate::script::record::Limit;
use crate::script::screen::{MAX_BLOCKS, MAX_BRANCHES, MAX_NESTING, TooDeep};
use crate::source::Span;

declare_rule! {
    /// A script exceeds a limit on time, memory or nesting.
    ///
    /// ## Why is this wrong?
    /// The environment controller evaluates other people's scripts, an editor
    /// evaluates half-written ones. A script that runs on, fills the memory or
    /// nests too deep is stopped before it harms either. Real scripts stay far
    /// below all limits: they run for less than a millisecond.
    ///
    /// ## Example
    /// ```raftt
    /// def forever():
    ///     for round in range(100000):
    ///         for turn in range(100000):  # error: "steps"
    ///             pass
    ///
    /// forever()
    /// ```
    /// ## Use instead
    /// ```raftt
    /// def thrice():
    ///     for round in range(3):
    ///         pass
    ///
    /// thrice()
    /// ```
    "limit-exceeded" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The evaluation exceeded `limit` at `span`.
pub(crate) fn diagnostic(limit: Limit, span: Span, trace: &[Frame]) -> Diagnostic {
    // A recursion shows the same call over and over.
    let trace = &trace[..trace.len().min(8)];
    let help = match limit {
        Limit::CallDepth => "does the function call itself without an end?",
        Limit::Value => "build the value from fewer or smaller parts",
        Limit::Time | Limit::Steps | Limit::Memory => "does the loop end where it should?",
    };
    RULE.at(span, format!("evaluation stops here: {limit}"))
        .help(help)
        .trace(trace)
}

/// The text nests too deep to be parsed.
pub(crate) fn too_deep(what: TooDeep, span: Span) -> Diagnostic {
    let message = match what {
        TooDeep::Expression(_) => {
            format!("this expression nests more than {MAX_NESTING} operators and brackets")
        }
        TooDeep::Block(_) => format!("blocks are nested more than {MAX_BLOCKS} deep here"),
        TooDeep::Branches(_) => format!("more than {MAX_BRANCHES} `elif` follow one `if`"),
    };
    let help = match what {
        TooDeep::Expression(_) => "split it into several statements",
        TooDeep::Block(_) => "move inner blocks into functions",
        TooDeep::Branches(_) => "look the value up in a dictionary",
    };
    RULE.at(span, message).help(help)
}
