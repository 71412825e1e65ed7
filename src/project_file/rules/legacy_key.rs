//! Keys of former versions.

use crate::diagnostic::Diagnostic;
use crate::project_file::key::{Key, Mapping};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A key belongs to a former version of the project file.
    ///
    /// ## Why is this wrong?
    /// At first, `raftt.yml` itself described the environment by its Compose files.
    /// A script does that now. The documentation shows these keys no longer.
    ///
    /// ## Example
    /// ```yaml
    /// # advice: "`build` belongs to a former version"
    /// build:
    ///   dockerComposeFile: ./docker-compose.yml
    ///   workdir: .
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// ```
    "legacy-key" {
        severity: Advice, since: "0.1.0", tag: Deprecated, catalogue: [],
    }
}

/// The key at `span`; `instead` took its place. What stands below a legacy key is
/// one with it.
pub(crate) fn diagnostic<T: Mapping>(key: &Key, instead: &str, span: Span) -> Option<Diagnostic> {
    let message = format!("`{}` belongs to a former version of `raftt.yml`", key.name);
    T::PATH
        .is_empty()
        .then(|| RULE.at(span, message).help(format!("use {instead}")))
}
