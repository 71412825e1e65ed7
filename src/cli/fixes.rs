//! The fixes of a run: gathered over all projects, then shown or written. Projects
//! may share files, so a later one is fixed on top of what the earlier ones changed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::diff::{Reader, unified};
use super::projects::Target;
use super::run::guarded;
use crate::analyze::{Analysis, analyze};
use crate::diagnostic::Safety;
use crate::fix::{Change, Fixed, fix, ignore};
use crate::projects::below;
use crate::source::{DiskSources, OverlaySources, Sources};
use crate::write;

/// Changes that are made, but not written yet.
pub(crate) struct Fixes {
    safety: Safety,
    /// By the file's whole path.
    files: BTreeMap<PathBuf, File>,
    /// How many mistakes they concern.
    pub(crate) count: usize,
    /// Whether comments were written instead of fixes.
    pub(crate) is_ignoring: bool,
}

struct File {
    /// The root of the project whose fix changed it first.
    root: PathBuf,
    /// Its path from the working directory, as it is shown.
    shown: String,
    change: Change,
}

impl Fixes {
    pub(crate) fn new(safety: Safety) -> Self {
        Self {
            safety,
            files: BTreeMap::new(),
            count: 0,
            is_ignoring: false,
        }
    }

    /// Makes the fixes of a project; gives what is there to say about it afterwards.
    pub(crate) fn make(
        &mut self,
        target: &Target,
        analysis: &Analysis,
    ) -> Result<Analysis, String> {
        let safety = self.safety;
        self.change(target, analysis, |sources, analysis| {
            fix(sources, &target.options, analysis, safety)
        })
    }

    /// Writes comments for all that is reported of a project; gives what is there to
    /// say about it afterwards.
    pub(crate) fn ignore(
        &mut self,
        target: &Target,
        analysis: &Analysis,
        reason: &str,
    ) -> Result<Analysis, String> {
        self.is_ignoring = true;
        let reason = Some(reason.trim()).filter(|it| !it.is_empty());
        self.change(target, analysis, |sources, analysis| {
            ignore(sources, &target.options, analysis, |_, _| true, reason)
        })
    }

    fn change(
        &mut self,
        target: &Target,
        analysis: &Analysis,
        change: impl Fn(&dyn Sources, Analysis) -> Fixed,
    ) -> Result<Analysis, String> {
        let disk = DiskSources::new(&target.root);
        let mut sources = OverlaySources::new(&disk);
        for (path, content) in self.read_by(target, analysis) {
            sources.replace(path, content);
        }
        let is_current = sources.replaced().next().is_none();
        let Fixed {
            changes,
            count,
            analysis,
        } = guarded(target, || {
            let analysis = match is_current {
                true => analysis.clone(),
                false => analyze(&sources, &target.options),
            };
            change(&sources, analysis)
        })?;
        self.count += count;
        for change in changes {
            let file = self.files.entry(target.root.join(&change.path));
            file.and_modify(|file| file.change.after.clone_from(&change.after))
                .or_insert_with(|| File {
                    root: target.root.clone(),
                    shown: format!("{}{}", target.folder, change.path),
                    change,
                });
        }
        Ok(analysis)
    }

    /// The changes as a patch.
    pub(crate) fn patch(&self, reader: Reader) -> String {
        let files = self.files.values();
        files
            .map(|it| unified(&it.shown, &it.change, reader))
            .collect()
    }

    /// Writes the changes; says which files were left as they are, and why.
    pub(crate) fn write(&self) -> Vec<String> {
        let write = |file: &File| {
            let Change {
                path,
                before,
                after,
            } = &file.change;
            let result = write::replace(&file.root, path, before, after);
            result
                .err()
                .map(|error| format!("`{}` was not fixed: {error}", file.shown))
        };
        self.files.values().filter_map(write).collect()
    }

    /// Whether a project reads a file that is changed.
    pub(crate) fn concern(&self, target: &Target, analysis: &Analysis) -> bool {
        self.read_by(target, analysis).next().is_some()
    }

    /// The changed files that a project reads, from its root, with their new content.
    fn read_by(
        &self,
        target: &Target,
        analysis: &Analysis,
    ) -> impl Iterator<Item = (String, &[u8])> {
        self.files.iter().filter_map(|(whole, file)| {
            let path = below(&target.root, whole)?;
            analysis.sources.find(&path)?;
            Some((path, file.change.after.as_slice()))
        })
    }
}
