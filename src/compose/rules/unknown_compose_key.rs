//! Keys of compose files that are misspelt or in the wrong place.

use crate::compose::keys::{Place, PlaceKind};
use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A key of a compose file is probably misspelt, or stands in the wrong place.
    ///
    /// ## Why is this wrong?
    /// A key that compose does not know has no effect at best, and at worst the file is
    /// refused. Only keys that are like a known one are reported, for there may be newer
    /// ones; keys that begin with `x-` are free.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     enviroment:  # warning: "`enviroment` is no key of a service"
    ///       PORT: 80
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     environment:
    ///       PORT: 80
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "unknown-compose-key" {
        severity: Warning, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

/// The key `name`, at `at` in the mapping at `place`, is probably meant to be `meant`.
pub(in crate::compose) fn diagnostic(
    name: &str,
    meant: &str,
    place: &Place<'_>,
    at: Span,
) -> Diagnostic {
    let place = match place.kind {
        PlaceKind::File => "the top level of compose files".to_owned(),
        PlaceKind::Service => "a service".to_owned(),
        PlaceKind::Key => format!("`{}`", place.name),
        PlaceKind::Entry => format!("an entry of `{}`", place.name),
    };
    let is_written_out = at.range().len() == name.len();
    let diagnostic = RULE
        .at(at, format!("`{name}` is no key of {place}"))
        .help(format!("did you mean `{meant}`?"));
    match is_written_out {
        true => diagnostic.fix(Safety::Unsafe, format!("replace with `{meant}`"), at, meant),
        false => diagnostic,
    }
}

/// The key `name`, at `at`, belongs to a service and stands outside of them.
pub(in crate::compose) fn outside_services(name: &str, at: Span) -> Diagnostic {
    RULE.at(
        at,
        format!("`{name}` is a key of services, and stands in none"),
    )
    .help("indent it below the name of its service")
}

/// The key `name`, at `at` in the mapping at `place`, is called `meant` in compose files,
/// or stands there.
pub(in crate::compose) fn called_otherwise(
    name: &str,
    meant: &str,
    place: &Place<'_>,
    at: Span,
) -> Diagnostic {
    match meant.contains('.') {
        true => Diagnostic {
            fix: None,
            ..diagnostic(name, meant, place, at).help(format!(
                "write `{}: {{{name}: …}}`",
                meant.trim_end_matches(&format!(".{name}"))
            ))
        },
        false => diagnostic(name, meant, place, at),
    }
}
