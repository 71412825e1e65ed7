//! The baseline: mistakes that were there when a team began to check, which are not
//! reported until they change.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::projects::Target;
use super::{Console, Failure};
use crate::analyze::Analysis;
use crate::diagnostic::Diagnostic;
use crate::projects::below;
use crate::render::text::counted;
use crate::source::{Digest, read_file};
use crate::write::create;

/// The baseline where none is named.
const FILE: &str = "raftt-baseline.json";

/// How much of a digest tells mistakes of one rule in one file apart.
const DIGEST: usize = 24;

#[derive(Debug, Serialize, Deserialize)]
struct Document {
    version: u32,
    mistakes: Vec<Known>,
}

/// A mistake that is known, and how often it is there. Of the line, which may hold
/// what nobody else should see, there is only a digest.
#[derive(Debug, Serialize, Deserialize)]
struct Known {
    path: String,
    rule: String,
    digest: String,
    count: usize,
}

/// What a mistake is known by: file, rule, and a digest of its message and its line,
/// so that it may move.
type Key = (String, String, String);

/// The mistakes that are known, and how often each.
#[derive(Debug)]
struct Baseline {
    folder: PathBuf,
    left: BTreeMap<Key, usize>,
    /// The files in which mistakes were looked for.
    checked: BTreeSet<String>,
}

impl Baseline {
    /// Reads the baseline at `path`, which is shown as `shown`.
    fn read(path: &Path, shown: &str) -> Result<Self, Failure> {
        let bytes = read_file(path).map_err(|error| {
            Failure::usage(format!("the baseline `{shown}` cannot be read: {error}"))
        })?;
        let document: Document = serde_json::from_slice(&bytes).map_err(|error| {
            Failure::usage(format!(
                "the baseline `{shown}` is none: {error}; `--write-baseline` writes it anew"
            ))
        })?;
        if document.version != 1 {
            let version = document.version;
            return Err(Failure::usage(format!(
                "the baseline `{shown}` is of version {version}, and this program reads version 1"
            )));
        }
        let known = document.mistakes.into_iter();
        let left = known.map(|it| ((it.path, it.rule, it.digest), it.count));
        Ok(Self {
            folder: folder(path),
            left: left.collect(),
            checked: BTreeSet::new(),
        })
    }

    /// Takes what is known out of `analysis`.
    fn apply(&mut self, target: &Target, analysis: &mut Analysis) {
        for (_, file) in analysis.sources.iter() {
            self.checked
                .extend(below(&self.folder, &target.root.join(&file.path)));
        }
        let mut diagnostics = std::mem::take(&mut analysis.diagnostics);
        diagnostics.retain(|it| {
            let Some(key) = key(&self.folder, target, analysis, it) else {
                return true;
            };
            match self.left.get_mut(&key) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        analysis.diagnostics = diagnostics;
    }

    /// How many of the mistakes are gone from the files that were looked at.
    fn gone(&self) -> usize {
        let checked = self.left.iter().filter(|it| self.checked.contains(&it.0.0));
        checked.map(|it| it.1).sum()
    }
}

/// Leaves out what the projects' baselines know: the one that is `given`, or those
/// that their settings name. What is gone from them is told if `is_told`.
pub(super) fn apply(
    given: Option<&Path>,
    projects: &mut [(Target, Analysis)],
    is_told: bool,
    console: &Console,
) -> Result<(), Failure> {
    let given = given.map(|it| console.folder.join(it));
    let mut baselines: BTreeMap<PathBuf, Baseline> = BTreeMap::new();
    for (target, analysis) in projects {
        let named = || target.settings.as_ref()?.baseline();
        let Some(path) = given.clone().or_else(named) else {
            continue;
        };
        let baseline = match baselines.entry(path) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let read = Baseline::read(place.key(), &shown(place.key(), console))?;
                place.insert(read)
            }
        };
        baseline.apply(target, analysis);
    }
    let gone: usize = baselines.values().map(Baseline::gone).sum();
    if gone > 0 && is_told {
        let mistakes = counted(
            gone,
            "mistake of the baseline is",
            "mistakes of the baseline are",
        );
        console.say(&format!(
            "note: {mistakes} gone; `check --write-baseline` refreshes it\n"
        ));
    }
    Ok(())
}

/// Writes all that was found as the baseline at `path`; if that is empty, where the
/// settings want it.
pub(super) fn write(
    path: &Path,
    projects: &[(Target, Analysis)],
    console: &Console,
) -> Result<(), Failure> {
    let mut settings = projects.iter().filter_map(|it| it.0.settings.as_ref());
    let path = match path.as_os_str().is_empty() {
        true => settings.find_map(|it| it.baseline()),
        false => Some(console.folder.join(path)),
    };
    let path = path.unwrap_or_else(|| console.folder.join(FILE));
    let count = write_to(&path, projects)?;
    let mistakes = counted(count, "mistake", "mistakes");
    console.say(&format!("{mistakes} in `{}`\n", shown(&path, console)));
    Ok(())
}

fn shown(path: &Path, console: &Console) -> String {
    let shown = below(&console.folder, path);
    shown.unwrap_or_else(|| path.display().to_string())
}

/// Writes what was found to `path`; how much that is.
fn write_to(path: &Path, projects: &[(Target, Analysis)]) -> Result<usize, Failure> {
    let folder = folder(path);
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for (target, analysis) in projects {
        let found = analysis.diagnostics.iter();
        for key in found.filter_map(|it| key(&folder, target, analysis, it)) {
            *counts.entry(key).or_default() += 1;
        }
    }
    let total = counts.values().sum();
    let mistakes = counts
        .into_iter()
        .map(|((path, rule, digest), count)| Known {
            path,
            rule,
            digest,
            count,
        });
    let document = Document {
        version: 1,
        mistakes: mistakes.collect(),
    };
    // It is plain data, which can always be written down.
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    create(path, format!("{text}\n").as_bytes()).map_err(|error| {
        let path = path.display();
        Failure::failed(format!(
            "the baseline `{path}` cannot be written: {}",
            error.kind()
        ))
    })?;
    Ok(total)
}

fn folder(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_owned()
}

/// What `diagnostic` is known by; none for what is not below the baseline's folder.
fn key(
    folder: &Path,
    target: &Target,
    analysis: &Analysis,
    diagnostic: &Diagnostic,
) -> Option<Key> {
    let file = analysis.sources.file(diagnostic.span.file);
    let path = below(folder, &target.root.join(&file.path))?;
    let start = diagnostic.span.start as usize;
    let before = file.text.get(..start)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let line = file.text[line..].lines().next().unwrap_or_default().trim();
    let digest = Digest::of(format!("{}\n{line}", diagnostic.message).as_bytes()).to_string();
    let digest = digest.get(..DIGEST).unwrap_or(&digest).to_owned();
    Some((path, diagnostic.rule.name.to_owned(), digest))
}
