//! What the objects of a run add up to when it has ended.

use std::collections::{HashMap, HashSet};

use super::{Content, Id, Model, Part, Purpose, Resources, Source, Thing, VolumeKind};
use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Image, Object, Value, Workload, workloads};
use crate::script::rules::{undeployed_resources, unmounted_volume};
use crate::source::{Located, Span};
use crate::unknown::Unknown;

/// The workloads of an environment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Environment {
    pub(crate) workloads: Vec<Workload>,
    /// Whether the environment runs nothing else.
    pub(crate) is_complete: bool,
    /// The names of the secrets that come with them.
    pub(crate) secrets: Vec<String>,
}

/// How many parts of an object are looked at for changes.
const MAX_PARTS: usize = 10_000;

impl Model {
    /// The workloads that are deployed, and the ones that the namespace has.
    pub(crate) fn environment(&self) -> Environment {
        let mut environment = Environment {
            workloads: Vec::new(),
            is_complete: !self.deploys_unknown,
            secrets: Vec::new(),
        };
        let mut seen = HashSet::new();
        for deployed in &self.deployed {
            // The container of lifecycle hooks is gone before the environment is made.
            if deployed.purpose == Purpose::Setup || !seen.insert(deployed.resources) {
                continue;
            }
            let Some(resources) = self.resources(deployed.resources) else {
                continue;
            };
            environment.is_complete &= !resources.is_open;
            environment.workloads.extend(self.workloads(resources));
            let objects = resources.loaded().iter();
            environment.secrets.extend(objects.filter_map(secret_of));
        }
        let is_deployed = self
            .namespace_resources
            .is_some_and(|it| seen.contains(&it));
        match &self.namespace {
            Some(namespace) if !is_deployed => {
                environment.workloads.extend(workloads(&namespace.objects));
            }
            Some(_) => {}
            None => environment.is_complete &= self.namespace_resources.is_none(),
        }
        environment
    }

    /// The workloads of `resources`, as the script left them.
    fn workloads(&self, resources: &Resources) -> Vec<Workload> {
        let by_name: HashMap<(&str, &str), Id> = resources
            .touched
            .iter()
            .map(|((collection, name), id)| ((collection.as_str(), name.as_str()), *id))
            .collect();
        let mut objects = Vec::with_capacity(resources.loaded().len());
        let mut left: Vec<Id> = resources.touched.iter().map(|(_, id)| *id).collect();
        for loaded in resources.loaded() {
            let collection = super::Kind::of(&loaded.kind).collection;
            let touched = by_name.get(&(collection.as_str(), loaded.name.as_str()));
            if resources.inactive.contains(&loaded.name) {
                left.retain(|it| Some(it) != touched);
                continue;
            }
            match touched {
                Some(id) => {
                    left.retain(|it| it != id);
                    objects.extend(self.object(*id, loaded.namespace.clone()));
                }
                None => objects.push(loaded.clone()),
            }
        }
        objects.extend(left.into_iter().filter_map(|id| self.object(id, None)));
        let mut found = workloads(&objects);
        for workload in &mut found {
            let collection = super::Kind::of(&workload.kind).collection;
            let id = by_name.get(&(collection.as_str(), workload.name.as_str()));
            let touched = id.and_then(|id| self.workload(*id));
            if let Some(builder) = touched.and_then(|it| it.image_builder.as_ref())
                && let Some(container) = workload.first_container_mut()
            {
                container.image = match &builder.content {
                    Content::Unknown(unknown) => {
                        Image::Unknown(Located::new(unknown.clone(), builder.at))
                    }
                    Content::Text(name) => Image::Built(Located::new(name.clone(), builder.at)),
                    _ => continue,
                };
            }
        }
        let containers = found.iter_mut().flat_map(|it| &mut it.containers);
        for container in containers {
            match &container.image {
                Image::Reference(reference)
                    if self.built_images.contains(&reference.value)
                        || resources.built.contains(&reference.value) =>
                {
                    container.image = Image::Built(reference.clone());
                }
                Image::Unknown(image) if self.is_built(&image.value) => {
                    container.image = Image::Built(image.clone().map(|it| it.what));
                }
                _ => {}
            }
        }
        found
    }

    /// Whether a call that builds an image gave `image` as its name.
    fn is_built(&self, image: &Unknown) -> bool {
        image.from.is_some_and(|it| self.built_by.contains(&it))
    }

    /// What the workload `id` has become.
    fn object(&self, id: Id, namespace: Option<String>) -> Option<Object> {
        let workload = self.workload(id)?;
        Some(Object {
            api_version: workload.api_version.clone(),
            kind: workload.kind.kind.clone(),
            name: workload.name.clone().unwrap_or_default(),
            namespace,
            value: self.export(workload.root, workload.at),
        })
    }

    /// What was made or changed and has no effect.
    pub(crate) fn without_effect(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for (id, entry) in self.entries() {
            match &entry.thing {
                Thing::Volume(volume) => {
                    let is_made =
                        matches!(volume.kind, VolumeKind::Named(_) | VolumeKind::Repository);
                    if is_made && !volume.is_mounted {
                        diagnostics.push(unmounted_volume::diagnostic(volume.at));
                    }
                }
                Thing::Resources(resources) => {
                    let is_used = resources.is_escaped
                        || self.deploys_unknown
                        || self.deployed.iter().any(|it| it.resources == id);
                    let changed = self.first_change(resources);
                    let is_alone = self.deployed.is_empty();
                    if let Some(from) = entry.from
                        && !is_used
                        && (changed.is_some() || is_alone)
                    {
                        diagnostics.push(undeployed_resources::diagnostic(from, changed));
                    }
                }
                _ => {}
            }
        }
        diagnostics
    }

    /// The first statement that changed one of `resources`.
    fn first_change(&self, resources: &Resources) -> Option<Span> {
        resources.touched.iter().find_map(|(_, id)| {
            let workload = self.workload(*id)?;
            workload.changed.or_else(|| {
                let parts = self.parts_of(workload.root);
                let mut changes = self.changed_parts.iter();
                changes.find_map(|(part, at)| parts.contains(part).then_some(*at))
            })
        })
    }

    /// The part `root` and the parts within it.
    fn parts_of(&self, root: Id) -> HashSet<Id> {
        let mut parts = HashSet::from([root]);
        let mut pending = vec![root];
        while let Some(id) = pending.pop() {
            let slots: Vec<&super::Slot> = match self.part(id) {
                Some(Part::Fields(fields)) => fields.fields.iter().map(|(_, it)| it).collect(),
                Some(Part::Items(list)) => list.items.iter().map(|it| &it.slot).collect(),
                Some(Part::Map(map)) => map.entries.iter().map(|(_, it)| it).collect(),
                None => Vec::new(),
            };
            for slot in slots {
                if let Content::Object(inner) = slot.content
                    && parts.len() < MAX_PARTS
                    && parts.insert(inner)
                {
                    pending.push(inner);
                }
            }
        }
        parts
    }

    /// Remembers that the object `id` went where it cannot be followed: into a
    /// call of something unknown, into a field.
    pub(crate) fn escape(&mut self, id: Id) {
        match &mut self.entry_mut(id).thing {
            Thing::Volume(_) => self.set_mounted(id),
            Thing::Resources(resources) => resources.is_escaped = true,
            _ => {}
        }
    }

    /// Marks a volume, and the one that it is a folder of, as mounted.
    pub(crate) fn set_mounted(&mut self, mut id: Id) {
        // Folders of folders end somewhere: each is younger than its whole.
        while let Thing::Volume(volume) = &mut self.entry_mut(id).thing {
            volume.is_mounted = true;
            match volume.kind {
                VolumeKind::Folder(whole) => id = whole,
                _ => return,
            }
        }
    }
}

/// The name of the secret that `object` is, or that an operator makes of it.
fn secret_of(object: &Object) -> Option<String> {
    match object.kind.as_str() {
        "Secret" | "SealedSecret" => Some(object.name.clone()),
        "ExternalSecret" => {
            let target = object.value.at_path(&["spec", "target", "name"]);
            let target = target.and_then(Value::text).unwrap_or(&object.name);
            Some(target.to_owned())
        }
        _ => None,
    }
}

impl Source {
    /// Where the resources come from, in a sentence.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Namespace => "the namespace snapshot",
            Self::Compose => "the compose file",
            Self::Chart => "the chart",
            Self::Manifests => "the manifests",
        }
    }
}
