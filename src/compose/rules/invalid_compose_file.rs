//! Compose files that are no YAML.

use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Value};
use crate::rule::declare_rule;
use crate::yaml::{DuplicateKey, Problem};

declare_rule! {
    /// A compose file is no YAML, or sets a key twice.
    ///
    /// ## Why is this wrong?
    /// A file that cannot be read declares no services, so the script ends. Most often
    /// an indentation is not that of the lines around it, or a `:` or the space behind
    /// it is missing.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     # error: "a space is missing behind `hostname:`"
    ///     hostname:web
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     hostname: web
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "invalid-compose-file" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// What the parser found.
pub(in crate::compose) fn diagnostic(problem: &Problem) -> Diagnostic {
    let mut diagnostic = RULE.at(problem.span, &problem.message);
    diagnostic.help.clone_from(&problem.help);
    diagnostic.fix.clone_from(&problem.fix);
    diagnostic
}

/// A key that is set again.
pub(in crate::compose) fn duplicate_key(key: &DuplicateKey) -> Diagnostic {
    let help = match key.name.as_str() {
        "<<" => "write both in one list: `<<: [*first, *second]`",
        _ => "remove one of the two",
    };
    RULE.at(key.at, format!("`{}` is set twice", key.name))
        .help(help)
        .also(key.first, "it is set here first")
}

/// `what` is to be a mapping, and `value` is something else.
pub(in crate::compose) fn no_mapping(what: &str, value: &Value) -> Diagnostic {
    let found = match &value.data {
        Data::List(_) => "a list",
        Data::Text(_) => "a text",
        _ => "a single value",
    };
    RULE.at(value.at, format!("{what} has to be a mapping, not {found}"))
        .help("write `name: …` lines, indented below")
}
