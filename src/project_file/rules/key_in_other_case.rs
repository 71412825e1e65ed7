//! Keys whose letters have another case than documented.

use crate::diagnostic::{Diagnostic, Safety};
use crate::project_file::key::Key;
use crate::rule::declare_rule;
use crate::source::{SourceMap, Span};

declare_rule! {
    /// A key is not spelled as documented: upper and lower case differ.
    ///
    /// ## Why is this wrong?
    /// Keys seem to match in any case: real files use several spellings. The
    /// documented one is what editors and readers know, and it is certain to work.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directoptions:  # advice: "`directoptions` is documented as `directOptions`"
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "key-in-other-case" {
        severity: Advice, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// The key at `span` is written as `name`.
pub(crate) fn diagnostic(map: &SourceMap, key: &Key, name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` is documented as `{}`", key.name);
    let diagnostic = RULE.at(span, message).help(format!("write `{}`", key.name));
    match map.inside(span, name, 0..name.len()) {
        Some(inner) => diagnostic.fix(
            Safety::Safe,
            format!("rename to `{}`", key.name),
            inner,
            key.name,
        ),
        None => diagnostic,
    }
}
