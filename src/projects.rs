//! Where projects are, and which files are whose: what the command line and the
//! language server need to know before they analyze one.

mod paths;
mod snapshot;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analyze::Analysis;
use crate::source::{OverlaySources, Sources, normalize_path};
#[cfg(feature = "cli")]
pub(crate) use paths::shown_folder;
pub(crate) use paths::{absolute, below};
pub(crate) use snapshot::{KnownSnapshots, Unusable, read as read_snapshot};

/// The name of a project file. Raftt reads no other.
pub(crate) const PROJECT_FILE: &str = "raftt.yml";

/// Whether `path` means to be a project file.
pub(crate) fn is_project_file(path: &Path) -> bool {
    // The second is no name that Raftt reads, but a file so named means to be one.
    let name = path.file_name().and_then(OsStr::to_str);
    matches!(name, Some(PROJECT_FILE | "raftt.yaml"))
}

/// Whether `path` is a YAML file, which is none of a project unless one reads it.
pub(crate) fn is_yaml(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str);
    matches!(extension, Some("yml" | "yaml"))
}

/// Files that are looked at as if they held something else than on disk, or were
/// there at all: an editor's buffers, standard input. By their whole path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Buffers(BTreeMap<PathBuf, Arc<[u8]>>);

impl Buffers {
    /// Has the file at `path` hold `content`.
    pub(crate) fn insert(&mut self, path: PathBuf, content: impl Into<Arc<[u8]>>) {
        self.0.insert(path, content.into());
    }

    /// Whether there is a file at `path`, here or on disk.
    pub(crate) fn have_file(&self, path: &Path) -> bool {
        self.0.contains_key(path) || path.is_file()
    }

    /// The files of the project at `root`: those of `disk`, and these in their place.
    pub(crate) fn over<'a>(&self, disk: &'a dyn Sources, root: &Path) -> OverlaySources<'a> {
        let mut overlay = OverlaySources::new(disk);
        for (path, content) in &self.0 {
            if let Some(path) = below(root, path) {
                overlay.replace(path, &content[..]);
            }
        }
        overlay
    }
}

/// The roots of the projects that `path` may belong to, from the innermost: the
/// folders above it with a project file.
pub(crate) fn roots_above<'a>(
    path: &'a Path,
    buffers: &'a Buffers,
) -> impl Iterator<Item = &'a Path> {
    let folders = path.ancestors().skip(1);
    folders.filter(|folder| buffers.have_file(&folder.join(PROJECT_FILE)))
}

/// `folder` and those above it, up to the root of the repository that it lies in.
pub(crate) fn within_repository(folder: &Path) -> impl Iterator<Item = &Path> {
    let mut is_outside = false;
    folder.ancestors().take_while(move |folder| {
        let is_within = !is_outside;
        is_outside = folder.join(".git").exists();
        is_within
    })
}

/// The folder that the paths of the script at `path` count from when no project reads
/// it: the root of the project that it lies in, else of the repository, else
/// `working_directory`.
pub(crate) fn root_of_script<'a>(
    path: &'a Path,
    buffers: &'a Buffers,
    working_directory: &'a Path,
) -> &'a Path {
    let mut folders = path.ancestors().skip(1);
    let repository = || folders.find(|folder| folder.join(".git").exists());
    roots_above(path, buffers)
        .next()
        .or_else(repository)
        .or_else(|| {
            path.starts_with(working_directory)
                .then_some(working_directory)
        })
        .or_else(|| path.parent())
        .unwrap_or(working_directory)
}

/// The files that belong to a project, by their paths from its root.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members {
    reads: BTreeSet<String>,
    /// The script of lifecycle hooks, which may be named without being read.
    hooks: Option<String>,
}

impl Members {
    /// The files that `analysis` has read.
    pub(crate) fn of(analysis: &Analysis) -> Self {
        let files = analysis.sources.iter().map(|(_, file)| file);
        let files = files.filter(|file| file.given.is_none());
        let project_file = analysis.project_file.as_ref();
        let hooks = project_file.and_then(|it| it.env_lifecycle_hooks.as_ref());
        Self {
            reads: files.map(|file| file.path.clone()).collect(),
            hooks: hooks.and_then(|it| normalize_path(&it.value.value)),
        }
    }

    /// What the project has to do with the file at `path`.
    pub(crate) fn find(&self, path: &str) -> Option<Membership> {
        if self.reads.contains(path) {
            return Some(Membership::Read);
        }
        (self.hooks.as_deref() == Some(path)).then_some(Membership::Named)
    }
}

/// What a project has to do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Membership {
    /// It reads the file, so that its diagnostics are about this file, too.
    Read,
    /// It only says that the file is there.
    Named,
}
