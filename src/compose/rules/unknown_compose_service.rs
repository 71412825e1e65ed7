//! Services of compose files that name services which are not there.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// A service depends on, or extends, a service that the compose file does not have.
    ///
    /// ## Why is this wrong?
    /// The file is refused: nothing tells what to start first, or what to build upon.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     depends_on: [databse]  # error: "`web` depends on `databse`, which is no service of this file"
    ///   database:
    ///     image: postgres:16
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     depends_on: [database]
    ///   database:
    ///     image: postgres:16
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "unknown-compose-service" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

/// `service` depends on `name`, which is written at `at`, and is none of `known`.
pub(in crate::compose) fn dependency<'k>(
    service: &str,
    name: &str,
    at: Span,
    known: impl IntoIterator<Item = &'k str>,
) -> Diagnostic {
    let message = format!("`{service}` depends on `{name}`, which is no service of this file");
    suggested(RULE.at(at, message), name, known)
}

/// `service` names the service `name` in its `key`, at `at`, and it is none of `known`.
pub(in crate::compose) fn shared<'k>(
    service: &str,
    (key, name): (&str, &str),
    at: Span,
    known: impl IntoIterator<Item = &'k str>,
) -> Diagnostic {
    let message =
        format!("`{key}` of `{service}` names `{name}`, which is no service of this file");
    Diagnostic {
        fix: None,
        ..suggested(RULE.at(at, message), name, known)
    }
}

/// `name`, which is extended at `at`, is none of `known`.
pub(in crate::compose) fn extended<'k>(
    name: &str,
    at: Span,
    known: impl IntoIterator<Item = &'k str>,
) -> Diagnostic {
    let message = format!("`{name}`, which is extended here, is no service of the file");
    suggested(RULE.at(at, message), name, known)
}

fn suggested<'k>(
    diagnostic: Diagnostic,
    name: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Diagnostic {
    match nearest(name, known) {
        Some(meant) => {
            let at = diagnostic.span;
            diagnostic.help(format!("did you mean `{meant}`?")).fix(
                Safety::Unsafe,
                format!("replace with `{meant}`"),
                at,
                meant,
            )
        }
        None => diagnostic.help("declare it under `services`, or name another one"),
    }
}
