//! `raftt-config.toml`: what a team decides once for all who check its projects.
//!
//! It lies beside `raftt.yml` or above it, within the repository; the nearest one
//! counts, whole. What is given on the command line or by an editor comes before it.

mod levels;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::kubernetes::Snapshot;
use crate::options::Options;
use crate::projects::{KnownSnapshots, Unusable, below, within_repository};
use crate::rules;
use crate::script::meant_run_time_value;
use crate::source::{Position, SourceFile, read_file};
use crate::suggest::nearest;
pub(crate) use levels::Word;
use levels::{Decided, RootLevels};

/// The name of a settings file.
pub(crate) const FILE: &str = "raftt-config.toml";

/// Stands for every rule in `[ignore]`.
const EVERY_RULE: &str = "*";

/// What a settings file says.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "raftt-config.toml")]
pub(crate) struct Document {
    /// How much the findings of rules weigh, by the names of the rules.
    #[schemars(with = "BTreeMap<String, Word>")]
    rules: BTreeMap<Spanned<String>, Word>,
    /// The rules that are not reported in some files, by patterns as in `.gitignore`,
    /// from this file's folder. `*` stands for every rule.
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    ignore: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Values that are known only at run time, such as `env_id`, by name.
    #[schemars(with = "BTreeMap<String, String>")]
    set: BTreeMap<Spanned<String>, String>,
    /// What the namespace has: files, or folders of them, from this file's folder.
    #[schemars(with = "Vec<String>")]
    namespace_snapshot: Vec<Spanned<String>>,
    /// The namespace to take from a snapshot that has several.
    namespace: Option<String>,
    /// The baseline: mistakes that are known and not reported, as `check
    /// --write-baseline` writes it, from this file's folder.
    baseline: Option<String>,
}

/// The settings of projects.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The file.
    #[cfg(feature = "cli")]
    pub(crate) path: PathBuf,
    folder: PathBuf,
    document: Document,
    decided: Arc<Decided>,
    snapshot: Option<Arc<Snapshot>>,
}

/// The settings file of the project at `root`, if there is one.
pub(crate) fn find(root: &Path) -> Option<PathBuf> {
    candidates(root).find(|file| file.is_file())
}

/// Where a settings file of the project at `root` may lie, the one that counts first.
pub(crate) fn candidates(root: &Path) -> impl Iterator<Item = PathBuf> {
    within_repository(root).map(|folder| folder.join(FILE))
}

/// What reading a settings file gave.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) outcome: Result<Settings, Box<Wrong>>,
    /// The files and folders of the snapshot that it names, whole paths.
    #[cfg(feature = "lsp")]
    pub(crate) snapshot: Vec<PathBuf>,
}

/// What is wrong with a settings file.
#[derive(Clone, Debug)]
pub(crate) struct Wrong {
    /// What is wrong, without where.
    pub(crate) message: String,
    /// The file, under its path as it is seen from the working directory.
    pub(crate) file: SourceFile,
    /// Where in it, where that can be told.
    pub(crate) range: Option<Range<usize>>,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, file, .. } = self;
        let path = &file.path;
        match &self.range {
            Some(range) => {
                let Position { line, column, .. } = file.position(range.start);
                write!(f, "{path}:{line}:{column}: {message}")
            }
            None => write!(f, "{path}: {message}"),
        }
    }
}

/// Reads the settings file at `path`, as seen from `working_directory`; a snapshot that
/// is among `snapshots` is not read anew.
pub(crate) fn read(path: &Path, working_directory: &Path, snapshots: &KnownSnapshots) -> Read {
    let shown = below(working_directory, path);
    let shown = shown.unwrap_or_else(|| path.display().to_string());
    let text = match read_file(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| "it is no UTF-8 text".to_owned()),
        Err(error) => Err(format!("it cannot be read: {error}")),
    };
    let (text, unreadable) = match text {
        Ok(text) => (text, None),
        Err(message) => (String::new(), Some(message)),
    };
    let file = SourceFile::new(shown, text.into());
    let wrong = |(range, message): (Option<Range<usize>>, String)| {
        Box::new(Wrong {
            message,
            file: file.clone(),
            range,
        })
    };
    let folder = path.parent().unwrap_or(working_directory);
    let document = match unreadable {
        Some(message) => Err((None, message)),
        None => document(&file.text).map_err(|(range, message)| (Some(range), message)),
    };
    let named = document
        .as_ref()
        .map_or(&[][..], |it| &it.namespace_snapshot);
    let named: Vec<_> = named.iter().map(|it| folder.join(it.get_ref())).collect();
    let outcome = document.map_err(wrong).and_then(|document| {
        let decided = Decided::new(folder, &document);
        let decided = decided.map_err(|(range, message)| wrong((Some(range), message)))?;
        let seen = named.iter().map(|it| seen_from(working_directory, it));
        let seen: Vec<_> = seen.collect();
        let namespace = document.namespace.as_deref();
        let snapshot = snapshots.read(&seen, namespace, working_directory);
        let snapshot = snapshot.map_err(|error| {
            let (Unusable::Wrong(message) | Unusable::Unreadable(message)) = error;
            let first = document.namespace_snapshot.first();
            wrong((first.map(Spanned::span), message))
        })?;
        Ok(Settings {
            #[cfg(feature = "cli")]
            path: path.to_owned(),
            folder: folder.to_owned(),
            document,
            decided: Arc::new(decided),
            snapshot,
        })
    });
    Read {
        outcome,
        #[cfg(feature = "lsp")]
        snapshot: named,
    }
}

/// What `text` says, or what is wrong with it, and where.
fn document(text: &str) -> Result<Document, (Range<usize>, String)> {
    let document: Document = toml::from_str(text).map_err(|error| {
        let range = error.span().unwrap_or_default();
        (range, in_our_words(error.message()))
    })?;
    match unknown_rule(&document).or_else(|| unknown_value(&document)) {
        Some(wrong) => Err(wrong),
        None => Ok(document),
    }
}

impl Settings {
    /// Has `options`, of the project at `root`, follow the settings where nothing else
    /// was decided.
    pub(crate) fn apply(&self, root: &Path, options: &mut Options) {
        for (name, value) in &self.document.set {
            let name = name.get_ref();
            if options.values.iter().all(|it| it.0 != *name) {
                options.values.push((name.clone(), value.clone()));
            }
        }
        if options.snapshot.is_none() {
            options.snapshot.clone_from(&self.snapshot);
        }
        let prefix = below(&self.folder, root).unwrap_or_default();
        options.levels = Some(Arc::new(RootLevels {
            decided: self.decided.clone(),
            prefix,
        }));
    }

    /// The baseline, if one is named.
    #[cfg(feature = "cli")]
    pub(crate) fn baseline(&self) -> Option<PathBuf> {
        let baseline = self.document.baseline.as_ref()?;
        Some(self.folder.join(baseline))
    }

    /// The settings, one on each line, as the file would say them.
    #[cfg(feature = "cli")]
    pub(crate) fn lines(&self) -> Vec<String> {
        let document = &self.document;
        let mut lines = Vec::new();
        for (name, word) in &document.rules {
            lines.push(format!("rules.{} = \"{}\"", name.get_ref(), word.name()));
        }
        for (pattern, names) in &document.ignore {
            let names: Vec<_> = names
                .iter()
                .map(|it| format!("{:?}", it.get_ref()))
                .collect();
            lines.push(format!(
                "ignore.{:?} = [{}]",
                pattern.get_ref(),
                names.join(", ")
            ));
        }
        for (name, value) in &document.set {
            lines.push(format!("set.{} = {value:?}", name.get_ref()));
        }
        if !document.namespace_snapshot.is_empty() {
            let named = document.namespace_snapshot.iter();
            let named: Vec<_> = named.map(Spanned::get_ref).collect();
            lines.push(format!("namespace-snapshot = {named:?}"));
        }
        lines.extend(
            document
                .namespace
                .iter()
                .map(|it| format!("namespace = {it:?}")),
        );
        lines.extend(
            document
                .baseline
                .iter()
                .map(|it| format!("baseline = {it:?}")),
        );
        lines
    }
}

/// The whole path as it is seen from `working_directory`.
fn seen_from(working_directory: &Path, whole: &Path) -> PathBuf {
    below(working_directory, whole).map_or_else(|| whole.to_owned(), PathBuf::from)
}

/// The first rule that is named and that there is none of, with its place.
fn unknown_rule(document: &Document) -> Option<(Range<usize>, String)> {
    let known: Vec<&str> = rules::all().iter().map(|it| it.name).collect();
    let ignored = document.ignore.values().flatten();
    let ignored = ignored.filter(|it| it.get_ref() != EVERY_RULE);
    let mut named: Vec<_> = document.rules.keys().chain(ignored).collect();
    named.sort_by_key(|it| it.span().start);
    let wrong = named
        .into_iter()
        .find(|it| !known.contains(&it.get_ref().as_str()))?;
    let name = wrong.get_ref();
    let help = match nearest(name, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`raftt-config rules` lists all".to_owned(),
    };
    Some((wrong.span(), format!("there is no rule `{name}`; {help}")))
}

/// The first value of the run that is named and certainly misspelt, with its place.
fn unknown_value(document: &Document) -> Option<(Range<usize>, String)> {
    document.set.keys().find_map(|name| {
        let meant = meant_run_time_value(name.get_ref())?;
        let message = format!("there is no `{}`; did you mean `{meant}`?", name.get_ref());
        Some((name.span(), message))
    })
}

/// The reader's words, with a suggestion for a misspelt key.
fn in_our_words(words: &str) -> String {
    let words = words.lines().next().unwrap_or_default();
    let mut quoted = words.split('`').skip(1).step_by(2);
    let Some(name) = quoted.next().filter(|_| words.starts_with("unknown ")) else {
        return words.to_owned();
    };
    let known: Vec<&str> = quoted.collect();
    let kind = match words.starts_with("unknown field") {
        true => "setting",
        false => "severity",
    };
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("there is no {kind} `{name}`; did you mean `{meant}`?"),
        None => {
            let known = known.join("`, `");
            format!("there is no {kind} `{name}`; known are `{known}`")
        }
    }
}
