//! Resources: the objects that one call loaded, by kind and name.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Content, Id, Kind, Model, Part, Slot, Thing, Volume, VolumeKind, Workload};
use crate::kubernetes::{Object, types};
use crate::script::builtins::volume as volume_object;
use crate::script::facts::{LoadedName, LoadedResources};
use crate::source::{Located, Span};

/// What `namespace_resources`, `load_docker_compose` and their like give.
#[derive(Clone, Debug)]
pub(crate) struct Resources {
    pub(crate) source: Source,
    /// The objects as they were loaded.
    loaded: Arc<Vec<Object>>,
    /// Where the objects stand in `loaded`, by kind and name.
    index: HashMap<(String, String), usize>,
    /// The objects that the script asked for, by kind and name, in the order in
    /// which it did.
    pub(crate) touched: Vec<((String, String), Id)>,
    /// The named volumes, by name.
    pub(crate) volumes: Vec<(String, Id)>,
    /// Whether there may be more than what is here: only the run knows.
    pub(crate) is_open: bool,
    /// The names of the images that a compose file has built.
    pub(crate) built: Vec<String>,
    /// The names of the services that are not started, their profile not being active.
    pub(crate) inactive: HashSet<String>,
    /// Whether the script handed them to something that is not known.
    pub(crate) is_escaped: bool,
}

/// Where resources come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Namespace,
    Compose,
    Chart,
    Manifests,
}

/// A name that was looked up in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lookup {
    /// Where it was looked for, in code.
    pub(crate) what: String,
    /// Its kind, in a sentence: `deployment`.
    pub(crate) kind: String,
    pub(crate) name: String,
    /// The names that are there.
    pub(crate) known: Vec<String>,
    /// The collections of the same resources that hold the name.
    pub(crate) elsewhere: Vec<String>,
    pub(crate) source: Source,
}

impl Resources {
    pub(crate) fn new(source: Source, loaded: Arc<Vec<Object>>, is_open: bool) -> Self {
        let key = |it: &Object| (Kind::of(&it.kind).collection, it.name.clone());
        let places = loaded.iter().enumerate();
        let index = places.map(|(place, it)| (key(it), place)).collect();
        Self {
            source,
            loaded,
            index,
            touched: Vec::new(),
            volumes: Vec::new(),
            is_open,
            built: Vec::new(),
            inactive: HashSet::new(),
            is_escaped: false,
        }
    }

    /// The objects as they were loaded.
    pub(crate) fn loaded(&self) -> &[Object] {
        &self.loaded
    }

    /// Whether they are the namespace's own.
    pub(crate) fn is_namespace(&self) -> bool {
        self.source == Source::Namespace
    }

    /// Whether they hold objects of a kind.
    pub(crate) fn has_kind(&self, collection: &str) -> bool {
        self.index.keys().any(|(known, _)| known == collection)
    }

    /// The names of the objects of a kind, sorted.
    pub(crate) fn names(&self, collection: &str) -> Vec<String> {
        let of_kind = self.index.keys().filter(|(known, _)| known == collection);
        let mut names: Vec<_> = of_kind.map(|(_, name)| name.clone()).collect();
        names.sort();
        names
    }

    /// The collections that hold `name`, sorted.
    fn collections_with(&self, name: &str) -> Vec<String> {
        let with = self.index.keys().filter(|(_, known)| known == name);
        let mut collections: Vec<_> = with.map(|(collection, _)| collection.clone()).collect();
        collections.sort();
        collections
    }

    fn touched(&self, collection: &str, name: &str) -> Option<Id> {
        let mut touched = self.touched.iter();
        touched.find_map(|((kind, known), id)| (kind == collection && known == name).then_some(*id))
    }
}

impl Model {
    /// What every call that loads resources gave.
    pub(crate) fn loaded(&self) -> Vec<LoadedResources> {
        let entries = self.entries();
        let loaded = entries.filter_map(|(_, entry)| match &entry.thing {
            Thing::Resources(resources) => Some(LoadedResources {
                span: entry.from?,
                names: self.names_of(resources),
            }),
            _ => None,
        });
        loaded.collect()
    }

    fn names_of(&self, resources: &Resources) -> Vec<LoadedName> {
        let objects = resources.loaded.iter().map(|object| {
            let name = object.value.at_path(&["metadata", "name"]);
            LoadedName {
                collection: Kind::of(&object.kind).collection,
                name: Located::new(object.name.clone(), name.unwrap_or(&object.value).at),
            }
        });
        let volumes = resources.volumes.iter().filter_map(|(name, id)| {
            let Thing::Volume(volume) = &self.entry(*id).thing else {
                return None;
            };
            Some(LoadedName {
                collection: "namedvolumes".to_owned(),
                name: Located::new(name.clone(), volume.at),
            })
        });
        objects.chain(volumes).collect()
    }

    pub(crate) fn resources(&self, id: Id) -> Option<&Resources> {
        match &self.entry(id).thing {
            Thing::Resources(resources) => Some(resources),
            _ => None,
        }
    }

    pub(crate) fn resources_mut(&mut self, id: Id) -> Option<&mut Resources> {
        match &mut self.entry_mut(id).thing {
            Thing::Resources(resources) => Some(resources),
            _ => None,
        }
    }

    pub(crate) fn workload(&self, id: Id) -> Option<&Workload> {
        match &self.entry(id).thing {
            Thing::Workload(workload) => Some(workload),
            _ => None,
        }
    }

    pub(crate) fn workload_mut(&mut self, id: Id) -> Option<&mut Workload> {
        match &mut self.entry_mut(id).thing {
            Thing::Workload(workload) => Some(workload),
            _ => None,
        }
    }

    /// The object `name` of `kind` in the resources `id`.
    ///
    /// # Errors
    /// Nothing, once the lookup was remembered as refused: there is none, and the
    /// resources are known in full.
    pub(crate) fn find_object(
        &mut self,
        id: Id,
        kind: &Kind,
        name: &str,
        at: Span,
    ) -> Result<Id, ()> {
        let what = format!("{}.{}[{name:?}]", self.entry(id).what, kind.collection);
        let from = self.entry(id).from;
        let Some(resources) = self.resources(id) else {
            return Err(());
        };
        if let Some(touched) = resources.touched(&kind.collection, name) {
            return Ok(touched);
        }
        let key = (kind.collection.clone(), name.to_owned());
        let loaded = resources.loaded.clone();
        let object = resources.index.get(&key).map(|place| &loaded[*place]);
        // A snapshot may leave out whole kinds, and says nothing about them.
        let is_open = resources.is_open
            || (resources.source == Source::Namespace && !resources.has_kind(&kind.collection));
        if object.is_none() && !is_open {
            let lookup = Lookup {
                what: format!("{}.{}", self.entry(id).what, kind.collection),
                kind: kind.in_words(),
                name: name.to_owned(),
                known: resources.names(&kind.collection),
                elsewhere: resources.collections_with(name),
                source: resources.source,
            };
            if !self.accepted.contains(&lookup) {
                self.refused = Some(lookup);
                return Err(());
            }
        }
        let added = match object {
            Some(object) => self.add_loaded(object, kind, what, from),
            None => self.add_open(kind, Some(name), what, from, at),
        };
        if let Some(resources) = self.resources_mut(id) {
            resources.touched.push((key, added));
        }
        Ok(added)
    }

    /// Adds `object`, which was loaded.
    fn add_loaded(&mut self, object: &Object, kind: &Kind, what: String, from: Option<Span>) -> Id {
        let ty = types::similar_kind(&object.api_version, &object.kind);
        let root = self.import_object(&object.value, ty, &what, from);
        let name = object.value.at_path(&["metadata", "name"]);
        let workload = Workload {
            kind: Kind {
                kind: object.kind.clone(),
                ..kind.clone()
            },
            name: Some(object.name.clone()),
            api_version: object.api_version.clone(),
            root,
            at: name.map_or(object.value.at, |name| name.at),
            image_builder: None,
            mounts: Vec::new(),
            ports: Vec::new(),
            changed: None,
        };
        self.add(kind.object(), what, from, Thing::Workload(workload))
    }

    /// Adds an object of which only the run knows what it holds.
    pub(crate) fn add_open(
        &mut self,
        kind: &Kind,
        name: Option<&str>,
        what: String,
        from: Option<Span>,
        at: Span,
    ) -> Id {
        let fields = super::Fields {
            ty: types::similar_kind(kind.api_version, &kind.kind),
            fields: Vec::new(),
            is_open: true,
        };
        let root = self.add_part(what.clone(), from, Part::Fields(fields));
        if let (Some(name), Some((field, ty))) = (name, self.metadata_field(root)) {
            let metadata = self.read_field(root, &field, ty, at);
            if let Content::Object(metadata) = metadata
                && let Some(Part::Fields(fields)) = self.part_mut(metadata)
            {
                fields.set("name", Slot::new(Content::Text(name.to_owned()), at));
            }
        }
        let workload = Workload {
            kind: kind.clone(),
            name: name.map(str::to_owned),
            api_version: kind.api_version.to_owned(),
            root,
            at,
            image_builder: None,
            mounts: Vec::new(),
            ports: Vec::new(),
            changed: None,
        };
        self.add(kind.object(), what, from, Thing::Workload(workload))
    }

    /// The named volume `name` of the resources `resources`, which scripts reach
    /// through `id`.
    ///
    /// # Errors
    /// Nothing, once the lookup was remembered as refused.
    pub(crate) fn find_volume(
        &mut self,
        id: Id,
        resources: Id,
        name: &str,
        at: Span,
    ) -> Result<Id, ()> {
        let Some(held) = self.resources(resources) else {
            return Err(());
        };
        let mut volumes = held.volumes.iter();
        if let Some((_, volume)) = volumes.find(|(known, _)| known == name) {
            return Ok(*volume);
        }
        let lookup = Lookup {
            what: self.entry(id).what.clone(),
            kind: "volume".to_owned(),
            name: name.to_owned(),
            known: held.volumes.iter().map(|(name, _)| name.clone()).collect(),
            elsewhere: Vec::new(),
            source: held.source,
        };
        if !held.is_open && !self.accepted.contains(&lookup) {
            self.refused = Some(lookup);
            return Err(());
        }
        let what = format!("{}[{name:?}]", self.entry(id).what);
        let volume = Volume {
            kind: VolumeKind::Compose(name.to_owned()),
            at,
            is_mounted: false,
        };
        let volume = self.add(volume_object(), what, Some(at), Thing::Volume(volume));
        if let Some(held) = self.resources_mut(resources) {
            held.volumes.push((name.to_owned(), volume));
        }
        Ok(volume)
    }

    fn metadata_field(&self, root: Id) -> Option<(String, types::Type)> {
        match self.part(root) {
            Some(Part::Fields(fields)) => fields.resolve("metadata"),
            _ => None,
        }
    }
}
