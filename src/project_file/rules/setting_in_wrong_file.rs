//! Settings that stand in the other of the two files.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::project_file::reader::Reader;
use crate::rule::declare_rule;
use crate::source::Span;
use crate::yaml::Entry;

declare_rule! {
    /// A setting of the script stands in the project file, or the other way round.
    ///
    /// ## Why is this wrong?
    /// `raftt.yml` says which script to run and who the controller is
    /// (`directOptions`); the script says what the environment is, and calls
    /// `configure_cred_helper`. In the other file, neither is understood.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// configure_cred_helper(provider = "gcp")  # error: "belongs to the script"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// ```
    /// ```raftt
    /// configure_cred_helper(provider = "gcp")
    /// ```
    "setting-in-wrong-file" {
        severity: Error, since: "0.1.0", catalogue: ["C14"],
    }
}

/// The longest call that is looked at, in bytes.
const MAX_CALL: usize = 64 * 1024;

/// Keys that spell out a call of `configure_cred_helper`, in small letters alone.
const SCRIPT_KEYS: &[&str] = &[
    "configurecredhelper",
    "credhelper",
    "credhelpers",
    "provider",
    "registries",
];

/// How many calls of a file are told.
const MAX_CALLS: usize = 20;

/// The calls of functions, and assignments of their results, that begin lines of `text`.
pub(crate) fn calls(text: &str) -> Vec<Range<usize>> {
    let mut calls: Vec<Range<usize>> = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let start = line_start + (line.len() - line.trim_start_matches('\u{feff}').len());
        line_start += line.len();
        let is_inside = calls.last().is_some_and(|last| start < last.end);
        if is_inside || calls.len() == MAX_CALLS {
            continue;
        }
        if let Some(bracket) = opening(&text[start..line_start]) {
            calls.push(start..closing(text, start + bracket));
        }
    }
    calls
}

/// `text` with the calls made spaces.
pub(crate) fn without(text: &str, calls: &[Range<usize>]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut from = 0;
    for call in calls {
        result.push_str(&text[from..call.start]);
        let kept = |byte: u8| {
            if matches!(byte, b'\n' | b'\r') {
                byte
            } else {
                b' '
            }
        };
        result.extend(text[call.clone()].bytes().map(|byte| kept(byte) as char));
        from = call.end;
    }
    result.push_str(&text[from..]);
    result
}

/// Settings of the project file that people write into scripts.
pub(crate) const SETTINGS: &[&str] = &[
    "directOptions",
    "envDefinition",
    "envLifecycleHooks",
    "searchLocalDockerRegistry",
    "workloadIdentityServiceAccount",
];

/// The setting that `name`, which a script uses and nothing binds, stands for.
pub(crate) fn setting(name: &str) -> Option<&'static str> {
    let folded: String = name.chars().filter(|it| *it != '_').collect();
    let mut settings = SETTINGS.iter().copied();
    settings.find(|setting| setting.eq_ignore_ascii_case(&folded))
}

/// The setting `name` at `span` stands in a script.
pub(crate) fn in_script(name: &str, span: Span) -> Diagnostic {
    RULE.at(
        span,
        format!("`{name}` belongs to `raftt.yml`, not to the script"),
    )
    .help(match name {
        "searchLocalDockerRegistry" | "workloadIdentityServiceAccount" => {
            format!("move it to `raftt.yml`, indented below `directOptions:`: `{name}: …`")
        }
        _ => format!("move it to `raftt.yml`: `{name}: …`"),
    })
}

/// The call at `span` stands in the project file.
pub(crate) fn call(text: &str, span: Span) -> Diagnostic {
    let written = text.get(span.range()).unwrap_or_default();
    let name = written.split(['(', ' ', '=']).next().unwrap_or(written);
    let what = match written[name.len()..].trim_start().starts_with('=') {
        true => format!("`{name} = …`"),
        false => format!("`{name}(…)`"),
    };
    RULE.at(
        span,
        format!("{what} belongs to the script, not to `raftt.yml`"),
    )
    .help("move it to the file that `envDefinition` names")
}

/// What to say about the key `name` at `span`, one of the `entries` of the mapping
/// at `path`, if it is the script's: nothing where the key beside it said it already.
#[expect(clippy::option_option, reason = "known and told is not unknown")]
pub(crate) fn key(
    reader: &Reader<'_>,
    path: &str,
    entries: &[Entry],
    name: &str,
    span: Span,
) -> Option<Option<Diagnostic>> {
    if !["", "directOptions"].contains(&path) {
        return None;
    }
    let folded = fold(name);
    if !SCRIPT_KEYS.contains(&folded.as_str()) {
        return None;
    }
    // Several of them are parts of one call.
    let names = entries.iter().filter_map(|it| reader.tree.name(it.key));
    let mut script_keys = names
        .map(fold)
        .filter(|it| SCRIPT_KEYS.contains(&it.as_str()));
    if script_keys.next().is_some_and(|first| first != folded) {
        return Some(None);
    }
    let diagnostic = RULE
        .at(
            span,
            format!("`{name}` belongs to the script, not to `raftt.yml`"),
        )
        .help("in the script, write `configure_cred_helper(provider = \"…\", registries = […])`");
    Some(Some(diagnostic))
}

fn fold(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// Where the bracket of a call stands in `line`, if it is `name(` or `name = name(`.
fn opening(line: &str) -> Option<usize> {
    let after_name = |line: &str, from: usize| {
        let rest = &line[from..];
        let is_start = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let other = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
        let length = rest.find(other).unwrap_or(rest.len());
        is_start.then_some(from + length)
    };
    let skip =
        |line: &str, from: usize| from + (line.len() - from - line[from..].trim_start().len());
    let mut at = skip(line, after_name(line, 0)?);
    if let Some(rest) = line[at..].strip_prefix('=') {
        at = skip(line, line.len() - rest.len());
        at = skip(line, after_name(line, at)?);
    }
    line[at..].starts_with('(').then_some(at)
}

/// Where the call ends whose bracket stands at `bracket`: behind the bracket that
/// closes it, else at the end of its line.
fn closing(text: &str, bracket: usize) -> usize {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut is_escaped = false;
    for (offset, character) in text[bracket..].char_indices().take(MAX_CALL) {
        match (quote, character) {
            _ if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(open), character) if open == character => quote = None,
            (Some(_), '\n') | (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return bracket + offset + character.len_utf8();
                }
            }
            (None, _) => {}
        }
    }
    let line = &text[bracket..];
    bracket + line.find('\n').unwrap_or(line.len())
}
