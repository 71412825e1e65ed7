//! Values that are none of the documented ones.

use crate::diagnostic::{Diagnostic, Safety};
use crate::project_file::key::Key;
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// A value is none of those that are documented for its key.
    ///
    /// ## Why is this wrong?
    /// Only some values are known to work here. Another one may be a mistyped one.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// data:
    ///   - service: db
    ///     type: postgre  # warning: "`postgre` is no documented `type`"
    ///     dump: ./dump.sql
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// data:
    ///   - service: db
    ///     type: postgres
    ///     dump: ./dump.sql
    /// ```
    "undocumented-value" {
        severity: Warning, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// The value `text` of `key`, at `span`, is none of its choices.
pub(crate) fn diagnostic(key: &Key, text: &str, span: Span) -> Diagnostic {
    let diagnostic = RULE.at(span, format!("`{text}` is no documented `{}`", key.name));
    match nearest(text, key.choices.iter().copied()) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).fix(
            Safety::Safe,
            format!("write `{meant}`"),
            span,
            meant,
        ),
        None => {
            let choices: Vec<_> = key.choices.iter().map(|it| format!("`{it}`")).collect();
            diagnostic.help(format!("documented are {}", choices.join(", ")))
        }
    }
}
