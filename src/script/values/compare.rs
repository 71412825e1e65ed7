//! Whether objects and values of the engine are the same.

use std::fmt::Write as _;

use starlark::values::dict::{AllocDict, DictRef};
use starlark::values::float::StarlarkFloat;
use starlark::values::list::ListRef;
use starlark::values::{Heap, Value, ValueLike as _};

use super::content;
use super::object::{ObjectValue, here};
use super::unknown::UnknownValue;
use crate::kubernetes::types::snake_case;
use crate::script::model::{self, Content, Id, Map, Model, Part, Thing};

/// Whether `value in object`.
pub(super) fn contains(id: Id, value: Value<'_>) -> bool {
    let key = value.unpack_str();
    let items = model::with(|model| match &model.entry(id).thing {
        Thing::Collection(resources, kind) => {
            let (resources, kind) = (*resources, kind.clone());
            let resources = model.resources(resources);
            let names = resources.map(|it| it.names(&kind.collection));
            Err(names.is_some_and(|names| names.iter().any(|it| Some(it.as_str()) == key)))
        }
        Thing::Volumes(resources) => {
            let volumes = model.resources(*resources).map(|it| &it.volumes);
            let mut names = volumes.into_iter().flatten().map(|(name, _)| name.as_str());
            Err(names.any(|name| Some(name) == key))
        }
        Thing::Part(Part::Map(map)) => Err(key.is_some_and(|key| map.get(key).is_some())),
        Thing::Part(Part::Fields(fields)) => Err(key.is_some_and(|key| {
            let mut names = fields.fields.iter().map(|(name, _)| name);
            names.any(|name| name == key || snake_case(name) == key)
        })),
        Thing::Part(Part::Items(list)) => {
            let contents = list.items.iter().map(|it| it.slot.content.clone());
            Ok(contents.collect::<Vec<_>>())
        }
        _ => Err(false),
    });
    match items {
        Ok(items) => items.iter().any(|item| is(item, value)),
        Err(known) => known,
    }
}

/// Where the first item of a list stands that is what `value` is.
pub(crate) fn position(list: Id, value: Value<'_>) -> Option<usize> {
    let contents = model::with(|model| match model.part(list) {
        Some(Part::Items(list)) => {
            let contents = list.items.iter().map(|it| it.slot.content.clone());
            contents.collect::<Vec<_>>()
        }
        _ => Vec::new(),
    });
    contents.iter().position(|item| is(item, value))
}

/// `left | right`, where one of them is a map of a Kubernetes object and the other is
/// one or a dictionary; none for anything else.
pub(crate) fn merged<'v>(left: Value<'v>, right: Value<'v>, heap: Heap<'v>) -> Option<Value<'v>> {
    let is_ours = |value| ObjectValue::from_value(value).is_some();
    if !is_ours(left) && !is_ours(right) {
        return None;
    }
    let mut merged: Vec<(Value<'v>, Value<'v>)> = Vec::new();
    for value in [left, right] {
        for (key, item) in entries(value, heap)? {
            match merged
                .iter_mut()
                .find(|it| it.0.equals(key).unwrap_or(false))
            {
                Some(known) => known.1 = item,
                None => merged.push((key, item)),
            }
        }
    }
    Some(heap.alloc(AllocDict(merged)))
}

/// The entries of a dictionary or of a map within an object.
fn entries<'v>(value: Value<'v>, heap: Heap<'v>) -> Option<Vec<(Value<'v>, Value<'v>)>> {
    if let Some(dict) = DictRef::from_value(value) {
        return Some(dict.iter().collect());
    }
    let id = ObjectValue::from_value(value)?.id;
    let entries = model::with(|model| match model.part(id) {
        Some(Part::Map(map)) => {
            let entries = map.entries.iter();
            let entries = entries.map(|(key, slot)| (key.clone(), slot.content.clone()));
            Some(entries.collect::<Vec<_>>())
        }
        _ => None,
    })?;
    let entries = entries.iter();
    let entries = entries.map(|(key, item)| {
        let key = heap.alloc_str(key).to_value();
        (key, content::to_value(item, heap))
    });
    Some(entries.collect())
}

/// Whether an object is what a value of Starlark's own is.
pub(super) fn equals(id: Id, value: Value<'_>) -> bool {
    enum Parts {
        Items(Vec<Content>),
        Entries(Vec<(String, Content)>),
    }
    let parts = model::with(|model| match model.part(id)? {
        Part::Items(list) => {
            let items = list.items.iter().map(|it| it.slot.content.clone());
            Some(Parts::Items(items.collect()))
        }
        Part::Map(Map { entries, .. })
        | Part::Fields(model::Fields {
            fields: entries, ..
        }) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, slot)| (key.clone(), slot.content.clone()));
            Some(Parts::Entries(entries.collect()))
        }
    });
    match parts {
        Some(Parts::Items(items)) => {
            let others: Option<Vec<_>> = ListRef::from_value(value).map(|it| it.iter().collect());
            others.is_some_and(|others| {
                items.len() == others.len()
                    && items
                        .iter()
                        .zip(others)
                        .all(|(item, other)| is(item, other))
            })
        }
        Some(Parts::Entries(entries)) => DictRef::from_value(value).is_some_and(|dict| {
            entries.len() == dict.len()
                && entries
                    .iter()
                    .all(|(key, item)| dict.get_str(key).is_some_and(|other| is(item, other)))
        }),
        None => false,
    }
}

fn is(content: &Content, value: Value<'_>) -> bool {
    match content {
        Content::None => value.is_none(),
        Content::Bool(it) => value.unpack_bool() == Some(*it),
        Content::Int(it) => value.unpack_i32().map(i64::from) == Some(*it),
        Content::Float(it) => value
            .downcast_ref::<StarlarkFloat>()
            .is_some_and(|other| other.0.to_bits() == it.to_bits()),
        Content::Text(it) => value.unpack_str() == Some(it),
        Content::Unknown(it) => {
            UnknownValue::from_value(value).is_some_and(|other| other.what == it.what)
        }
        Content::Object(id) => match ObjectValue::from_value(value) {
            Some(other) => *id == other.id,
            None => equals(*id, value),
        },
    }
}

/// Whether two objects hold the same.
pub(super) fn are_equal(model: &Model, left: Id, right: Id) -> bool {
    let (Some(_), Some(_)) = (model.part(left), model.part(right)) else {
        return false;
    };
    let at = here();
    let (left, right) = (model.export(left, at), model.export(right, at));
    let shown = |value| {
        let mut text = String::new();
        show(&value, &mut text);
        text
    };
    shown(left) == shown(right)
}

/// A part as Starlark would write it.
pub(super) fn shown(model: &Model, id: Id) -> String {
    let mut text = String::new();
    show(&model.export(id, here()), &mut text);
    if text.len() > MAX_SHOWN {
        let end = (0..=MAX_SHOWN).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(end.unwrap_or(0));
        text.push('…');
    }
    text
}

/// How much of a part is shown, in bytes.
const MAX_SHOWN: usize = 10_000;

fn show(value: &crate::kubernetes::Value, text: &mut String) {
    use crate::kubernetes::Data;
    if text.len() > MAX_SHOWN {
        return;
    }
    match &value.data {
        Data::Null => text.push_str("None"),
        Data::Bool(true) => text.push_str("True"),
        Data::Bool(false) => text.push_str("False"),
        Data::Int(value) => {
            let _ = write!(text, "{value}");
        }
        Data::Float(value) => {
            let _ = write!(text, "{value}");
        }
        Data::Text(value) => {
            let _ = write!(text, "{value:?}");
        }
        Data::Unknown(unknown) => {
            let _ = write!(text, "<{}: known at run time>", unknown.what);
        }
        Data::List(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                show(item, text);
            }
            text.push(']');
        }
        Data::Map(entries) => {
            text.push('{');
            for (index, (key, item)) in entries.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                {
                    let _ = write!(text, "{:?}: ", key.name);
                }
                show(item, text);
            }
            text.push('}');
        }
    }
}
