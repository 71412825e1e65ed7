//! The projects of the files that are open, and how far each is known.
//!
//! A project is looked at while an open file may be one of its own. Its diagnostics
//! are shown while one is.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types as lsp;

use super::documents::{Document, Documents};
use super::run::{Evaluated, Outcome};
use crate::options::Options;
use crate::projects::{
    Membership, PROJECT_FILE, below, is_project_file, root_of_script, roots_above,
};
use crate::settings::FILE;
use crate::source::{DiskSources, Sources};

/// What tells projects apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) root: PathBuf,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// The project of this project file.
    ProjectFile(String),
    /// A script that no project reads.
    Script(String),
}

impl Key {
    fn project(root: &Path, file: &str) -> Self {
        Self {
            root: root.to_owned(),
            what: What::ProjectFile(file.to_owned()),
        }
    }

    /// What to analyze.
    pub(crate) fn options(&self, base: &Options) -> Options {
        let mut options = base.clone();
        match &self.what {
            What::ProjectFile(file) => options.project_file.clone_from(file),
            What::Script(script) => options.script = Some(script.clone()),
        }
        options
    }
}

/// A project that is looked at.
pub(crate) struct Project {
    pub(crate) key: Key,
    pub(crate) disk: Arc<dyn Sources + Send>,
    /// The job that runs.
    running: Option<u64>,
    /// Whether something has changed since the last job began.
    is_stale: bool,
    /// What is known of it. None before the first job has ended.
    pub(crate) known: Option<Arc<Evaluated>>,
}

impl Project {
    fn new(key: Key) -> Self {
        Self {
            disk: Arc::new(DiskSources::new(&key.root)),
            key,
            running: None,
            is_stale: true,
            known: None,
        }
    }

    fn is_settled(&self) -> bool {
        self.running.is_none() && !self.is_stale
    }

    /// What it has to do with the file at `path`.
    fn membership(&self, path: &Path) -> Option<Membership> {
        let path = below(&self.key.root, path)?;
        self.known.as_ref()?.members.find(&path)
    }

    /// Whether the file at `path` may matter to it.
    fn depends_on(&self, path: &Path) -> bool {
        let mut outside = self.known.iter().flat_map(|it| &it.outside);
        if outside.any(|it| path.starts_with(it) || it.starts_with(path)) {
            return true;
        }
        let Some(path) = below(&self.key.root, path) else {
            return false;
        };
        match &self.known {
            Some(known) if self.running.is_none() => known.dependencies.has(&path),
            // Nobody knows yet what the job that runs looks at.
            _ => true,
        }
    }
}

/// The projects of the files that are open.
#[derive(Default)]
pub(crate) struct Workspace {
    projects: BTreeMap<Key, Project>,
    next_job: u64,
}

impl Workspace {
    /// Takes in that the file or folder at `path` may be another now.
    pub(crate) fn touch(&mut self, path: &Path) {
        for project in self.projects.values_mut() {
            project.is_stale |= project.depends_on(path);
        }
    }

    /// Takes in that everything may be another now.
    pub(crate) fn touch_all(&mut self) {
        for project in self.projects.values_mut() {
            project.is_stale = true;
        }
    }

    /// Looks at the projects that `documents` may belong to, and at no others.
    /// `folder_of` tells the folder that a script's paths count from.
    pub(crate) fn look_at(&mut self, documents: &Documents, folder_of: impl Fn(&Path) -> PathBuf) {
        let mut wanted = BTreeSet::new();
        for document in documents.iter() {
            let Some(path) = &document.path else {
                continue;
            };
            let mut keys = candidates(path, documents);
            if let Some(key) = self.alone(document, &keys, documents, &folder_of) {
                keys.push(key);
            }
            wanted.extend(keys);
        }
        self.projects.retain(|key, _| wanted.contains(key));
        for key in wanted {
            let project = || Project::new(key.clone());
            self.projects.entry(key.clone()).or_insert_with(project);
        }
    }

    /// The script by itself, if no project reads it. While that is not known, it is
    /// as it was.
    fn alone(
        &self,
        document: &Document,
        candidates: &[Key],
        documents: &Documents,
        folder_of: impl Fn(&Path) -> PathBuf,
    ) -> Option<Key> {
        let path = document.path.as_ref().filter(|_| document.is_script())?;
        let folder = folder_of(path);
        let root = root_of_script(path, documents.buffers(), &folder);
        let key = Key {
            root: root.to_owned(),
            what: What::Script(below(root, path)?),
        };
        let of_candidates = || candidates.iter().map(|it| self.projects.get(it));
        let is_known = of_candidates().all(|it| it.is_some_and(|it| it.known.is_some()));
        let is_wanted = match is_known {
            true => of_candidates()
                .flatten()
                .all(|it| it.membership(path) != Some(Membership::Read)),
            false => self.projects.contains_key(&key),
        };
        is_wanted.then_some(key)
    }

    /// The projects whose jobs are to begin, as many as `most` allows to run at once.
    /// They count as begun.
    pub(crate) fn begin(&mut self, most: usize) -> Vec<(u64, &Project)> {
        let running = |it: &Project| it.running.is_some();
        let mut free = most.saturating_sub(self.projects.values().filter(|it| running(it)).count());
        let mut begun = Vec::new();
        for project in self.projects.values_mut() {
            if free == 0 {
                break;
            }
            if project.is_stale && project.running.is_none() {
                free -= 1;
                self.next_job += 1;
                project.running = Some(self.next_job);
                project.is_stale = false;
                begun.push((self.next_job, &*project));
            }
        }
        begun
    }

    /// Takes in what came of a job; gives the words about a bug of ours. What was
    /// overtaken by a change is dropped: another job is to come.
    pub(crate) fn accept(&mut self, outcome: Outcome) -> Option<String> {
        let mut projects = self.projects.values_mut();
        let project = projects.find(|it| it.running == Some(outcome.number))?;
        project.running = None;
        match outcome.result {
            Ok(_) if project.is_stale => None,
            Ok(evaluated) => {
                project.known = Some(Arc::new(evaluated));
                None
            }
            Err(message) => {
                // What was known is of another text.
                project.known = Some(Arc::default());
                Some(message)
            }
        }
    }

    /// Whether all is known.
    pub(crate) fn is_settled(&self) -> bool {
        self.projects.values().all(Project::is_settled)
    }

    /// Whether all is known about the file at `path`. A project that it does not
    /// belong to may take its time.
    pub(crate) fn knows(&self, path: &Path) -> bool {
        let mut above = self.above(path);
        above.all(|it| it.is_settled() || it.known.is_some() && it.membership(path).is_none())
    }

    fn above(&self, path: &Path) -> impl Iterator<Item = &Project> {
        let projects = self.projects.values();
        projects.filter(move |it| path.starts_with(&it.key.root))
    }

    /// The innermost project that the file at `path` belongs to, as far as that is known.
    pub(crate) fn owner(&self, path: &Path) -> Option<&Project> {
        let owners = self.above(path).filter(|it| it.membership(path).is_some());
        owners.max_by_key(|it| it.key.root.components().count())
    }

    /// What is there to say about each file. Of what several projects say, each is
    /// said once.
    pub(crate) fn diagnostics(
        &self,
        documents: &Documents,
    ) -> BTreeMap<PathBuf, Vec<lsp::Diagnostic>> {
        let mut all: BTreeMap<PathBuf, Vec<lsp::Diagnostic>> = BTreeMap::new();
        for project in self.projects.values() {
            let paths = || documents.iter().filter_map(|it| it.path.as_deref());
            let Some(known) = &project.known else {
                continue;
            };
            if !paths().any(|it| project.membership(it).is_some()) {
                continue;
            }
            for (path, found) in &known.diagnostics {
                let of_file = match all.entry(path.clone()) {
                    Entry::Vacant(place) => {
                        place.insert(found.clone());
                        continue;
                    }
                    Entry::Occupied(of_file) => of_file.into_mut(),
                };
                for diagnostic in found {
                    if !of_file.contains(diagnostic) {
                        of_file.push(diagnostic.clone());
                    }
                }
            }
        }
        all
    }

    /// Every file that a project depends on, and every folder, by whole path.
    pub(crate) fn dependencies(&self) -> (BTreeSet<PathBuf>, BTreeSet<PathBuf>) {
        let (mut files, mut folders) = (BTreeSet::new(), BTreeSet::new());
        for project in self.projects.values() {
            if let Some(known) = &project.known {
                let whole = |it: &String| project.key.root.join(it);
                files.extend(known.dependencies.files.iter().map(whole));
                folders.extend(known.dependencies.folders.iter().map(whole));
                // A snapshot may be a file or a folder.
                files.extend(known.outside.iter().cloned());
                let snapshots = known.outside.iter().filter(|it| !it.ends_with(FILE));
                folders.extend(snapshots.cloned());
            }
        }
        (files, folders)
    }
}

/// The projects that the file at `path` may belong to.
fn candidates(path: &Path, documents: &Documents) -> Vec<Key> {
    let roots = roots_above(path, documents.buffers());
    let mut keys: Vec<_> = roots.map(|it| Key::project(it, PROJECT_FILE)).collect();
    // A project file by another name says what is wrong with its name.
    let name = path.file_name().and_then(|it| it.to_str());
    if let (Some(root), Some(name)) = (path.parent(), name)
        && is_project_file(path)
        && name != PROJECT_FILE
    {
        keys.push(Key::project(root, name));
    }
    keys
}
