//! Compose files without `services`.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// The services of a compose file do not stand below `services`.
    ///
    /// ## Why is this wrong?
    /// Files of the first version of Compose had their services at the top level. That
    /// form is not read any more: there, only keys such as `services` and `volumes` are
    /// known.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// web:  # error: "the service `web` does not stand below `services`"
    ///   image: nginx:1.27
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "services-at-top-level" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The service `name` stands at the top level, at `at`. `has_services` tells whether
/// the file has the key for them.
pub(in crate::compose) fn diagnostic(name: &str, has_services: bool, at: Span) -> Diagnostic {
    let message = format!("the service `{name}` does not stand below `services`");
    let help = match has_services {
        true => format!("move it below `services:`, and indent `{name}`"),
        false => "write `services:` on the first line, and indent all services below it".to_owned(),
    };
    RULE.at(at, message).help(help)
}
