//! Keys whose texts are only some words, numbers or times.

use super::rules::invalid_compose_value as invalid;
use super::service::Service;
use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Value};

/// Paths in a service, the words that may stand there, and whether a file with another
/// one is refused. `*` is any key, or any item of a list.
const WORDS: &[(&[&str], &[&str], bool)] = &[
    (
        &["depends_on", "*", "condition"],
        &[
            "service_started",
            "service_healthy",
            "service_completed_successfully",
        ],
        true,
    ),
    (
        &["develop", "watch", "*", "action"],
        &["rebuild", "restart", "sync", "sync+exec", "sync+restart"],
        true,
    ),
    (
        &["deploy", "update_config", "order"],
        &["start-first", "stop-first"],
        true,
    ),
    (
        &["deploy", "rollback_config", "order"],
        &["start-first", "stop-first"],
        true,
    ),
    (
        &["volumes", "*", "type"],
        &["bind", "cluster", "image", "npipe", "tmpfs", "volume"],
        true,
    ),
    (
        &["restart"],
        &["no", "always", "on-failure", "unless-stopped"],
        false,
    ),
    (
        &["pull_policy"],
        &["always", "build", "if_not_present", "missing", "never"],
        true,
    ),
];

/// Words that take a number or a time behind them, or are rare.
fn is_free(path: &[&str], text: &str) -> bool {
    match path {
        ["restart"] => text.starts_with("on-failure:"),
        ["pull_policy"] => {
            ["refresh", "daily", "weekly"].contains(&text) || text.starts_with("every_")
        }
        _ => false,
    }
}

/// Paths in a service to whole numbers.
const NUMBERS: &[&[&str]] = &[
    &["deploy", "replicas"],
    &["deploy", "restart_policy", "max_attempts"],
    &["healthcheck", "retries"],
    &["scale"],
];

/// Paths in a service to times.
const TIMES: &[&[&str]] = &[
    &["healthcheck", "interval"],
    &["healthcheck", "start_interval"],
    &["healthcheck", "start_period"],
    &["healthcheck", "timeout"],
    &["stop_grace_period"],
];

/// Reports the values of `service` that are none of the words, numbers or times that
/// may stand there.
pub(super) fn check(service: &Service<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, words, is_refused) in WORDS {
        for value in at(service.value, path) {
            let Some(text) = value.text().filter(|it| !it.is_empty()) else {
                continue;
            };
            if !words.contains(&text) && !is_free(path, text) {
                let name = path.last().copied().unwrap_or_default();
                diagnostics.push(invalid::word(name, words, text, *is_refused, value));
            }
        }
    }
    for path in NUMBERS {
        for value in at(service.value, path) {
            let is_number = |it: &str| it.trim().parse::<f64>().is_ok();
            if value.text().is_some_and(|it| !is_number(it)) {
                let name = path.last().copied().unwrap_or_default();
                diagnostics.push(invalid::no_number(name, value));
            }
        }
    }
    for path in TIMES {
        for value in at(service.value, path) {
            if value.text().is_some_and(|it| !is_time(it)) {
                let name = path.last().copied().unwrap_or_default();
                diagnostics.push(invalid::no_time(name, value));
            }
        }
    }
    let test = service.value.at_path(&["healthcheck", "test"]);
    let first = test.and_then(|it| it.items().first());
    if let Some(first) = first
        && let Some(text) = first.text()
        && !["CMD", "CMD-SHELL", "NONE"].contains(&text)
    {
        diagnostics.push(invalid::no_test(first));
    }
}

/// The values at `path` below `value`.
fn at<'v>(value: &'v Value, path: &[&str]) -> Vec<&'v Value> {
    let mut values = vec![value];
    for name in path {
        values = values
            .into_iter()
            .flat_map(|value| -> Vec<&Value> {
                match (&value.data, *name) {
                    (Data::List(items), "*") => items.iter().collect(),
                    (Data::Map(entries), "*") => entries.iter().map(|(_, it)| it).collect(),
                    _ => value.get(name).into_iter().collect(),
                }
            })
            .collect();
    }
    values
}

/// Whether `text` is a time as Go writes it: `1m30s`, `500ms`.
fn is_time(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    let mut parts = 0;
    while !rest.is_empty() {
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if unit.len() == rest.len() {
            return false;
        }
        // The longer units begin like shorter ones.
        let units = ["ns", "us", "µs", "μs", "ms", "h", "m", "s", "d", "w", "y"];
        let Some(behind) = units.iter().find_map(|it| unit.strip_prefix(it)) else {
            return false;
        };
        rest = behind;
        parts += 1;
    }
    parts > 0
}

#[cfg(test)]
mod tests {
    use super::is_time;

    #[test]
    fn times_are_those_of_go() {
        for right in ["5s", "1m30s", "500ms", "1.5h", "0", "10us", "1h0m"] {
            assert!(is_time(right), "{right}");
        }
        for wrong in ["", "5", "5 s", "five", "s", "5sec"] {
            assert!(!is_time(wrong), "{wrong}");
        }
    }
}
