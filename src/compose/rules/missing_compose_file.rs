//! Files that compose files include or extend, and that are not there.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::{ReadError, Span};

declare_rule! {
    /// A compose file includes or extends a file that cannot be read.
    ///
    /// ## Why is this wrong?
    /// The services of the other file are a part of the environment, so without it the
    /// compose file is refused. Its path begins at the folder of the compose file that
    /// names it.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// include: [compose/databases.yml]  # error: "`compose/databases.yml` cannot be read: it does not exist"
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```yaml compose/database.yml
    /// services:
    ///   db:
    ///     image: postgres:16
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// include: [compose/database.yml]
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```yaml compose/database.yml
    /// services:
    ///   db:
    ///     image: postgres:16
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "missing-compose-file" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// `path`, written at `at`, cannot be read.
pub(in crate::compose) fn diagnostic(path: &str, error: &ReadError, at: Span) -> Diagnostic {
    RULE.at(at, format!("`{path}` cannot be read: {error}"))
        .help("paths begin at the folder of the file that names them")
}
