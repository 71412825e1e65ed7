//! Files with more than one document.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// The project file holds several documents.
    ///
    /// ## Why is this wrong?
    /// A `---` line begins a new document. Only one is read, so what the others say
    /// has no effect.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// # error: "another document begins here"
    /// ---
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "several-documents" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// Another document begins at `second`.
pub(crate) fn diagnostic(second: Span, first: Span) -> Diagnostic {
    RULE.at(second, "another document begins here, but only one is read")
        .also(first, "the first document begins here")
        .help("remove the `---`, so that all keys stand in one document")
}

/// The document that begins at `span` is empty, and so are all that follow.
pub(crate) fn nothing_follows(span: Span) -> Diagnostic {
    RULE.at(span, "a second document begins here, and nothing is in it")
        .severity(Severity::Advice)
        .help("remove the `---`")
}
