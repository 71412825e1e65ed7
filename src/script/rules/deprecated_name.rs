//! Names that were replaced.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A name is used that a newer one replaces.
    ///
    /// ## Why is this wrong?
    /// It still works. The newer name is the one that the product's own
    /// examples use, and it may behave a little differently:
    /// `load_docker_compose` gives deployments where `docker_compose` gives pods.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```raftt
    /// resources = docker_compose("docker-compose.yml")  # advice: "`docker_compose` was replaced"
    /// web = resources.pods["web"]
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```raftt
    /// resources = load_docker_compose("docker-compose.yml")
    /// web = resources.deployments["web"]
    /// deploy(resources)
    /// ```
    "deprecated-name" {
        severity: Advice, since: "0.1.0", fix: Unsafe, tag: Deprecated, catalogue: [],
    }
}

/// `name` at `span` was replaced by `replacement`.
pub(crate) fn diagnostic(name: &str, replacement: &str, script: &str, span: Span) -> Diagnostic {
    let diagnostic = RULE.at(span, format!("`{name}` was replaced by `{replacement}`"));
    let is_compose = name == "docker_compose";
    let diagnostic = match is_compose {
        true => diagnostic.help(
            "use `load_docker_compose`, and `.deployments[…]` instead of `.pods[…]` on what it gives",
        ),
        false => diagnostic.help(format!("use `{replacement}`")),
    };
    // The name alone would leave the rest of such a script behind.
    match is_compose && script.contains(".pods") {
        true => diagnostic,
        false => diagnostic.fix(
            Safety::Unsafe,
            format!("use `{replacement}`"),
            span,
            replacement,
        ),
    }
}
