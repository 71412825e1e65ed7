//! The files of a compose project: the one that is loaded, and what it includes
//! and extends.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::interpolate::Variables;
use super::merge::merge_service;
use super::read::read;
use super::rules::{
    circular_compose_file as circular, invalid_compose_file as invalid,
    missing_compose_file as missing, unknown_compose_service as unknown_service,
};
use super::{Compose, beside, dotenv, entries, is_remote, keys, shape};
use crate::kubernetes::{Data, Key, Value};
use crate::source::{FileId, ReadError, Span, Text, Texts};

/// How deep files include each other, and services extend each other, at most. What
/// is deeper is left to the run.
const MAX_DEPTH: usize = 50;

/// How many files are included at most.
const MAX_INCLUDED: usize = 500;

/// The sections whose entries have names.
pub(super) const SECTIONS: [&str; 5] = ["services", "volumes", "networks", "secrets", "configs"];

/// What the files of a project declare together.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// The entries of [`SECTIONS`], each name once.
    sections: HashMap<&'static str, Vec<(Key, Value)>>,
    /// The values of `COMPOSE_PROFILES`.
    pub(super) profiles: Vec<String>,
    /// The path of each file that was read.
    paths: HashMap<FileId, String>,
}

impl Project {
    /// The entries of a section.
    pub(super) fn section(&self, name: &str) -> &[(Key, Value)] {
        self.sections.get(name).map_or(&[], Vec::as_slice)
    }

    /// The path of the file in which `value` is written.
    pub(super) fn path_of(&self, value: &Value) -> Option<&str> {
        self.paths.get(&value.at.file).map(String::as_str)
    }

    /// The names in a section.
    pub(super) fn names(&self, section: &str) -> BTreeSet<&str> {
        let entries = self.section(section).iter();
        entries.map(|(key, _)| key.name.as_str()).collect()
    }

    /// Adds what is not there yet. The order is that of the files.
    fn add(&mut self, name: &'static str, added: impl IntoIterator<Item = (Key, Value)>) {
        let section = self.sections.entry(name).or_default();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (place, (key, _)) in section.iter().enumerate() {
            places.insert(key.name.clone(), place);
        }
        for (key, value) in added {
            if !places.contains_key(&key.name) {
                places.insert(key.name.clone(), section.len());
                section.push((key, value));
            }
        }
    }
}

/// What `file`, which is at `path`, declares with the files that it names. What is
/// wrong goes to `compose`.
pub(super) fn load(
    texts: &mut dyn Texts,
    path: &str,
    file: &Text,
    compose: &mut Compose,
) -> Project {
    let mut loader = Loader {
        texts,
        compose,
        open: Vec::new(),
        included: 0,
        paths: HashMap::from([(file.file, path.to_owned())]),
    };
    let mut variables = Variables::default();
    loader.add_variables(path, ".env", &mut variables);
    let mut project = Project::default();
    let profiles = variables.get("COMPOSE_PROFILES").flatten();
    let profiles = profiles.unwrap_or_default().split(',');
    project.profiles = profiles.map(|it| it.trim().to_owned()).collect();
    loader.file(path, file, &variables, &mut project);
    project.paths = loader.paths;
    project
}

struct Loader<'l> {
    texts: &'l mut dyn Texts,
    compose: &'l mut Compose,
    /// The paths of the files that are being read, each included by the one before.
    open: Vec<String>,
    included: usize,
    /// The path of each file that was read.
    paths: HashMap<FileId, String>,
}

impl Loader<'_> {
    fn add_variables(&mut self, path: &str, name: &str, variables: &mut Variables) {
        if let Some(path) = beside(path, name)
            && let Ok(text) = self.texts.read(&path)
        {
            dotenv::read(&text.text, variables);
        }
    }

    /// Adds what a file declares to `project`. Of several documents, the later ones
    /// change what the earlier ones declare.
    fn file(&mut self, path: &str, text: &Text, variables: &Variables, project: &mut Project) {
        let mut own = Project::default();
        let before = self.compose.diagnostics.len();
        let documents = read(text, variables, self.compose);
        let is_broken = self.compose.diagnostics.len() > before;
        if !is_broken && documents.iter().all(|it| matches!(it.data, Data::Null)) {
            let start = Span::new(text.file, 0..0);
            self.compose.diagnostics.push(invalid::empty(start));
        }
        for root in documents {
            let mut added = Project::default();
            self.document(path, root, variables, &mut added);
            own = overlaid(own, added);
        }
        for name in SECTIONS {
            project.add(name, own.sections.remove(name).unwrap_or_default());
        }
    }

    fn document(&mut self, path: &str, root: Value, variables: &Variables, project: &mut Project) {
        if root.get("apiVersion").is_some() && root.get("kind").is_some() {
            if let Data::Map(entries) = &root.data {
                let at = entries.first().map_or(root.at, |(key, _)| key.at);
                self.compose.diagnostics.push(invalid::manifest(at));
            }
            self.compose.is_partial = true;
            return;
        }
        let before = self.compose.diagnostics.len();
        shape::check(&root, &mut self.compose.diagnostics);
        self.compose.is_partial |= self.compose.diagnostics.len() > before;
        // One mistake is told once: what a misspelt key holds seems to be missing.
        self.compose.is_partial |= keys::check(&root, &mut self.compose.diagnostics);
        let root = Rc::new(root);
        let mut extended = Extended {
            variables,
            roots: HashMap::from([(path.to_owned(), Some(root.clone()))]),
            resolved: HashMap::new(),
            open: Vec::new(),
        };
        let services = entries(root.get("services")).iter();
        let services: Vec<_> = services
            .map(|(key, value)| {
                let value = self.extended(path, &key.name, value, &mut extended);
                (key.clone(), value)
            })
            .collect();
        project.add("services", services);
        for name in SECTIONS.into_iter().skip(1) {
            project.add(name, entries(root.get(name)).iter().cloned());
        }
        self.open.push(path.to_owned());
        let included = root.get("include");
        let single = included.filter(|it| !matches!(it.data, Data::List(_) | Data::Null));
        let listed = included.map(Value::items).unwrap_or_default().iter();
        for include in listed.chain(single) {
            self.include(path, include, variables, project);
        }
        self.open.pop();
    }

    /// Adds the files of an entry of `include`: a path, or a mapping with `path`.
    fn include(
        &mut self,
        path: &str,
        include: &Value,
        variables: &Variables,
        project: &mut Project,
    ) {
        let paths = include.get("path").unwrap_or(include);
        let paths = match &paths.data {
            Data::List(paths) => paths.as_slice(),
            _ => std::slice::from_ref(paths),
        };
        let mut first = None;
        // Of several files, the later ones change what the earlier ones declare.
        let mut own = Project::default();
        for included in paths {
            let Some((included_path, text)) = self.read(path, included) else {
                continue;
            };
            self.included += 1;
            if self.open.contains(&included_path) {
                let cycle = circular::include(&included_path, included.at);
                self.compose.diagnostics.push(cycle);
                continue;
            }
            if self.open.len() >= MAX_DEPTH || self.included > MAX_INCLUDED {
                self.compose.is_partial = true;
                continue;
            }
            let first = first.get_or_insert_with(|| included_path.clone()).clone();
            let mut all = variables.clone();
            self.add_included_variables(path, &first, include, &mut all);
            let mut added = Project::default();
            self.file(&included_path, &text, &all, &mut added);
            own = overlaid(own, added);
        }
        for name in SECTIONS {
            project.add(name, own.sections.remove(name).unwrap_or_default());
        }
    }

    /// Adds the variables of an included file: those of its `env_file`, or of the
    /// `.env` in its folder.
    fn add_included_variables(
        &mut self,
        path: &str,
        included: &str,
        include: &Value,
        variables: &mut Variables,
    ) {
        let files = include.get("env_file");
        let single = files.and_then(Value::text);
        let listed = files.map(Value::items).unwrap_or_default().iter();
        let names: Vec<&str> = listed.filter_map(Value::text).chain(single).collect();
        let folder = include.get("project_directory").and_then(Value::text);
        match (files, folder) {
            (Some(_), _) => {
                for name in names {
                    self.add_variables(path, name, variables);
                }
            }
            (None, Some(folder)) => self.add_variables(path, &format!("{folder}/.env"), variables),
            (None, None) => self.add_variables(included, ".env", variables),
        }
    }

    /// The file that `name`, which is written in the file at `path`, leads to.
    fn read(&mut self, path: &str, name: &Value) -> Option<(String, Text)> {
        let written = name.text().filter(|it| !is_remote(it));
        let Some(written) = written else {
            self.compose.is_partial = true;
            return None;
        };
        let found = match beside(path, written) {
            Some(found) => self.texts.read(&found).map(|text| (found, text)),
            None => Err(ReadError::OutsideProject),
        };
        if let Ok((path, text)) = &found {
            self.paths.insert(text.file, path.clone());
        }
        found
            .map_err(|error| {
                self.compose.is_partial = true;
                // A file outside the repository may be there at run time.
                if error != ReadError::OutsideProject {
                    let missing = missing::diagnostic(written, &error, name.at);
                    self.compose.diagnostics.push(missing);
                }
            })
            .ok()
    }
}

/// The services that other ones extend.
struct Extended<'e> {
    variables: &'e Variables,
    /// The files that were read, by their path.
    roots: HashMap<String, Option<Rc<Value>>>,
    /// The services that were resolved, by file and name.
    resolved: HashMap<(String, String), Value>,
    /// The services that are being resolved, each extended by the one before.
    open: Vec<(String, String)>,
}

impl Loader<'_> {
    /// The service `name` of the file at `path`, with what it extends.
    fn extended(
        &mut self,
        path: &str,
        name: &str,
        service: &Value,
        known: &mut Extended<'_>,
    ) -> Value {
        let Some(extends) = service.get("extends") else {
            return service.clone();
        };
        let id = (path.to_owned(), name.to_owned());
        if let Some(resolved) = known.resolved.get(&id) {
            return resolved.clone();
        }
        known.open.push(id.clone());
        let base = self.base(path, extends, known);
        known.open.pop();
        let resolved = match base {
            Some(base) => merge_service(base, service),
            None => service.clone(),
        };
        known.resolved.insert(id, resolved.clone());
        resolved
    }

    /// The service that `extends`, written in the file at `path`, names.
    fn base(&mut self, path: &str, extends: &Value, known: &mut Extended<'_>) -> Option<Value> {
        let written = extends.get("service").unwrap_or(extends);
        let name = written.text()?;
        let path = match extends.get("file") {
            None => path.to_owned(),
            Some(file) => {
                let (path, text) = self.read(path, file)?;
                if !known.roots.contains_key(&path) {
                    let mut documents = read(&text, known.variables, self.compose);
                    // Which of several documents is meant is left to the run.
                    self.compose.is_partial |= documents.len() > 1;
                    let root = (!documents.is_empty()).then(|| Rc::new(documents.swap_remove(0)));
                    known.roots.insert(path.clone(), root);
                }
                path
            }
        };
        let root = known.roots.get(&path)?.clone()?;
        let services = root.get("services");
        let Some(base) = services.and_then(|it| it.get(name)) else {
            // It may be a service of a file that is included.
            if root.get("include").is_none() {
                let names = entries(services).iter().map(|(key, _)| key.name.as_str());
                let unknown = unknown_service::extended(name, written.at, names);
                self.compose.diagnostics.push(unknown);
            }
            self.compose.is_partial = true;
            return None;
        };
        let id = (path.clone(), name.to_owned());
        if known.open.contains(&id) {
            let cycle = circular::extends(name, written.at);
            self.compose.diagnostics.push(cycle);
            self.compose.is_partial = true;
            return None;
        }
        if known.open.len() >= MAX_DEPTH {
            self.compose.is_partial = true;
            return None;
        }
        Some(self.extended(&path, name, base, known))
    }
}

/// What `later` makes of `earlier`.
fn overlaid(mut earlier: Project, mut later: Project) -> Project {
    for (name, section) in &mut later.sections {
        let before = earlier.sections.remove(name).unwrap_or_default();
        let mut before: HashMap<String, (Key, Value)> = before
            .into_iter()
            .map(|entry| (entry.0.name.clone(), entry))
            .collect();
        for (key, value) in section.iter_mut() {
            if let Some((_, base)) = before.remove(&key.name)
                && *name == "services"
            {
                *value = merge_service(base, value);
            }
        }
        let mut rest: Vec<_> = before.into_values().collect();
        rest.sort_by_key(|(key, _)| key.at.start);
        section.extend(rest);
    }
    for (name, section) in earlier.sections {
        later.sections.entry(name).or_insert(section);
    }
    later
}
