//! Keys that nothing reads.

use super::{invalid_yaml, misplaced_key, setting_in_wrong_file};
use crate::diagnostic::{Safety, Severity};
use crate::project_file::key::{Mapping, Unknown};
use crate::project_file::keys::{DirectOptions, PLACES, ProjectFile};
use crate::project_file::reader::Reader;
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;
use crate::yaml::{Entry, Kind, NodeId};

declare_rule! {
    /// A key is not known.
    ///
    /// ## Why is this wrong?
    /// A key that is not known has no effect, and nothing says so: with
    /// `workloadIdentityServiceAcount`, the controller runs as the default service
    /// account. Under `directOptions`, where all keys are known, that is an error.
    /// Keys that begin with `x-` are yours to use, for anchors.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAcount: raftt-controller  # error: "`workloadIdentityServiceAcount` is no key of `directOptions`"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "unknown-key" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["Y01", "Y03", "Y04"],
    }
}

/// How many unknown keys of a file are told one by one.
const MAX_TOLD: usize = 100;

/// The entries of a mapping.
#[derive(Clone, Copy, Debug)]
struct Of<'a> {
    /// The known keys that it has.
    known: &'a [&'static str],
    /// The entries with other keys.
    unknown: &'a [Entry],
}

/// Reports the entries of a `T` whose keys are not its own; `known` are its keys
/// that it has.
pub(crate) fn report<T: Mapping>(
    reader: &mut Reader<'_>,
    known: &[&'static str],
    unknown: &[Entry],
) {
    for entry in unknown {
        let span = reader.tree.span(entry.key);
        let Some(name) = reader.tree.name(entry.key) else {
            reader.report(
                RULE.at(span, "a key must be a text")
                    .severity(severity::<T>()),
            );
            continue;
        };
        // By convention, such keys hold what anchors share.
        if T::PATH.is_empty() && name.starts_with("x-") {
            continue;
        }
        if reader.unknown_keys_told > MAX_TOLD {
            return;
        }
        reader.unknown_keys_told += 1;
        if reader.unknown_keys_told > MAX_TOLD {
            let message = "there are more keys that are not known";
            reader.report(RULE.at(span, message).severity(severity::<T>()));
            return;
        }
        report_one::<T>(reader, Of { known, unknown }, name, span);
    }
}

fn report_one<T: Mapping>(reader: &mut Reader<'_>, of: Of<'_>, name: &str, span: Span) {
    let first = &of.unknown[..of.unknown.len().min(MAX_TOLD)];
    if let Some(diagnostic) = setting_in_wrong_file::key(reader, T::PATH, first, name, span) {
        reader.diagnostics.extend(diagnostic);
        return;
    }
    if name.trim() != name {
        reader.is_complete = false;
        reader.report(invalid_yaml::odd_space(name, span));
        return;
    }
    let elsewhere = place_of::<T>(name);
    if let Some((path, known)) = elsewhere
        && T::UNKNOWN != Unknown::Accepted
    {
        reader.is_complete = false;
        let mut diagnostic = misplaced_key::diagnostic(path, known, name, span, T::PATH);
        let entry = of
            .unknown
            .iter()
            .find(|it| reader.tree.span(it.key) == span);
        if let Some(entry) = entry.filter(|it| !it.is_merged)
            && path.is_empty()
            && T::PATH == DirectOptions::PATH
        {
            let is_alone = of.known.is_empty();
            diagnostic = misplaced_key::to_top_level(reader, *entry, known, is_alone, diagnostic);
        }
        reader.report(diagnostic);
        return;
    }
    let candidates = T::KEYS.iter();
    // Where a new key may come in, an old one is no guess.
    let current = candidates
        .clone()
        .filter(|it| it.status.replacement().is_none());
    let meant = nearest(name, current.map(|it| it.name))
        .or_else(|| {
            let meant = nearest(name, candidates.map(|it| it.name))?;
            (safety_of(name, meant) == Safety::Safe || T::UNKNOWN == Unknown::Accepted)
                .then_some(meant)
        })
        .map(|meant| (meant, safety_of(name, meant)))
        .or_else(|| Some((synonym::<T>(name)?, Safety::Unsafe)));
    if meant.is_none() && T::UNKNOWN == Unknown::Accepted {
        return;
    }
    if T::PATH.is_empty()
        && meant.is_none()
        && let Some((known, inner)) = setting_within(reader, of, span)
    {
        // What is meant for the top level is lost below a key that nobody knows.
        reader.is_complete = false;
        let at = reader.tree.span(inner);
        let written = reader.tree.name(inner).unwrap_or(known).to_owned();
        reader.report(misplaced_key::diagnostic("", known, &written, at, name));
        return;
    }
    reader.is_complete &= meant.is_none();
    let wrong = match T::PATH {
        "" => "is no known key of `raftt.yml`".to_owned(),
        path => format!("is no key of `{}`", shown(path)),
    };
    let diagnostic = RULE
        .at(span, format!("`{name}` {wrong}"))
        .severity(severity::<T>());
    let Some((meant, safety)) = meant else {
        let diagnostic = match below::<T>(name) {
            Some((path, known)) => {
                diagnostic.help(format!("did you mean `{known}`, below `{path}`?"))
            }
            None if T::PATH.is_empty() => {
                diagnostic.help(format!("{}; keys of your own begin with `x-`", all::<T>()))
            }
            None => diagnostic.help(all::<T>()),
        };
        reader.report(diagnostic);
        return;
    };
    let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
    let is_free = !is_given::<T>(reader, of, span, meant);
    let diagnostic = match reader.map.inside(span, name, 0..name.len()) {
        Some(inner) if is_free => {
            diagnostic.fix(safety, format!("rename to `{meant}`"), inner, meant)
        }
        _ => diagnostic,
    };
    reader.report(diagnostic);
}

/// The first key of the top level within the mapping below the unknown key at `span`.
fn setting_within(reader: &Reader<'_>, of: Of<'_>, span: Span) -> Option<(&'static str, NodeId)> {
    let tree = reader.tree;
    let entry = of.unknown.iter().find(|it| tree.span(it.key) == span)?;
    let Kind::Mapping(pairs) = tree.kind(entry.value) else {
        return None;
    };
    pairs.iter().take(MAX_TOLD).find_map(|pair| {
        let name = tree.name(pair.key)?;
        let mut keys = ProjectFile::KEYS.iter().map(|it| it.name);
        // `host` and `data` may mean anything elsewhere.
        let known = keys.find(|it| it.len() > 8 && it.eq_ignore_ascii_case(name))?;
        Some((known, pair.key))
    })
}

/// A letter or two in a long name are a slip; more may be another word.
fn safety_of(name: &str, meant: &str) -> Safety {
    let fold = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let distance = strsim::damerau_levenshtein(&fold(name), &fold(meant));
    if meant.len() > 6 && distance <= 2 {
        Safety::Safe
    } else {
        Safety::Unsafe
    }
}

fn severity<T: Mapping>() -> Severity {
    match T::UNKNOWN {
        Unknown::Error => Severity::Error,
        Unknown::Warning | Unknown::Accepted => Severity::Warning,
    }
}

/// Whether another key of the mapping, known or not, already says what `meant` would.
fn is_given<T: Mapping>(reader: &Reader<'_>, of: Of<'_>, span: Span, meant: &str) -> bool {
    let keys = || T::KEYS.iter().map(|it| it.name);
    let unknown = of
        .unknown
        .iter()
        .take(MAX_TOLD)
        .filter(|it| reader.tree.span(it.key) != span);
    let mut unknown = unknown.filter_map(|it| reader.tree.name(it.key));
    of.known.contains(&meant) || unknown.any(|it| nearest(it, keys()) == Some(meant))
}

/// The other place where `name` is a key.
pub(super) fn place_of<T: Mapping>(name: &str) -> Option<(&'static str, &'static str)> {
    let others = PLACES.iter().filter(|it| it.0 != T::PATH);
    others.into_iter().find_map(|(path, keys)| {
        let known = keys.iter().find(|it| it.name.eq_ignore_ascii_case(name))?;
        // `service` and `user` are too common to tell where they come from.
        let is_telling = path.is_empty() || known.name.len() > 8;
        is_telling.then_some((*path, known.name))
    })
}

/// Whether `name`, an unknown key at the top level, is probably an option of the controller.
pub(crate) fn is_meant_below(name: &str) -> bool {
    below::<ProjectFile>(name.trim()).is_some()
}

/// The key of the controller's options that `name`, at the top level, is close to.
fn below<T: Mapping>(name: &str) -> Option<(&'static str, &'static str)> {
    if !T::PATH.is_empty() {
        return None;
    }
    let keys = DirectOptions::KEYS.iter().map(|it| it.name);
    let known = nearest(name, keys).or_else(|| synonym::<DirectOptions>(name))?;
    Some((DirectOptions::PATH, known))
}

/// Names that people use for a key and that share few letters with it.
fn synonym<T: Mapping>(name: &str) -> Option<&'static str> {
    let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let folded = folded.to_ascii_lowercase();
    let has = |part: &str| folded.contains(part);
    match T::PATH {
        "" if has("definition") || ["env", "script", "environment"].contains(&folded.as_str()) => {
            Some("envDefinition")
        }
        "" if has("lifecycle") || folded == "hooks" => Some("envLifecycleHooks"),
        "directOptions" if has("serviceaccount") || has("workloadidentity") => {
            Some("workloadIdentityServiceAccount")
        }
        "directOptions" if has("local") || has("minikube") => Some("searchLocalDockerRegistry"),
        "secrets.*" if has("command") || has("input") => Some("inputcommand"),
        "secrets.*" if has("volume") || has("file") => Some("outputvolume"),
        "secrets.*" if has("env") => Some("outputenv"),
        _ => None,
    }
}

fn all<T: Mapping>() -> String {
    let current = T::KEYS
        .iter()
        .filter(|it| it.status.replacement().is_none());
    let names: Vec<_> = current.map(|it| format!("`{}`", it.name)).collect();
    match names.as_slice() {
        [] => "remove it".to_owned(),
        [one] => format!("the only key is {one}"),
        [names @ .., last] => format!("known keys are {} and {last}", names.join(", ")),
    }
}

/// A place as a person would say it.
pub(super) fn shown(path: &str) -> &str {
    match path {
        "secrets.*" => "secrets.<name>",
        path => path,
    }
}
