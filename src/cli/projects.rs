//! From paths on the command line to projects.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::Failure;
use super::run::analyze_guarded;
use crate::analyze::Analysis;
use crate::options::Options;
use crate::projects::{
    Buffers, KnownSnapshots, Members, Membership, PROJECT_FILE, absolute, below, is_project_file,
    is_yaml, root_of_script, roots_above, shown_folder, within_repository,
};
use crate::settings::{self, Settings};
use crate::source::{DiskSources, Sources};

/// A project that is to be checked.
#[derive(Debug)]
pub(crate) struct Target {
    /// The project's root.
    pub(crate) root: PathBuf,
    /// The root from the working directory, as it is shown.
    pub(crate) folder: String,
    /// What to analyze in it.
    pub(crate) options: Options,
    /// The analysis, where finding the project needed one.
    pub(crate) analysis: Option<Analysis>,
    /// Files that are looked at as if they held something else.
    pub(crate) buffers: Buffers,
    /// The settings that the options follow.
    pub(crate) settings: Option<Arc<Settings>>,
}

impl Target {
    /// The file that the target is known by, from the root.
    pub(crate) fn file(&self) -> &str {
        let options = &self.options;
        options.script.as_deref().unwrap_or(&options.project_file)
    }

    /// The path that the target is known by, from the working directory.
    pub(crate) fn path(&self) -> String {
        format!("{}{}", self.folder, self.file())
    }

    /// Calls `use_sources` with the project's files.
    pub(crate) fn with_sources<T>(&self, use_sources: impl FnOnce(&dyn Sources) -> T) -> T {
        let disk = DiskSources::new(&self.root);
        use_sources(&self.buffers.over(&disk, &self.root))
    }
}

/// Finds the projects that `paths` mean, each once, by path.
///
/// A folder means every project below it, or else the one that it lies in; a
/// project file means its project; a script means the projects that read it, or itself where none does.
pub(crate) fn find(
    paths: &[PathBuf],
    options: &Options,
    working_directory: &Path,
) -> Result<Vec<Target>, Failure> {
    let mut search = Search::new(options, working_directory);
    for path in paths {
        search.add(path)?;
    }
    search.finish()
}

/// The project in the folder `folder` itself, if it is a project's root.
pub(crate) fn find_in(
    folder: &Path,
    options: &Options,
    working_directory: &Path,
) -> Result<Option<Target>, Failure> {
    let root = absolute(working_directory, folder);
    let mut search = Search::new(options, working_directory);
    if root.join(PROJECT_FILE).is_file() {
        let target = search.project(&root, OsStr::new(PROJECT_FILE));
        search.insert(target);
    }
    Ok(search.finish()?.pop())
}

/// Finds the projects of a file that is not on disk as it is given here.
pub(crate) fn find_for_buffer(
    path: &Path,
    content: Vec<u8>,
    options: &Options,
    working_directory: &Path,
) -> Result<Vec<Target>, Failure> {
    let mut search = Search::new(options, working_directory);
    let whole = absolute(working_directory, path);
    search.buffers.insert(whole.clone(), content);
    search.add_known_file(&whole, path)?;
    search.finish()
}

struct Search<'a> {
    options: &'a Options,
    working_directory: &'a Path,
    buffers: Buffers,
    /// What was found, by how it is shown.
    targets: BTreeMap<String, Target>,
    /// The projects that were analyzed to see what they read, by root.
    candidates: BTreeMap<PathBuf, Candidate>,
    /// The settings that were read, by file.
    settings: RefCell<BTreeMap<PathBuf, Result<Arc<Settings>, String>>>,
    snapshots: KnownSnapshots,
}

struct Candidate {
    target: Option<Target>,
    members: Members,
}

impl<'a> Search<'a> {
    fn new(options: &'a Options, working_directory: &'a Path) -> Self {
        Self {
            options,
            working_directory,
            buffers: Buffers::default(),
            targets: BTreeMap::new(),
            candidates: BTreeMap::new(),
            settings: RefCell::default(),
            snapshots: KnownSnapshots::default(),
        }
    }

    /// What was found, unless settings are wrong.
    fn finish(self) -> Result<Vec<Target>, Failure> {
        let wrong = self.settings.into_inner().into_values();
        match wrong.filter_map(Result::err).next() {
            Some(message) => Err(Failure {
                has_project: true,
                ..Failure::usage(message)
            }),
            None => Ok(self.targets.into_values().collect()),
        }
    }

    /// The settings of the project at `root`. What is wrong with them ends the search.
    fn settings(&self, root: &Path) -> Option<Arc<Settings>> {
        let file = settings::find(root)?;
        let mut known = self.settings.borrow_mut();
        let read = known.entry(file).or_insert_with_key(|file| {
            let read = settings::read(file, self.working_directory, &self.snapshots);
            read.outcome
                .map(Arc::new)
                .map_err(|wrong| wrong.to_string())
        });
        read.as_ref().ok().cloned()
    }

    fn add(&mut self, path: &Path) -> Result<(), Failure> {
        let whole = absolute(self.working_directory, path);
        let shown = path.display();
        let metadata = fs::metadata(&whole).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
                Failure::usage(format!("`{shown}` does not exist"))
            }
            _ => Failure::failed(format!("`{shown}` cannot be read: {error}")),
        })?;
        if metadata.is_dir() {
            return self.add_folder(&whole, path);
        }
        self.add_known_file(&whole, path)
    }

    /// Adds the projects of a file, if it is one that projects have.
    fn add_known_file(&mut self, path: &Path, given: &Path) -> Result<(), Failure> {
        if is_yaml(path) && !is_project_file(path) && !self.add_owners(path) {
            let given = given.display();
            return Err(Failure::usage(format!(
                "`{given}` is no project file (`{PROJECT_FILE}`), and no project reads it"
            )));
        }
        self.add_file(path);
        Ok(())
    }

    /// Adds every project below `folder`.
    fn add_folder(&mut self, folder: &Path, given: &Path) -> Result<(), Failure> {
        fs::read_dir(folder).map_err(|error| {
            Failure::failed(format!("`{}` cannot be read: {error}", given.display()))
        })?;
        let before = self.targets.len();
        let mut found = vec![folder.join(PROJECT_FILE)];
        found.retain(|it| it.is_file());
        let mut lookalike = None;
        let mut script = None;
        // Without `.git` a `.gitignore` still says what is generated or foreign.
        // The user's own ignore file is left out: what is checked must not depend
        // on the machine, and reading it takes a third of a short run.
        let mut walk = WalkBuilder::new(folder);
        let walk = walk.require_git(false).git_global(false).build();
        for entry in walk.flatten() {
            if entry.file_type().is_some_and(|kind| kind.is_dir()) {
                continue;
            }
            match entry.file_name().to_str() {
                Some(PROJECT_FILE) => found.push(entry.into_path()),
                Some("raftt.yaml") => lookalike = Some(entry.into_path()),
                Some(name) if name.ends_with(".raftt") || name.ends_with(".rft") => {
                    script = Some(entry.into_path())
                }
                _ => {}
            }
        }
        let is_empty = found.is_empty();
        for path in found {
            self.add_file(&path);
        }
        // A folder within a project means that project.
        if is_empty && let Some(root) = root_above(folder) {
            self.add_file(&root.join(PROJECT_FILE));
        }
        if is_empty && self.targets.len() == before {
            return Err(self.nothing_below(given, lookalike.as_deref(), script.as_deref()));
        }
        Ok(())
    }

    /// Says that a folder has no project, and what else may have been meant.
    fn nothing_below(
        &self,
        folder: &Path,
        lookalike: Option<&Path>,
        script: Option<&Path>,
    ) -> Failure {
        let show = |path: &Path| below(self.working_directory, path);
        let hint = match (lookalike.and_then(show), script.and_then(show)) {
            (Some(path), _) => format!("; Raftt does not read `{path}`: name it `{PROJECT_FILE}`"),
            (_, Some(path)) => format!("; to check a script alone, name it: `{path}`"),
            _ => String::new(),
        };
        let folder = folder.display();
        Failure::usage(format!(
            "there is no `{PROJECT_FILE}` in, below or above `{folder}`{hint}"
        ))
    }

    /// Adds the projects of a project file or a script.
    fn add_file(&mut self, path: &Path) {
        if is_project_file(path) {
            let root = path.parent().unwrap_or(self.working_directory);
            let target = match self
                .candidates
                .get_mut(root)
                .and_then(|it| it.target.take())
            {
                Some(target) => target,
                None => self.project(root, path.file_name().unwrap_or_default()),
            };
            self.insert(target);
        } else if !is_yaml(path) && !self.add_owners(path) {
            let target = self.script_alone(path);
            self.insert(target);
        }
    }

    fn insert(&mut self, target: Target) {
        self.targets.entry(target.path()).or_insert(target);
    }

    /// Adds the projects above `path` that it belongs to; whether one reads it.
    fn add_owners(&mut self, path: &Path) -> bool {
        let mut is_read = false;
        let roots: Vec<_> = roots_above(path, &self.buffers)
            .map(Path::to_owned)
            .collect();
        for root in roots {
            let Some(path) = below(&root, path) else {
                continue;
            };
            if !self.candidates.contains_key(&root) {
                let candidate = self.candidate(&root);
                self.candidates.insert(root.clone(), candidate);
            }
            let Some(candidate) = self.candidates.get_mut(&root) else {
                continue;
            };
            let Some(membership) = candidate.members.find(&path) else {
                continue;
            };
            is_read |= membership == Membership::Read;
            if let Some(target) = candidate.target.take() {
                self.insert(target);
            }
        }
        is_read
    }

    /// Analyzes the project at `root` to see what it reads.
    fn candidate(&self, root: &Path) -> Candidate {
        let mut target = self.project(root, OsStr::new(PROJECT_FILE));
        // A project that cannot be analyzed says so when it is checked itself.
        target.analysis = analyze_guarded(&target).ok();
        Candidate {
            members: target
                .analysis
                .as_ref()
                .map(Members::of)
                .unwrap_or_default(),
            target: Some(target),
        }
    }

    fn project(&self, root: &Path, file: &OsStr) -> Target {
        let options = Options {
            project_file: file.to_string_lossy().into_owned(),
            ..self.options.clone()
        };
        self.target(root, options)
    }

    /// A script that no project reads.
    fn script_alone(&self, path: &Path) -> Target {
        let root = root_of_script(path, &self.buffers, self.working_directory);
        let options = Options {
            script: below(root, path),
            ..self.options.clone()
        };
        self.target(root, options)
    }

    fn target(&self, root: &Path, mut options: Options) -> Target {
        let settings = self.settings(root);
        if let Some(settings) = &settings {
            settings.apply(root, &mut options);
        }
        Target {
            root: root.to_owned(),
            folder: shown_folder(self.working_directory, root),
            options,
            analysis: None,
            buffers: self.buffers.clone(),
            settings,
        }
    }
}

/// The root of the project that `folder` lies in, within the repository.
fn root_above(folder: &Path) -> Option<&Path> {
    let mut above = within_repository(folder).skip(1);
    above.find(|it| it.join(PROJECT_FILE).is_file())
}
