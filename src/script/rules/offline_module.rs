//! Modules that need the network.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A script loads a module that reaches out of the cluster.
    ///
    /// ## Why is this wrong?
    /// What a server answers is not known before the script runs, and may be
    /// another thing each time: no check can tell what the environment will be. An
    /// evaluation here uses no network; whatever such a module gives is unknown,
    /// and so is all that is made of it.
    ///
    /// ## Example
    /// ```raftt
    /// load("http.star", "http")  # warning: "`http.star` is not run here"
    ///
    /// tag = http.get("https://example.com/tag").body()
    /// ```
    /// ## Use instead
    /// ```raftt
    /// tag = local.config_args
    /// ```
    "offline-module" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

/// The module `path` is not run because of `reason`.
pub(crate) fn diagnostic(path: &str, reason: &str, span: Span) -> Diagnostic {
    RULE.at(span, format!("`{path}` is not run here: {reason}"))
        .help("what it gives is taken as unknown; hand values in with `raftt up --config-args`")
}
