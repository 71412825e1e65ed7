//! Keys that a mapping has twice.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::{Located, Span};

declare_rule! {
    /// A mapping has the same key twice.
    ///
    /// ## Why is this wrong?
    /// A mapping can hold a key once. Some readers of YAML refuse the file, others
    /// take the last value and silently drop all that stands below the first: of
    /// two `directOptions`, one has no effect.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// # error: "`directOptions` is given twice"
    /// directOptions:
    ///   searchLocalDockerRegistry: true
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    ///   searchLocalDockerRegistry: true
    /// ```
    "duplicate-key" {
        severity: Error, since: "0.1.0", catalogue: ["Y18"],
    }
}

/// The key at `span` is the one at `first` once more; `holds_keys` if others stand
/// below it.
pub(crate) fn diagnostic(name: &str, span: Span, first: Span, holds_keys: bool) -> Diagnostic {
    let help = if holds_keys {
        "keep one of them, with what stands below both"
    } else {
        "keep one of them"
    };
    RULE.at(span, format!("`{name}` is given twice"))
        .label("again here")
        .also(first, "it is given here first")
        .help(help)
}

/// The key at `span` is the one at `first` once more, in another case.
pub(crate) fn in_other_case(name: &str, span: Span, first: Located<&str>) -> Diagnostic {
    let message = format!("`{name}` is the key `{}` once more", first.value);
    RULE.at(span, message)
        .label("the case of letters does not count")
        .also(first.span, "it is given here first")
        .help("keep one of them, spelled as documented, with what stands below both")
}
