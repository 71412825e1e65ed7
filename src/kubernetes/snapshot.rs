//! What the cluster has, as the caller of an analysis gives it.

mod error;
mod hide;
mod mask;

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::sync::Arc;

use super::copies::without_copies;
use super::read::{Objects, read};
use super::{Namespace, Object, SecretElsewhere};
use crate::source::{Digest, FileId, Position, SourceMap};

pub use error::SnapshotError;

/// The longest file that is read, in bytes. The secrets of a few dozen releases of
/// charts come to several megabytes.
pub(crate) const MAX_SNAPSHOT_FILE: usize = 64 << 20;

/// A namespace of a cluster, read from what `kubectl get … -o yaml` printed: once,
/// for all projects that are analyzed with it.
///
/// The values of its secrets are kept for matching them with images. They are shown
/// nowhere: the texts that messages point into do not have them.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The files that it was read from, without what secrets hold.
    pub(crate) sources: SourceMap,
    /// What they hold.
    pub(crate) namespace: Arc<Namespace>,
}

/// A file of a snapshot: Kubernetes objects as YAML or JSON, in several documents
/// or in a `List`.
#[derive(Clone)]
pub struct SnapshotFile {
    /// What messages and plans call it.
    pub path: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// The content may hold secrets.
impl fmt::Debug for SnapshotFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SnapshotFile");
        shown.field("path", &self.path).finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Reads the namespace `namespace` from `files`. Without a name, they have to
    /// hold a single one.
    ///
    /// Objects that do not say where they are belong to the namespace.
    ///
    /// # Errors
    /// A file that is no list of Kubernetes objects, or a choice of namespaces that
    /// is not made.
    pub fn read(files: &[SnapshotFile], namespace: Option<&str>) -> Result<Self, SnapshotError> {
        let mut sources = SourceMap::default();
        let mut objects = Vec::new();
        for file in files {
            objects.append(&mut read_file(file, &mut sources)?);
        }
        let name = choose(&objects, namespace)?;
        let is_own = |it: &Object| it.namespace.is_none() || it.namespace == name;
        let secrets_elsewhere = objects.iter().filter(|it| !is_own(it) && it.is_secret());
        let secrets_elsewhere = secrets_elsewhere.map(|it| SecretElsewhere {
            namespace: it.namespace.clone().unwrap_or_default(),
            name: it.name.clone(),
        });
        let secrets_elsewhere = Arc::new(secrets_elsewhere.collect());
        objects.retain(is_own);
        let mut objects = each_once(objects);
        let secrets = objects.iter().filter(|it| it.is_secret()).cloned();
        let secrets = Arc::new(secrets.collect());
        objects.iter_mut().for_each(hide::hide);
        Ok(Self {
            sources,
            namespace: Arc::new(Namespace {
                name,
                objects: Arc::new(without_copies(objects)),
                secrets,
                secrets_elsewhere,
            }),
        })
    }

    /// The name of its namespace, if that is known.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        self.namespace.name.as_deref()
    }
}

/// The objects without those that come again later: files may overlap.
fn each_once(mut objects: Vec<Object>) -> Vec<Object> {
    let mut seen = HashSet::new();
    objects.reverse();
    objects.retain(|it| {
        let group = it
            .api_version
            .rsplit_once('/')
            .map_or("", |(group, _)| group);
        let key = (group.to_owned(), it.kind.clone(), it.name.clone());
        it.name.is_empty() || seen.insert(key)
    });
    objects.reverse();
    objects
}

/// The name of the one namespace that is meant.
fn choose(objects: &[Object], wanted: Option<&str>) -> Result<Option<String>, SnapshotError> {
    let names = objects.iter().filter_map(|it| it.namespace.as_deref());
    let names: BTreeSet<&str> = names.collect();
    let owned = || names.iter().map(|it| (*it).to_owned()).collect();
    match wanted {
        Some(wanted) if names.is_empty() || names.contains(wanted) => Ok(Some(wanted.to_owned())),
        Some(wanted) => Err(SnapshotError::NoSuchNamespace {
            wanted: wanted.to_owned(),
            known: owned(),
        }),
        None if names.len() > 1 => Err(SnapshotError::SeveralNamespaces(owned())),
        None => Ok(names.first().map(|it| (*it).to_owned())),
    }
}

/// Reads the objects of `file`, and keeps its text in `sources` without what its
/// secrets hold.
fn read_file(file: &SnapshotFile, sources: &mut SourceMap) -> Result<Vec<Object>, SnapshotError> {
    let path = || file.path.clone();
    if file.content.len() > MAX_SNAPSHOT_FILE {
        return Err(SnapshotError::TooLarge { path: path() });
    }
    let Ok(text) = str::from_utf8(&file.content) else {
        return Err(SnapshotError::NotText { path: path() });
    };
    let next = sources.iter().count();
    let id = FileId::from_index(u32::try_from(next).unwrap_or(u32::MAX));
    let mut found = read(id, text);
    if let Some(error) = refusal(file, text, &found) {
        return Err(error);
    }
    for object in &mut found.objects {
        object.drop_managed_fields();
    }
    let masked = mask::without_secrets(text, &found);
    sources.add_given(path(), masked, Digest::of(&file.content));
    Ok(found.objects)
}

/// Why the file is no list of Kubernetes objects, if it is none.
fn refusal(file: &SnapshotFile, text: &str, found: &Objects) -> Option<SnapshotError> {
    let place = |offset: u32| {
        let mut map = SourceMap::default();
        let id = map.add("", text);
        map.file(id).position(offset as usize)
    };
    let path = || file.path.clone();
    if let Some(problem) = found.problems.first() {
        let Position { line, .. } = place(problem.span.start);
        return Some(SnapshotError::NotYaml { path: path(), line });
    }
    if let Some(span) = found.too_much {
        let Position { line, .. } = place(span.start);
        return Some(SnapshotError::TooManyAliases { path: path(), line });
    }
    let nameless = found.objects.iter().filter(|it| it.kind.is_empty());
    let spans = nameless
        .map(|it| it.value.at)
        .chain(found.strays.iter().copied());
    let Position { line, .. } = place(spans.map(|it| it.start).min()?);
    Some(SnapshotError::NoObject { path: path(), line })
}

#[cfg(test)]
mod tests;
