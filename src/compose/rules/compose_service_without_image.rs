//! Services of compose files with nothing to run.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A service of a compose file has neither `image` nor `build`.
    ///
    /// ## Why is this wrong?
    /// There is nothing to run, so the file is refused. Often the keys of the service
    /// are not indented below its name.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:  # error: "`web` has neither `image` nor `build`"
    ///     ports: ["8080:80"]
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ports: ["8080:80"]
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "compose-service-without-image" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The service `name` has nothing to run.
pub(in crate::compose) fn diagnostic(name: &str, at: Span) -> Diagnostic {
    RULE.at(at, format!("`{name}` has neither `image` nor `build`"))
        .help("write `image: …`, or `build: …` with the folder of the `Dockerfile`")
}
