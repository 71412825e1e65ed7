//! Registries that are listed for both providers.

use std::collections::HashMap;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::listed::Listed;
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
    ///         # error: [provider-host-mismatch] "not Google's"
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
        diagnostics.push(
            RULE.at(
                listed.text.span,
                format!("`{host}` is listed for both providers"),
            )
            .help("keep it in one of the calls")
            .also(earlier.text.span, "listed first here")
            .decided_at(listed.text.origin)
            .trace(&listed.call.trace),
        );
    }
}
