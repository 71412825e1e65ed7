//! Operations that their values do not allow.

use starlark::values::Value;

use crate::diagnostic::{Diagnostic, Frame};
use crate::rule::declare_rule;
use crate::script::arg_type::describe_value;
use crate::script::lower::Operator;
use crate::source::Span;

declare_rule! {
    /// An operation does not work with the values that it is given.
    ///
    /// ## Why is this wrong?
    /// Starlark never converts values by itself: a number has to be made a
    /// string before it can be joined to one, and an index has to exist. The
    /// script ends at such an operation, and nothing after it happens. Off the
    /// cluster, evaluation goes on as if the value were known only at run time,
    /// so that one run finds all mistakes.
    ///
    /// ## Example
    /// ```raftt
    /// account = 123456789012
    /// host = account + ".dkr.ecr.us-east-1.amazonaws.com"  # error: "`+` does not work"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// account = "123456789012"
    /// host = account + ".dkr.ecr.us-east-1.amazonaws.com"
    /// ```
    "evaluation-error" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// `operator` does not take these operands.
pub(crate) fn operator(
    operator: Operator,
    (left, right): (Value<'_>, Value<'_>),
    words: &str,
    span: Span,
    trace: &[Frame],
) -> Diagnostic {
    let symbol = operator.symbol();
    let (left_kind, right_kind) = (describe_value(left), describe_value(right));
    let is_text = |value: Value<'_>| value.unpack_str().is_some();
    let is_number = |value: Value<'_>| value.unpack_i32().is_some() || value.get_type() == "int";
    let help = match operator {
        Operator::Add if is_text(left) && is_number(right) || is_number(left) && is_text(right) => {
            Some("make the number a string: write it in quotes, or use `str(…)`")
        }
        Operator::Add if left.get_type() == "list" && is_text(right) => {
            Some("put the string into a list: `[…]`")
        }
        Operator::Divide | Operator::FloorDivide | Operator::Percent
            if right.unpack_i32() == Some(0) =>
        {
            return RULE
                .at(span, format!("`{symbol}` divides by zero"))
                .trace(trace);
        }
        _ => None,
    };
    if left.get_type() == right.get_type() && is_number(left) {
        // Numbers fit each other; the engine says what else is wrong.
        return engine(words, span, trace);
    }
    if operator == Operator::Percent && is_text(left) {
        return RULE.at(span, words.to_owned()).trace(trace);
    }
    let message = format!("`{symbol}` does not work between {left_kind} and {right_kind}");
    let diagnostic = RULE.at(span, message).trace(trace);
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// The engine refused something with these words.
pub(crate) fn engine(words: &str, span: Span, trace: &[Frame]) -> Diagnostic {
    if words.contains("`call()` not supported") {
        let is_plain = ["string", "int", "float", "bool", "NoneType"]
            .iter()
            .any(|it| words.contains(&format!("`{it}`")));
        return RULE
            .at(span, "this is no function, so it cannot be called")
            .help(match is_plain {
                true => "it is a value already: leave `()` out",
                false => "an element is taken with brackets: `[\"name\"]`",
            })
            // The engine's last frame is the value itself.
            .trace(&[]);
    }
    // The call itself is no way that led to it.
    let led = trace.split_last().filter(|(last, _)| last.span == span);
    let trace = led.map_or(trace, |(_, rest)| rest);
    let message = wrong_call(words).unwrap_or_else(|| lower_first(words));
    RULE.at(span, message).trace(trace)
}

/// What is wrong with a call of one of the script's own functions, which the engine calls
/// `env.raftt.helper`.
fn wrong_call(words: &str) -> Option<String> {
    let line = words.lines().next()?;
    let (what, callee) = line.split_once(" for call to ")?;
    let callee = callee.trim_matches(['`', '.', ' ']);
    let function = callee.rsplit('.').next()?;
    if let Some(count) = what.strip_prefix("Found ")
        && let Some(count) = count.strip_suffix(" extra positional argument(s)")
    {
        let arguments = if count == "1" {
            "argument"
        } else {
            "arguments"
        };
        return Some(format!(
            "`{function}` is given {count} {arguments} too many"
        ));
    }
    let name = what.split('`').nth(1)?;
    match what {
        _ if what.starts_with("Missing") => {
            Some(format!("`{function}` is called without `{name}`"))
        }
        _ if what.starts_with("Found") => Some(format!("`{function}` has no parameter `{name}`")),
        _ => None,
    }
}

/// The engine's words in the form of ours.
pub(crate) fn lower_first(words: &str) -> String {
    let first_line = words.lines().next().unwrap_or_default();
    let words = first_line.trim_end_matches('.');
    let mut letters = words.chars();
    match letters.next() {
        // Names in capitals stay.
        Some(first) if !letters.clone().next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}
