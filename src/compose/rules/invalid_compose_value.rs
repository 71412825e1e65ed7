//! Values of compose files of another type than their key has.

use crate::compose::keys::{Place, PlaceKind};
use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Value};
use crate::rule::declare_rule;
use crate::yaml::quoted;

declare_rule! {
    /// A value of a compose file has another type than its key needs.
    ///
    /// ## Why is this wrong?
    /// The Compose specification says of every key what it may hold, and a file with
    /// something else is refused as a whole. A number that is a text, such as a user's
    /// id, is written in quotes.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     user: 1000        # error: "`user` must be a text, not a number"
    ///     ports: "8080:80"  # error: "`ports` must be a list, not a text"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     user: "1000"
    ///     ports: ["8080:80"]
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "invalid-compose-value" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// `value` at `place` is `found`, and must be `needed`.
pub(in crate::compose) fn diagnostic(
    place: &Place<'_>,
    needed: &str,
    found: &str,
    value: &Value,
) -> Diagnostic {
    let name = place.name;
    let subject = match place.kind {
        PlaceKind::File => "a compose file".to_owned(),
        PlaceKind::Service => format!("the service `{name}`"),
        PlaceKind::Key => format!("`{name}`"),
        PlaceKind::Entry => format!("an entry of `{name}`"),
    };
    let at = value.origin.unwrap_or(value.at);
    let diagnostic = RULE.at(at, format!("{subject} must be {needed}, not {found}"));
    let written = match &value.data {
        Data::Int(number) => Some(number.to_string()),
        Data::Bool(word) => Some(word.to_string()),
        _ => None,
    };
    match written {
        Some(written) if needed.contains("a text") => {
            diagnostic.help(format!("quote it: `{}`", quoted(&written)))
        }
        _ if needed.contains("a list") => {
            diagnostic.help("begin each entry with `- `, on a line of its own")
        }
        _ if needed.contains("a map") => {
            diagnostic.help("write `key: value` lines below it, indented")
        }
        _ => diagnostic.help(format!("write {needed}")),
    }
}
