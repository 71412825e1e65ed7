//! What objects have beside what the language reference declares: the
//! collections of resources, the fields of Kubernetes objects.

use super::{Content, Id, Model, Part, Slot, Thing, kind_of_collection};
use crate::kubernetes::types::{ObjectType, Type};
use crate::script::builtins::{collection, volumes};
use crate::source::Span;
use crate::unknown::Unknown;

impl Model {
    /// What a script reads as the attribute `name` of the object `id`, if its own
    /// nature tells.
    pub(crate) fn read_attribute(&mut self, id: Id, name: &str, at: Span) -> Option<Content> {
        let read = match &self.entry(id).thing {
            Thing::Part(Part::Fields(fields)) => {
                let (field, ty) = fields.resolve(name)?;
                return Some(self.read_field(id, &field, ty, at));
            }
            Thing::File(path) if name == "name" => {
                let path = path.value.trim_end_matches('/');
                Content::Text(path.rsplit('/').next().unwrap_or(path).to_owned())
            }
            Thing::Workload(workload) if name == "name" => match &workload.name {
                Some(name) => Content::Text(name.clone()),
                None => self.unknown_attribute(id, name),
            },
            Thing::Workload(workload) if name == "kind" && !workload.api_version.is_empty() => {
                Content::Text(workload.kind.kind.clone())
            }
            Thing::Workload(workload) if name == "image_builder" => match &workload.image_builder {
                Some(slot) => slot.content.clone(),
                None => self.unknown_attribute(id, name),
            },
            Thing::Workload(workload) => {
                let root = workload.root;
                let Some(Part::Fields(fields)) = self.part(root) else {
                    return None;
                };
                let is_field = match fields.ty {
                    Some(ty) => ty.field(name).is_some(),
                    // A kind that the API does not know has what every object has.
                    None => {
                        let camel = super::part::camel_case(name);
                        fields.get(&camel).is_some() || OF_ALL.contains(&name)
                    }
                };
                if !is_field {
                    return self.entry(id).attribute(name).map(|it| it.content.clone());
                }
                return self.read_attribute(root, name, at);
            }
            Thing::Resources(_) => return self.read_resources(id, name),
            Thing::Volume(volume) if name == "name" => match &volume.kind {
                super::VolumeKind::Named(Some(name)) | super::VolumeKind::Compose(name) => {
                    Content::Text(name.clone())
                }
                _ => self.unknown_attribute(id, name),
            },
            _ => return self.entry(id).attribute(name).map(|it| it.content.clone()),
        };
        Some(read)
    }

    fn read_resources(&mut self, id: Id, name: &str) -> Option<Content> {
        if let Some(known) = self.entry(id).attribute(name) {
            return Some(known.content.clone());
        }
        let what = format!("{}.{name}", self.entry(id).what);
        let from = self.entry(id).from;
        let read = if name == "namedvolumes" || name == "named_volumes" {
            self.add(volumes(), what, from, Thing::Volumes(id))
        } else {
            let kind = kind_of_collection(name).or_else(|| {
                let resources = self.resources(id)?;
                let mut loaded = resources.loaded().iter();
                loaded.find_map(|it| {
                    let kind = super::Kind::of(&it.kind);
                    (kind.collection == name).then_some(kind)
                })
            })?;
            self.add(collection(), what, from, Thing::Collection(id, kind))
        };
        let content = Content::Object(read);
        let at = from.or_else(crate::script::choices::statement)?;
        let slot = Slot::new(content.clone(), at);
        self.entry_mut(id).set_attribute(name, slot);
        Some(content)
    }

    fn unknown_attribute(&self, id: Id, name: &str) -> Content {
        Content::Unknown(Unknown {
            what: format!("{}.{name}", self.entry(id).what),
            from: self.entry(id).from,
        })
    }

    /// Has the attribute `name` of the object `id` hold `slot`. False when the
    /// object's nature does not tell of such an attribute.
    pub(crate) fn write_attribute(&mut self, id: Id, name: &str, slot: &Slot) -> bool {
        match &mut self.entry_mut(id).thing {
            Thing::Part(Part::Fields(fields)) => {
                let Some((field, ty)) = fields.resolve(name) else {
                    return false;
                };
                let slot = self.fitted(slot, ty);
                if let Some(Part::Fields(fields)) = self.part_mut(id) {
                    fields.set(&field, slot);
                }
                true
            }
            Thing::Workload(workload) if name == "image_builder" => {
                workload.image_builder = Some(slot.clone());
                workload.changed.get_or_insert(slot.at);
                true
            }
            Thing::Workload(workload) => {
                let root = workload.root;
                workload.changed.get_or_insert(slot.at);
                let Some(Part::Fields(fields)) = self.part(root) else {
                    return false;
                };
                let is_field = match fields.ty {
                    Some(ty) => ty.field(name).is_some(),
                    None => OF_ALL.contains(&name),
                };
                is_field && self.write_attribute(root, name, slot)
            }
            _ => false,
        }
    }

    /// Has a field that the Kubernetes API is not known to have hold `slot`.
    pub(crate) fn write_unknown(&mut self, id: Id, name: &str, slot: Slot) {
        match self.part_mut(id) {
            Some(Part::Fields(fields)) => fields.set(&super::part::camel_case(name), slot),
            _ => self.entry_mut(id).set_attribute(name, slot),
        }
    }

    /// Whether the object's nature tells of an attribute `name` to write.
    pub(crate) fn can_write(&self, id: Id, name: &str) -> bool {
        match &self.entry(id).thing {
            Thing::Part(Part::Fields(fields)) => fields.resolve(name).is_some(),
            Thing::Workload(workload) => {
                let is_known = match self.part(workload.root) {
                    Some(Part::Fields(fields)) if fields.ty.is_none() => OF_ALL.contains(&name),
                    _ => self.can_write(workload.root, name),
                };
                name == "image_builder" || is_known
            }
            _ => false,
        }
    }

    /// The type of the field that a script calls `name`, of the object `id`.
    pub(crate) fn field_type(
        &self,
        id: Id,
        name: &str,
    ) -> Option<(Option<&'static ObjectType>, Type)> {
        match &self.entry(id).thing {
            Thing::Part(Part::Fields(fields)) => Some((fields.ty, fields.resolve(name)?.1)),
            Thing::Workload(workload) if name != "image_builder" => {
                self.field_type(workload.root, name)
            }
            _ => None,
        }
    }

    /// `slot`, its lists and maps being of the type `ty`: a dictionary that is
    /// written to a field with named fields becomes such an object.
    pub(crate) fn fitted(&mut self, slot: &Slot, ty: Type) -> Slot {
        if let Content::Object(id) = slot.content {
            self.fit(id, ty, 0);
        }
        slot.clone()
    }

    fn fit(&mut self, id: Id, ty: Type, depth: usize) {
        if depth > MAX_FIT {
            return;
        }
        let Some(part) = self.part_mut(id) else {
            return;
        };
        let inner: Vec<(Content, Type)> = match (&mut *part, ty) {
            (Part::Items(items), Type::List(item)) => {
                let item = item.ty();
                items.item = item;
                let slots = items.items.iter().map(|it| it.slot.content.clone());
                slots.map(|content| (content, item)).collect()
            }
            (Part::Map(map), Type::Map(value)) => {
                let value = value.ty();
                map.value = value;
                let slots = map.entries.iter().map(|(_, slot)| slot.content.clone());
                slots.map(|content| (content, value)).collect()
            }
            (Part::Map(map), Type::Object(ty)) if map.entries.len() <= MAX_FIELDS => {
                let entries = std::mem::take(&mut map.entries);
                let mut fields = super::Fields {
                    ty: Some(ty),
                    fields: Vec::new(),
                    is_open: map.is_open,
                };
                let mut inner = Vec::new();
                for (key, slot) in entries {
                    let field = ty.api_field(&key).or_else(|| ty.field(&key));
                    if let Some(field) = field {
                        inner.push((slot.content.clone(), field.ty));
                    }
                    fields.set(field.map_or(&*key, |field| field.name), slot);
                }
                *part = Part::Fields(fields);
                self.entry_mut(id).object = crate::script::builtins::fields_object();
                inner
            }
            _ => Vec::new(),
        };
        for (content, ty) in inner {
            if let Content::Object(id) = content {
                self.fit(id, ty, depth + 1);
            }
        }
    }

    /// What `object[…]` gives where only the run knows which one is meant.
    pub(crate) fn open_item(&mut self, id: Id, index: &Unknown, at: Span) -> Option<Content> {
        let entry = self.entry(id);
        let what = format!("{}[{}]", entry.what, index.what);
        let from = index.from.or(entry.from);
        match &entry.thing {
            Thing::Collection(_, kind) => {
                let kind = kind.clone();
                let object = self.add_open(&kind, None, what, from, at);
                Some(Content::Object(object))
            }
            Thing::Part(Part::Items(list)) => {
                let Type::Object(ty) = list.item else {
                    return None;
                };
                let fields = super::Fields {
                    ty: Some(ty),
                    fields: Vec::new(),
                    is_open: true,
                };
                Some(Content::Object(self.add_part(
                    what,
                    from,
                    Part::Fields(fields),
                )))
            }
            _ => None,
        }
    }

    /// What kind of object `id` is, for people.
    pub(crate) fn type_name(&self, id: Id) -> String {
        match &self.entry(id).thing {
            Thing::Part(Part::Fields(fields)) => match fields.ty {
                Some(ty) => ty.short_name().to_owned(),
                None => self.entry(id).object.name.to_owned(),
            },
            _ => self.entry(id).object.name.to_owned(),
        }
    }
}

/// The fields that objects of every kind may have.
const OF_ALL: &[&str] = &["api_version", "kind", "metadata", "spec", "status"];

/// How many entries a dictionary has at most that becomes an object: no object of
/// the API has as many fields.
const MAX_FIELDS: usize = 1_000;

/// How deep values are fitted to the types of the fields that they are written to.
const MAX_FIT: usize = 32;
