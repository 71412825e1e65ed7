//! Texts that are not of the format they are read as.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::{Located, Span};

declare_rule! {
    /// A text is read as JSON, YAML or another format that it is not of.
    ///
    /// ## Why is this wrong?
    /// The script ends where it reads the text. For JSON that may be missing or
    /// wrong, `json.decode` takes a `default`.
    ///
    /// ## Example
    /// ```raftt
    /// load("encoding/json.star", "json")
    ///
    /// registries = json.decode("['docker.io']")  # error: "no valid JSON"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// load("encoding/json.star", "json")
    ///
    /// registries = json.decode('["docker.io"]')
    /// ```
    "undecodable-text" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// `text` is no `format` because of `message`, at byte `at`, which may be written
/// in a script.
pub(crate) fn diagnostic(
    format: &str,
    text: &Located<String>,
    (at, place): (usize, Option<Span>),
    message: &str,
) -> Diagnostic {
    if let Some(place) = place.filter(|it| text.span.contains(*it)) {
        return RULE.at(place, format!("this is no valid {format}: {message}"));
    }
    let before = text.value.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let is_short = !text.value.contains('\n');
    let message = match is_short && at == 0 {
        true => format!("this is no valid {format}: {message}"),
        false => {
            format!("this is no valid {format} at its line {line}, column {column}: {message}")
        }
    };
    match place {
        Some(place) => RULE.at(text.span, message).also(place, "here"),
        None => RULE.at(text.span, message).decided_at(text.origin),
    }
}
