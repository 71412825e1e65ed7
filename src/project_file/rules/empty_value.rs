//! Keys without a value.

use crate::diagnostic::Diagnostic;
use crate::project_file::key::Key;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A key has no value.
    ///
    /// ## Why is this wrong?
    /// A key without a value, or with an empty text, sets nothing: it works as if
    /// it were not there, or not at all.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount:  # error: "has no value"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "empty-value" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// Nothing stands behind the key at `span`.
pub(crate) fn missing(key: &Key, span: Span) -> Diagnostic {
    RULE.at(span, format!("`{}` has no value", key.name))
        .help(help(key))
}

/// The text at `span`, the value of `key`, is empty.
pub(crate) fn blank(key: &Key, span: Span) -> Diagnostic {
    RULE.at(span, format!("`{}` is empty", key.name))
        .help(help(key))
}

fn help(key: &Key) -> String {
    let example = match key.name {
        "searchLocalDockerRegistry" | "outputvolume" => Some("true"),
        "directOptions" => return "write its options below it, indented, or remove it".to_owned(),
        _ => key.examples.first().copied(),
    };
    match example {
        Some(example) => format!(
            "write a value, as in `{}: {example}`, or remove the key",
            key.name
        ),
        None => "write what belongs below it, indented, or remove it".to_owned(),
    }
}
