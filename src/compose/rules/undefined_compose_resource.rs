//! Volumes, networks, secrets and configs of compose files that are not declared.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// A service uses a volume, network, secret or config that is not declared.
    ///
    /// ## Why is this wrong?
    /// The file is refused: each of them is declared at the top level, if only with
    /// its name. A folder beside the compose file begins with `./`; without that, it is
    /// taken for a volume's name.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   db:
    ///     image: postgres:16
    ///     volumes:
    ///       - data:/var/lib/postgresql/data  # error: "the volume `data` is not declared"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   db:
    ///     image: postgres:16
    ///     volumes:
    ///       - data:/var/lib/postgresql/data
    /// volumes:
    ///   data:
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "undefined-compose-resource" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The volume, network, … (`kind`) `name`, used at `at`, is none of `known`.
pub(in crate::compose) fn diagnostic(
    kind: &str,
    name: &str,
    at: Span,
    known: &BTreeSet<&str>,
) -> Diagnostic {
    let diagnostic = RULE.at(at, format!("the {kind} `{name}` is not declared"));
    if let Some(meant) = nearest(name, known.iter().copied()) {
        return diagnostic.help(format!("did you mean `{meant}`?"));
    }
    match kind == "volume" && name.contains('/') {
        true => diagnostic.help(format!("for a folder, write `./{name}`")),
        false => diagnostic.help(format!("declare it under `{kind}s`: `{name}:`")),
    }
}
