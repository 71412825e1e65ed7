//! Files that compose files name, and that are not there.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::declare_rule;
use crate::source::{ReadError, Span};

declare_rule! {
    /// A compose file names a file that cannot be read.
    ///
    /// ## Why is this wrong?
    /// The services of a file that is included or extended are a part of the environment,
    /// so without it the compose file is refused. Without its folder or Dockerfile an image
    /// cannot be built. Paths begin at the folder of the compose file that names them.
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

const BESIDE: &str = "paths begin at the folder of the file that names them";

/// `path`, written at `at`, cannot be read.
pub(in crate::compose) fn diagnostic(path: &str, error: &ReadError, at: Span) -> Diagnostic {
    RULE.at(at, format!("`{path}` cannot be read: {error}"))
        .help(BESIDE)
}

/// The file `path` of variables, written at `at`, is not there. It may well be one that
/// is in no repository.
pub(in crate::compose) fn variables(path: &str, at: Span) -> Diagnostic {
    RULE.at(at, format!("`{path}` does not exist"))
        .severity(Severity::Advice)
        .help("compose refuses to start without it; where it may be absent, say `required: false`")
}

/// The folder `path` that an image is built from, written at `at`, is not there.
pub(in crate::compose) fn context(path: &str, at: Span) -> Diagnostic {
    RULE.at(at, format!("there is no folder `{path}` to build from"))
        .severity(Severity::Warning)
        .help(BESIDE)
}

/// What stands at `path`, written at `at`, is no folder to build an image from.
pub(in crate::compose) fn no_folder(path: &str, at: Span) -> Diagnostic {
    RULE.at(
        at,
        format!("`{path}` is a file, and images are built from folders"),
    )
    .severity(Severity::Warning)
    .help("name its folder here, and the file itself as `dockerfile`")
}

/// There is no Dockerfile at `path`. It `is_named` at `at`, or there is none in the folder
/// that is named there.
pub(in crate::compose) fn dockerfile(path: &str, at: Span, is_named: bool) -> Diagnostic {
    RULE.at(at, format!("there is no Dockerfile at `{path}`"))
        .severity(Severity::Warning)
        .help(match is_named {
            true => "its path begins at the folder that is built from",
            false => "name it with `dockerfile`, from the folder that is built from",
        })
}
