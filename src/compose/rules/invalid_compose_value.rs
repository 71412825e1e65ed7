//! Values of compose files of another type than their key has.

use crate::compose::keys::{Place, PlaceKind};
use crate::compose::service::WrongMount;
use crate::diagnostic::{Diagnostic, Severity, listed};
use crate::kubernetes::{Data, Value};
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;
use crate::yaml::quoted;

declare_rule! {
    /// A value of a compose file is none that its key takes.
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

/// Keys that hold times.
const TIMES: [&str; 5] = [
    "interval",
    "start_interval",
    "start_period",
    "stop_grace_period",
    "timeout",
];

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
        // Compose would take no number in quotes, either.
        Some(written) if TIMES.contains(&name) => {
            diagnostic.help(format!("write it with its unit: `{written}s`"))
        }
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

/// The key `name` takes `words`, and not `text`. Whether the file `is_refused` or the
/// value is only without effect differs.
pub(in crate::compose) fn word(
    name: &str,
    words: &[&str],
    text: &str,
    is_refused: bool,
    value: &Value,
) -> Diagnostic {
    let quoted: Vec<_> = words.iter().map(|it| format!("`{it}`")).collect();
    let choice = listed(&quoted, "or");
    let at = value.origin.unwrap_or(value.at);
    let diagnostic = RULE.at(at, format!("`{name}` takes {choice}, not `{text}`"));
    let diagnostic = match is_refused {
        true => diagnostic,
        false => diagnostic.severity(Severity::Warning),
    };
    let same = text.replace('_', "-").to_ascii_lowercase();
    let ending = words.iter().find(|it| it.ends_with(text) && text.len() > 3);
    let meant = nearest(text, words.iter().copied()).or(ending.copied());
    match meant.or_else(|| {
        words
            .iter()
            .copied()
            .find(|it| it.replace('_', "-") == same)
    }) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic,
    }
}

/// An entry of `volumes`, written at `at`, is `text`.
pub(in crate::compose) fn mount(text: &str, wrong: WrongMount, at: Span) -> Diagnostic {
    let reason = match wrong {
        WrongMount::Empty => "an entry of `volumes` is empty".to_owned(),
        WrongMount::EmptyPart => format!("`{text}` has nothing on one side of a colon"),
        WrongMount::Colons => format!("`{text}` has too many colons"),
        WrongMount::Relative => {
            format!("the path in the container is not absolute in `{text}`")
        }
    };
    let help = match (wrong, text.split_once(':')) {
        // A single letter before the colon is a drive, of which the path is a part.
        (WrongMount::Relative, Some((source, target))) if source.len() > 1 => {
            format!("write `{source}:/{}`", target.trim_start_matches("./"))
        }
        (WrongMount::Relative, None) => {
            format!(
                "write `{text}:/path/in/the/container`, or `/{text}` for a volume without a name"
            )
        }
        _ => "write `source:/path/in/the/container`, with `:ro` behind it to forbid writing"
            .to_owned(),
    };
    RULE.at(at, reason).help(help)
}

/// An entry of `volumes`, written at `at`, says not where it is mounted.
pub(in crate::compose) fn mount_without_target(at: Span) -> Diagnostic {
    RULE.at(at, "an entry of `volumes` has no `target`")
        .help("write `target:` with the path in the container")
}

/// The key `name` holds the text `value`, and takes whole numbers.
pub(in crate::compose) fn no_number(name: &str, value: &Value) -> Diagnostic {
    let text = value.text().unwrap_or_default();
    let at = value.origin.unwrap_or(value.at);
    RULE.at(at, format!("`{name}` must be a number, not `{text}`"))
        .help("write it in digits")
}

/// The key `name` holds the text `value`, and takes times.
pub(in crate::compose) fn no_time(name: &str, value: &Value) -> Diagnostic {
    let text = value.text().unwrap_or_default();
    let at = value.origin.unwrap_or(value.at);
    let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    let help = match is_number && !text.ends_with("min") {
        true => format!("write it with its unit: `{number}s`"),
        false => "write a number with its unit: `30s`, `1m30s`".to_owned(),
    };
    RULE.at(at, format!("`{text}` is no time for `{name}`"))
        .help(help)
}

/// The list of a health check begins with `first`, and not with how it is run.
pub(in crate::compose) fn no_test(first: &Value) -> Diagnostic {
    RULE.at(
        first.origin.unwrap_or(first.at),
        "the list of `test` begins with `CMD`, `CMD-SHELL` or `NONE`",
    )
    .help("write `CMD` as its first entry")
}
