//! Values that a field of a Kubernetes object does not take.

use crate::diagnostic::{Diagnostic, Frame, Safety, listed};
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// A field of a Kubernetes object is given a value of another type.
    ///
    /// ## Why is this wrong?
    /// Kubernetes refuses the object: `command` is a list of words, not one line,
    /// a port is a number, not a text.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// container = resources.deployments["web"].spec.template.spec.containers[0]
    /// container.command = "sleep"  # error: "`command` takes a list of strings, not a string"
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// container = resources.deployments["web"].spec.template.spec.containers[0]
    /// container.command = ["sleep"]
    /// deploy(resources)
    /// ```
    "wrong-field-type" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

/// The field `name` takes `wanted`, and is given `given` at `span`.
pub(crate) fn diagnostic(
    name: &str,
    (wanted, given): (&str, &str),
    span: Span,
    trace: &[Frame],
) -> Diagnostic {
    RULE.at(span, format!("`{name}` takes {wanted}, not {given}"))
        .trace(trace)
}

/// A text is given where a list of texts is taken. `literal` is the text as it is
/// written, if it is written out.
pub(crate) fn text_for_list(
    name: &str,
    literal: Option<&str>,
    span: Span,
    trace: &[Frame],
) -> Diagnostic {
    let diagnostic = diagnostic(name, ("a list of strings", "a string"), span, trace);
    let Some(literal) = literal else {
        return diagnostic.help("put it into a list");
    };
    let quote = literal.chars().next().unwrap_or('"');
    let inner = literal.trim_matches(quote);
    // A line with several words is probably a command line.
    let has_words = name == "command" && inner.split_whitespace().count() > 1;
    if has_words && !inner.contains(['\\', '\'', '"', '|', '&', ';', '$', '>', '<']) {
        let words: Vec<_> = inner
            .split_whitespace()
            .map(|it| format!("{quote}{it}{quote}"))
            .collect();
        let list = format!("[{}]", words.join(", "));
        return diagnostic.help(format!("write `{list}`")).fix(
            Safety::Unsafe,
            "make it a list of words",
            span,
            list,
        );
    }
    diagnostic.help(format!("write `[{literal}]`")).fix(
        Safety::Unsafe,
        "put it into a list",
        span,
        format!("[{literal}]"),
    )
}

/// The field `name` takes only `words`, and not `text`. Whether the script shows it tells
/// whether it can be replaced.
pub(crate) fn word(
    name: &str,
    words: &[&str],
    text: &str,
    span: Span,
    is_shown: bool,
) -> Diagnostic {
    let quoted: Vec<_> = words.iter().map(|it| format!("`\"{it}\"`")).collect();
    let choice = listed(&quoted, "or");
    let message = format!("`{name}` takes {choice}, not `\"{text}\"`");
    let diagnostic = RULE.at(span, message);
    let same = words.iter().find(|it| it.eq_ignore_ascii_case(text));
    let meant = same
        .copied()
        .or_else(|| nearest(text, words.iter().copied()));
    let Some(meant) = meant else {
        return diagnostic;
    };
    let diagnostic = diagnostic.help(format!("did you mean `\"{meant}\"`?"));
    match is_shown {
        true => diagnostic.fix(
            Safety::Unsafe,
            format!("write `\"{meant}\"`"),
            span,
            format!("\"{meant}\""),
        ),
        false => diagnostic,
    }
}

/// A text is given where a number or truth value, `wanted`, is taken. `meant` is that
/// value as it is written, where the script shows the text.
pub(crate) fn text_for_value(
    name: &str,
    wanted: &str,
    meant: Option<&str>,
    span: Span,
) -> Diagnostic {
    let diagnostic = diagnostic(name, (wanted, "a string"), span, &[]);
    match meant {
        Some(meant) => diagnostic
            .help(format!("write `{meant}` without quotes"))
            .fix(Safety::Unsafe, "take the quotes away", span, meant),
        None => diagnostic,
    }
}

/// A number or truth value is given where a text is taken; `literal` is how it is
/// written.
pub(crate) fn not_text(name: &str, given: &str, literal: Option<&str>, span: Span) -> Diagnostic {
    let diagnostic = diagnostic(name, ("a string", given), span, &[]);
    match literal.filter(|it| it.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')) {
        Some(literal) => diagnostic.help(format!("write `\"{literal}\"`")).fix(
            Safety::Unsafe,
            "write it in quotes",
            span,
            format!("\"{literal}\""),
        ),
        None => diagnostic.help("make it a text with `str(…)`"),
    }
}
