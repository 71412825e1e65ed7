//! `load` that leads nowhere.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::{ReadError, Span};
use crate::suggest::nearest;

declare_rule! {
    /// A `load` statement names a file or a name that is not there.
    ///
    /// ## Why is this wrong?
    /// `load("path", "name")` brings `name` from another script of the project,
    /// or from one of the modules that come with the language. Paths are
    /// relative to the project's root, also in scripts in subfolders. A script
    /// cannot load itself, not even through others.
    ///
    /// ## Example
    /// ```raftt
    /// load("encoding/json", "json")  # error: "no module or file `encoding/json`"
    /// load("encoding/yaml.star", "yml")  # error: "`encoding/yaml.star` has no `yml`"
    /// load("csv.star", "csv")  # error: "no module or file `csv.star`"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// load("encoding/json.star", "json")
    /// load("encoding/yaml.star", "yaml")
    /// load("encoding/csv.star", "csv")
    /// ```
    "broken-load" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The file or module `path` cannot be loaded. `known` are paths that could be meant.
pub(crate) fn unreadable<'k>(
    path: &str,
    error: &ReadError,
    known: impl IntoIterator<Item = &'k str> + Clone,
    span: Span,
) -> Diagnostic {
    let diagnostic = match error {
        ReadError::NotFound => {
            RULE.at(span, format!("there is no module or file `{path}` to load"))
        }
        error => RULE.at(span, format!("`{path}` cannot be loaded: {error}")),
    };
    match nearest(path, known.clone()).or_else(|| in_folder(path, known)) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None if *error == ReadError::OutsideProject => {
            diagnostic.help("scripts can load files of their own project only")
        }
        None => diagnostic.help("paths are relative to the project's root"),
    }
}

/// The module that has the name `path`, or one near it, in a folder.
fn in_folder<'k>(path: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Option<&'k str> {
    let name = |path: &'k str| path.rsplit('/').next().unwrap_or(path);
    let meant = nearest(path, known.clone().into_iter().map(name))?;
    known.into_iter().find(|it| name(it) == meant)
}

/// The module `path` does not export `name`.
pub(crate) fn missing<'k>(
    path: &str,
    name: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
    span: Span,
) -> Diagnostic {
    let diagnostic = RULE.at(span, format!("`{path}` has no `{name}`"));
    if let Some(meant) = nearest(name, known.clone()) {
        return diagnostic.help(format!("did you mean `{meant}`?"));
    }
    let known: Vec<_> = known
        .into_iter()
        .take(12)
        .map(|it| format!("`{it}`"))
        .collect();
    if known.is_empty() {
        diagnostic.help("it defines no names")
    } else {
        diagnostic.help(format!("it has {}", known.join(", ")))
    }
}

/// Loading `path` leads back to the script that loads it.
pub(crate) fn cycle(path: &str, through: &[String], span: Span) -> Diagnostic {
    let mut chain: Vec<_> = through.iter().map(|it| format!("`{it}`")).collect();
    chain.push(format!("`{path}`"));
    RULE.at(span, format!("`{path}` loads itself"))
        .help(format!("break the circle {}", chain.join(" → ")))
}
