//! Registries that are listed for both providers.

use std::collections::HashMap;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::listed::Listed;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is listed for two providers.
    ///
    /// ## Why is this wrong?
    /// A host has one credential helper. Which of two calls would win is not defined.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "mirror.example.com",
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///     ],
    /// )
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = [
    ///         "mirror.example.com",  # error: "both providers"
    ///         "us-docker.pkg.dev",
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "mirror.example.com",
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///     ],
    /// )
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = [
    ///         "us-docker.pkg.dev",
    ///     ],
    /// )
    /// ```
    "registry-of-two-providers" {
        severity: Error, since: "0.1.0", catalogue: ["H38"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, &Listed<'_>> = HashMap::new();
    for listed in context.listed.iter().filter(|it| it.is_planned) {
        let host = listed.clean();
        if listed.provider.is_none() || host.is_empty() {
            continue;
        }
        let Some(earlier) = first.get(&host) else {
            first.insert(host, listed);
            continue;
        };
        if earlier.provider == listed.provider {
            continue;
        }
        // The side whose helper is not for the host is the wrong one.
        let (wrong, other) = if is_foreign(earlier) {
            (*earlier, listed)
        } else {
            (listed, *earlier)
        };
        let provider = other.provider.map_or("", |it| it.name());
        diagnostics.push(
            RULE.at(
                wrong.text().span,
                format!("`{host}` is listed for both providers"),
            )
            .help(format!("keep it under `{provider}` alone"))
            .also(other.text().span, "it is listed here, too")
            .decided_at(wrong.text().origin)
            .trace(&wrong.call.trace),
        );
    }
}

/// Whether the host is not for the helper of the provider that it is listed for.
fn is_foreign(listed: &Listed<'_>) -> bool {
    let mut mistakes = listed.host.mistakes.iter();
    mistakes.any(|mistake| mistake.kind == MistakeKind::OtherProvider)
}
