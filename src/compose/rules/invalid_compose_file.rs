//! Compose files that are no YAML.

use crate::diagnostic::{Diagnostic, listed};
use crate::kubernetes::{Data, Key, Value};
use crate::rule::declare_rule;
use crate::source::Span;
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
    let diagnostic = RULE.at(value.at, format!("{what} has to be a mapping, not {found}"));
    let key = value.text().and_then(|it| it.split_once(':'));
    let is_name =
        |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
    match key.filter(|(key, rest)| is_name(key) && !rest.starts_with(' ')) {
        Some((key, rest)) if ["image", "build"].contains(&key) => {
            diagnostic.help(format!("write a space behind `{key}:`: `{key}: {rest}`"))
        }
        _ => diagnostic.help("write `name: …` lines, indented below"),
    }
}

/// The `keys` behind the empty service `name` are not indented below it.
pub(in crate::compose) fn slipped(name: &str, keys: &[(Key, Value)]) -> Diagnostic {
    let names: Vec<_> = keys
        .iter()
        .map(|(key, _)| format!("`{}`", key.name))
        .collect();
    let belong = if names.len() == 1 {
        "belongs"
    } else {
        "belong"
    };
    let names = listed(&names, "and");
    let at = keys[0].0.at;
    RULE.at(at, format!("{names} {belong} below the service `{name}`"))
        .help("indent what belongs to a service further than its name")
}

/// There is nothing at `at`, where a compose file should be.
pub(in crate::compose) fn empty(at: Span) -> Diagnostic {
    RULE.at(at, "this compose file is empty")
        .help("write `services:`, and a service below it")
}

/// The file, which begins at `at`, is a manifest.
pub(in crate::compose) fn manifest(at: Span) -> Diagnostic {
    RULE.at(at, "this is a Kubernetes manifest, and no compose file")
        .help("load it with `k8s_manifests(path)`")
}
