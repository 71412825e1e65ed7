//! Project files that say nothing.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// The project file is empty.
    ///
    /// ## Why is this wrong?
    /// Without `envDefinition` there is no script, and so no environment. A file
    /// that holds nothing but comments is empty, too.
    ///
    /// ## Example
    /// ```yaml
    /// # warning: "`raftt.yml` is empty"
    /// ---
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// ```
    "empty-project-file" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

/// Nothing stands in the file of `span`.
pub(crate) fn diagnostic(span: Span) -> Diagnostic {
    RULE.at(span, "`raftt.yml` is empty")
        .help("name the script that describes the environment: `envDefinition: env.raftt`")
}
