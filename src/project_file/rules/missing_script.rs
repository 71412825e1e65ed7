//! Scripts that are not there.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::{Located, ReadError, SourceMap, Sources, is_script};
use crate::suggest::nearest;

declare_rule! {
    /// The project file names a script that is not there.
    ///
    /// ## Why is this wrong?
    /// The path starts at the repository's root, wherever the script stands. Without
    /// the script, there is no environment.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raft  # error: "there is no file `env.raft`"
    /// host: direct
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// ```
    "missing-script" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// `path`, written as `written`, could not be read. `other` is the script that the
/// project file names for something else.
pub(crate) fn diagnostic(
    sources: &dyn Sources,
    map: &SourceMap,
    (written, path): (&Located<String>, &str),
    other: Option<&str>,
    error: &ReadError,
) -> Diagnostic {
    let span = written.span;
    match error {
        ReadError::NotFound => {
            let diagnostic = RULE.at(span, format!("there is no file `{path}`"));
            with_nearest(sources, map, (written, path), other, diagnostic)
        }
        ReadError::IsDirectory => {
            let shown = if path.is_empty() { "." } else { path };
            let diagnostic = RULE.at(span, format!("`{shown}` is a folder, not a script"));
            match scripts_in(sources, path).as_slice() {
                [script] => diagnostic.help(format!("write `{script}`")).fix(
                    Safety::Unsafe,
                    format!("write `{script}`"),
                    span,
                    script,
                ),
                [first, ..] => diagnostic.help(format!("name the script in it: `{first}`?")),
                [] => diagnostic.help("name the script in it"),
            }
        }
        // The script itself may be read by somebody else, who does not know of this one.
        error => RULE.at(span, format!("the script `{path}` cannot be read: {error}")),
    }
}

fn with_nearest(
    sources: &dyn Sources,
    map: &SourceMap,
    (written, path): (&Located<String>, &str),
    other: Option<&str>,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let beside = sources.list(folder);
    let files: Vec<&str> = beside
        .iter()
        .map(String::as_str)
        .filter(|it| !it.ends_with('/') && other != Some(&joined(folder, it)))
        .collect();
    let scripts = || files.iter().copied().filter(|it| is_script(it));
    let similar = |candidate: &str| {
        // `env.raft` is close to `env.raftt`, `env.yml` is no script.
        is_script(candidate)
            || candidate.rsplit_once('.').map(|it| it.1) == name.rsplit_once('.').map(|it| it.1)
    };
    let near = nearest(name, files.iter().copied().filter(|it| similar(it)));
    let found = near
        .map(str::to_owned)
        .map(|it| joined(folder, &it))
        .or_else(|| {
            // In the folder there is one script only, or at the root one of that name.
            let mut scripts = scripts();
            let only = scripts.next().filter(|_| scripts.next().is_none());
            only.map(|it| joined(folder, it))
        });
    let found = found.or_else(|| {
        let root = sources.list("");
        let same = root.iter().find(|it| *it == name).cloned();
        same.filter(|_| !folder.is_empty())
    });
    let Some(found) = found else {
        return diagnostic.help("the path starts at the folder of `raftt.yml`");
    };
    let diagnostic = diagnostic.help(format!("did you mean `{found}`?"));
    let value = &written.value;
    match map.inside(written.span, value, 0..value.len()) {
        Some(inner) => {
            // A name that is a letter off is certain; the only script may be another one.
            let safety = match near {
                Some(_) => Safety::Safe,
                None => Safety::Unsafe,
            };
            diagnostic.fix(safety, format!("write `{found}`"), inner, found)
        }
        None => diagnostic,
    }
}

fn scripts_in(sources: &dyn Sources, folder: &str) -> Vec<String> {
    let names = sources.list(folder).into_iter();
    names
        .filter(|name| is_script(name))
        .map(|name| joined(folder, &name))
        .collect()
}

fn joined(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}
