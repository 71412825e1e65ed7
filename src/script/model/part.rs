//! Parts of Kubernetes objects: what a script reads, writes and appends to.

mod export;
mod import;

use super::{Content, Id, Model, Slot, Thing};
use crate::kubernetes::types::{ObjectType, Type, snake_case};
use crate::script::builtins::{fields_object, items_object, map_object};
use crate::script::choices;
use crate::source::Span;

/// A part of a Kubernetes object.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    Fields(Fields),
    Items(Items),
    Map(Map),
}

/// An object with named fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    /// Its type; none for kinds that the Kubernetes API does not know.
    pub(crate) ty: Option<&'static ObjectType>,
    /// The fields that are there, by the API's own names.
    pub(crate) fields: Vec<(String, Slot)>,
    /// Whether it may have more fields than the ones that are there: it is
    /// known only at run time.
    pub(crate) is_open: bool,
}

/// A list.
#[derive(Clone, Debug)]
pub(crate) struct Items {
    pub(crate) item: Type,
    /// The items. In an open list, the ones that were asked for or added: what
    /// the list held before is not known.
    pub(crate) items: Vec<Item>,
    pub(crate) is_open: bool,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its index, for items that an open list already had. None for items of a
    /// list that is known, which stand in their order, and for what was added.
    pub(crate) index: Option<i64>,
    pub(crate) slot: Slot,
}

/// A map from texts.
#[derive(Clone, Debug)]
pub(crate) struct Map {
    pub(crate) value: Type,
    pub(crate) entries: Vec<(String, Slot)>,
    pub(crate) is_open: bool,
}

impl Part {
    /// Whether only the run knows all of it.
    pub(crate) fn is_open(&self) -> bool {
        match self {
            Self::Fields(fields) => fields.is_open,
            Self::Items(items) => items.is_open,
            Self::Map(map) => map.is_open,
        }
    }

    /// How many fields, items or entries are there.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Fields(fields) => fields.fields.len(),
            Self::Items(items) => items.items.len(),
            Self::Map(map) => map.entries.len(),
        }
    }
}

impl Fields {
    /// The API's name of the field that a script calls `name`, and its type.
    /// None when the type knows no such field.
    pub(crate) fn resolve(&self, name: &str) -> Option<(String, Type)> {
        if let Some(field) = self.ty.and_then(|ty| ty.field(name)) {
            return Some((field.name.to_owned(), field.ty));
        }
        // The API's own spelling of a field is no name for scripts.
        if self.ty.and_then(|ty| ty.api_field(name)).is_some() {
            return None;
        }
        // What is there can be read, be it known or not.
        let mut written = self.fields.iter();
        if let Some((known, _)) = written.find(|(it, _)| it == name || snake_case(it) == name) {
            return Some((known.clone(), Type::Any));
        }
        self.ty.is_none().then(|| (camel_case(name), Type::Any))
    }

    /// The field with the API's name `name`.
    pub(crate) fn get(&self, name: &str) -> Option<&Slot> {
        let mut written = self.fields.iter();
        written.find_map(|(known, slot)| (known == name).then_some(slot))
    }

    /// Writes the field with the API's name `name`.
    pub(crate) fn set(&mut self, name: &str, slot: Slot) {
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, written)) => *written = slot,
            None => self.fields.push((name.to_owned(), slot)),
        }
    }

    /// The names that scripts may use.
    pub(crate) fn names(&self) -> Vec<String> {
        let typed = self.ty.into_iter().flat_map(ObjectType::fields);
        let mut names: Vec<_> = typed.map(|field| field.snake()).collect();
        names.extend(self.fields.iter().map(|(name, _)| snake_case(name)));
        names.sort();
        names.dedup();
        names
    }
}

impl Map {
    pub(crate) fn get(&self, key: &str) -> Option<&Slot> {
        let mut entries = self.entries.iter();
        entries.find_map(|(known, slot)| (known == key).then_some(slot))
    }

    pub(crate) fn set(&mut self, key: &str, slot: Slot) {
        match self.entries.iter_mut().find(|(known, _)| known == key) {
            Some((_, written)) => *written = slot,
            None => self.entries.push((key.to_owned(), slot)),
        }
    }
}

impl Model {
    /// The part `id`, if that is one.
    pub(crate) fn part(&self, id: Id) -> Option<&Part> {
        match &self.entry(id).thing {
            Thing::Part(part) => Some(part),
            _ => None,
        }
    }

    pub(crate) fn part_mut(&mut self, id: Id) -> Option<&mut Part> {
        match &mut self.entry_mut(id).thing {
            Thing::Part(part) => Some(part),
            _ => None,
        }
    }

    pub(crate) fn add_part(
        &mut self,
        what: impl Into<String>,
        from: Option<Span>,
        part: Part,
    ) -> Id {
        let object = match &part {
            Part::Fields(_) => fields_object(),
            Part::Items(_) => items_object(),
            Part::Map(_) => map_object(),
        };
        self.add(object, what, from, Thing::Part(part))
    }

    /// An empty part of the type `ty`, if parts are of such types. An open one
    /// may hold anything.
    fn add_empty(
        &mut self,
        ty: Type,
        what: String,
        from: Option<Span>,
        is_open: bool,
    ) -> Option<Id> {
        let part = match ty {
            Type::Object(ty) => Part::Fields(Fields {
                ty: Some(ty),
                fields: Vec::new(),
                is_open,
            }),
            Type::List(item) => Part::Items(Items {
                item: item.ty(),
                items: Vec::new(),
                is_open,
            }),
            Type::Map(value) => Part::Map(Map {
                value: value.ty(),
                entries: Vec::new(),
                is_open,
            }),
            _ => return None,
        };
        Some(self.add_part(what, from, part))
    }

    /// What a script reads from the field `name` (the API's name, of the type `ty`)
    /// of the part `id`.
    ///
    /// A list or object that is not there is made: scripts append to it and set
    /// its fields, and it counts for nothing while it is empty.
    pub(crate) fn read_field(&mut self, id: Id, name: &str, ty: Type, at: Span) -> Content {
        let Some(Part::Fields(fields)) = self.part(id) else {
            return Content::None;
        };
        if let Some(slot) = fields.get(name) {
            return slot.content.clone();
        }
        // What a kind that the API does not know may have, only its own schema tells.
        let is_foreign = fields.ty.is_none();
        let is_open = fields.is_open || is_foreign;
        let what = format!("{}.{}", self.entry(id).what, snake_case(name));
        let from = self.entry(id).from;
        let from = from.or_else(|| is_foreign.then(choices::statement)?);
        let content = match self.add_empty(ty, what.clone(), from, is_open) {
            Some(part) => Content::Object(part),
            None if is_open => return unknown(what, from),
            None => return Content::None,
        };
        if let Some(Part::Fields(fields)) = self.part_mut(id) {
            fields.set(name, Slot::new(content.clone(), at));
        }
        content
    }

    /// What a script reads at `index` of the list `id`; none when it is out of range.
    pub(crate) fn read_item(&mut self, id: Id, index: i64, at: Span) -> Option<Content> {
        let Some(Part::Items(list)) = self.part(id) else {
            return None;
        };
        if !list.is_open {
            let place = usize::try_from(index).ok().or_else(|| {
                let back = usize::try_from(index.unsigned_abs()).ok()?;
                list.items.len().checked_sub(back)
            })?;
            return list.items.get(place).map(|it| it.slot.content.clone());
        }
        let mut known = list.items.iter();
        if let Some(item) = known.find(|it| it.index == Some(index)) {
            return Some(item.slot.content.clone());
        }
        let ty = list.item;
        let what = format!("{}[{index}]", self.entry(id).what);
        let from = self.entry(id).from;
        let Some(part) = self.add_empty(ty, what.clone(), from, true) else {
            return Some(unknown(what, from));
        };
        let item = Item {
            index: Some(index),
            slot: Slot::new(Content::Object(part), at),
        };
        if let Some(Part::Items(list)) = self.part_mut(id) {
            list.items.push(item);
        }
        Some(Content::Object(part))
    }

    /// What a loop over the part `id` goes over. An open list has at least one
    /// item, as far as anybody knows: one shows what the loop does.
    pub(crate) fn contents(&mut self, id: Id, at: Span) -> Vec<Content> {
        match self.part(id) {
            Some(Part::Items(list)) if list.is_open && list.items.is_empty() => {
                self.read_item(id, 0, at).into_iter().collect()
            }
            Some(Part::Items(list)) => list
                .items
                .iter()
                .map(|it| it.slot.content.clone())
                .collect(),
            Some(Part::Map(map)) => {
                let keys = map.entries.iter().map(|(key, _)| key.clone());
                keys.map(Content::Text).collect()
            }
            Some(Part::Fields(fields)) => {
                let names = fields.fields.iter().map(|(name, _)| snake_case(name));
                names.map(Content::Text).collect()
            }
            None => Vec::new(),
        }
    }

    /// Whether the part `id` counts for nothing: it was made when a script asked
    /// for it, and nothing was put into it.
    pub(crate) fn is_empty_part(&self, id: Id) -> bool {
        self.is_empty_at(id, 0)
    }

    // Scripts can put an object into itself.
    fn is_empty_at(&self, id: Id, depth: usize) -> bool {
        match self.part(id) {
            Some(Part::Fields(fields)) if depth < MAX_EMPTY => {
                let mut slots = fields.fields.iter().map(|(_, slot)| &slot.content);
                !fields.is_open
                    && slots.all(|content| match content {
                        Content::None => true,
                        Content::Object(id) => self.is_empty_at(*id, depth + 1),
                        _ => false,
                    })
            }
            Some(Part::Fields(_)) | None => false,
            Some(part) => !part.is_open() && part.len() == 0,
        }
    }
}

/// How deep empty objects may be nested and still count for nothing.
const MAX_EMPTY: usize = 4;

fn unknown(what: String, from: Option<Span>) -> Content {
    Content::Unknown(crate::unknown::Unknown { what, from })
}

/// The API's way to write a name in snake case: `working_dir` is `workingDir`.
pub(crate) fn camel_case(snake: &str) -> String {
    let mut camel = String::with_capacity(snake.len());
    let mut is_upper = false;
    for letter in snake.chars() {
        if letter == '_' && !camel.is_empty() {
            is_upper = true;
        } else if std::mem::take(&mut is_upper) {
            camel.extend(letter.to_uppercase());
        } else {
            camel.push(letter);
        }
    }
    camel
}
