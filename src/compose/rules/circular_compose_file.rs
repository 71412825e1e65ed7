//! Compose files, and services, that are built upon themselves.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A compose file includes itself, or a service extends itself.
    ///
    /// ## Why is this wrong?
    /// What is built upon itself, at once or through others, has no end. The file is
    /// refused.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     extends: base
    ///   base:
    ///     image: nginx:1.27
    ///     extends: {service: web}  # error: "`web` extends itself"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     extends: base
    ///   base:
    ///     image: nginx:1.27
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "circular-compose-file" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The file at `path` is included, at `at`, by what it includes.
pub(in crate::compose) fn include(path: &str, at: Span) -> Diagnostic {
    RULE.at(at, format!("`{path}` includes itself"))
        .help("remove this entry; what the file declares is there already")
}

/// The service `name` is extended, at `at`, by what it extends.
pub(in crate::compose) fn extends(name: &str, at: Span) -> Diagnostic {
    RULE.at(at, format!("`{name}` extends itself"))
        .help("move what the services share into a service that extends none")
}

/// Services depend on each other in a circle, the last one being the first again; `at` is
/// what closes it.
pub(in crate::compose) fn dependencies(circle: &[&str], at: Span) -> Diagnostic {
    if let [name, _] = circle {
        return RULE
            .at(at, format!("`{name}` depends on itself"))
            .help("remove this entry");
    }
    let names: Vec<_> = circle.iter().map(|it| format!("`{it}`")).collect();
    let message = format!("services depend on each other: {}", names.join(" → "));
    RULE.at(at, message)
        .help("remove one of these dependencies: none of the services can start first")
}
