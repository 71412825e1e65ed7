//! Secrets that nothing fetches.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A secret has no command that fetches its value.
    ///
    /// ## Why is this wrong?
    /// A secret's value is what its `inputcommand` prints on the developer's machine. No
    /// other way to give one is documented, so a secret without it has no value.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// secrets:
    ///   npm-token:  # warning: "the secret `npm-token` has no `inputcommand`"
    ///     outputenv: NPM_TOKEN
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// secrets:
    ///   npm-token:
    ///     inputcommand: cat ~/.npm-token
    ///     outputenv: NPM_TOKEN
    /// ```
    "secret-without-command" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

/// The secret `name` has no command.
pub(crate) fn diagnostic(name: &str, key: Span) -> Diagnostic {
    RULE.at(key, format!("the secret `{name}` has no `inputcommand`"))
        .help("write the command that prints it below the name: `inputcommand: …`")
}
