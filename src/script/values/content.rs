//! What objects hold, as values of the engine, and the other way round.

use starlark::values::dict::DictRef;
use starlark::values::float::StarlarkFloat;
use starlark::values::list::ListRef;
use starlark::values::tuple::TupleRef;
use starlark::values::{Heap, Value, ValueLike as _};

use super::object::{ObjectValue, here};
use super::unknown::UnknownValue;
use crate::kubernetes::types::{Type, snake_case};
use crate::script::model::{self, Content, Id, Item, Items, Map, Part, Slot, Thing};
use crate::source::Span;
use crate::unknown::Unknown;

/// How deep lists and dictionaries are taken over. The guard refuses deeper ones.
const MAX_DEPTH: usize = 64;
/// How many parts of one value are taken over.
const MAX_PARTS: usize = 20_000;

/// `content` as a script sees it.
pub(crate) fn to_value<'v>(content: &Content, heap: Heap<'v>) -> Value<'v> {
    match content {
        Content::None => Value::new_none(),
        Content::Bool(value) => Value::new_bool(*value),
        Content::Int(value) => heap.alloc(*value),
        Content::Float(value) => heap.alloc(*value),
        Content::Text(text) => heap.alloc_str(text).to_value(),
        Content::Unknown(unknown) => {
            heap.alloc(UnknownValue::new(unknown.what.clone(), unknown.from))
        }
        Content::Object(id) => heap.alloc(ObjectValue::new(*id)),
    }
}

/// `value` as objects hold it: lists and dictionaries are copied, objects shared.
pub(crate) fn of_value(value: Value<'_>, at: Span) -> Content {
    let mut left = MAX_PARTS;
    of_value_at(value, at, 0, &mut left)
}

// The depth is bounded, so recursion is too.
fn of_value_at(value: Value<'_>, at: Span, depth: usize, left: &mut usize) -> Content {
    *left = left.saturating_sub(1);
    if value.is_none() {
        return Content::None;
    }
    if let Some(object) = ObjectValue::from_value(value) {
        model::with(|model| model.escape(object.id));
        return Content::Object(object.id);
    }
    if let Some(unknown) = UnknownValue::from_value(value) {
        return Content::Unknown(unknown.fact());
    }
    if let Some(value) = value.unpack_bool() {
        return Content::Bool(value);
    }
    if let Some(text) = value.unpack_str() {
        model::with(|model| model.weigh(text.len()));
        return Content::Text(text.to_owned());
    }
    if let Some(number) = value.unpack_i32() {
        return Content::Int(i64::from(number));
    }
    if let Some(number) = value.downcast_ref::<StarlarkFloat>() {
        return Content::Float(number.0);
    }
    let unknown = |value: Value<'_>| {
        Content::Unknown(Unknown {
            what: format!("a {}", value.get_type()),
            from: None,
        })
    };
    model::with(|model| model.weigh(size_of::<Slot>()));
    if depth > MAX_DEPTH || *left == 0 {
        return unknown(value);
    }
    let items: Option<Vec<Value<'_>>> = ListRef::from_value(value)
        .map(|list| list.iter().collect())
        .or_else(|| TupleRef::from_value(value).map(|tuple| tuple.content().to_vec()));
    let part = if let Some(items) = items {
        let items = items.into_iter().map(|item| Item {
            index: None,
            slot: Slot::new(of_value_at(item, at, depth + 1, left), at),
        });
        Part::Items(Items {
            item: Type::Any,
            items: items.collect(),
            is_open: false,
        })
    } else if let Some(dict) = DictRef::from_value(value) {
        let entries = dict.iter().filter_map(|(key, item)| {
            let key = key.unpack_str()?.to_owned();
            Some((key, Slot::new(of_value_at(item, at, depth + 1, left), at)))
        });
        Part::Map(Map {
            value: Type::Any,
            entries: entries.collect(),
            is_open: false,
        })
    } else if let Ok(number) = value.to_str().parse::<i64>() {
        return Content::Int(number);
    } else {
        return unknown(value);
    };
    let what = if matches!(part, Part::Items(_)) {
        "a list"
    } else {
        "a dictionary"
    };
    Content::Object(model::with(|model| model.add_part(what, Some(at), part)))
}

/// What `object[index]` gives.
pub(super) fn at(id: Id, index: Value<'_>) -> starlark::Result<Content> {
    let key = index.unpack_str().map(str::to_owned);
    let number = index.unpack_i32().filter(|_| index.unpack_bool().is_none());
    let found = model::with(|model| {
        let thing = model.entry(id).thing.clone_head();
        match (thing, &key, number) {
            (Head::Items(length), _, Some(number)) => model
                .read_item(id, i64::from(number), here())
                .ok_or_else(|| out_of_range(number, length)),
            (Head::Fields, Some(key), _) => model
                .read_attribute(id, &snake_case(key), here())
                .or_else(|| model.read_attribute(id, key, here()))
                .ok_or_else(|| format!("there is no `{key}`")),
            (Head::Map(is_open), Some(key), _) => {
                let Some(Part::Map(map)) = model.part(id) else {
                    return Err(String::new());
                };
                match map.get(key) {
                    Some(slot) => Ok(slot.content.clone()),
                    None if is_open => Ok(Content::Unknown(Unknown {
                        what: format!("{}[{key:?}]", model.entry(id).what),
                        from: model.entry(id).from,
                    })),
                    None => Err(format!("there is no {key:?}")),
                }
            }
            (Head::Collection(resources, kind), Some(key), _) => model
                .find_object(resources, &kind, key, here())
                .map(Content::Object)
                .map_err(|()| format!("{} {key:?} not found", kind.in_words())),
            (Head::Volumes(resources), Some(key), _) => model
                .find_volume(id, resources, key, here())
                .map(Content::Object)
                .map_err(|()| format!("volume {key:?} not found")),
            (head, ..) => Err(match head {
                Head::Items(_) => "a list is indexed with whole numbers".to_owned(),
                Head::Other => format!("a `{}` has no items", model.entry(id).object.name),
                _ => "it is indexed with names".to_owned(),
            }),
        }
    });
    found.map_err(error)
}

/// Has `object[index]` hold `slot` from now on.
pub(super) fn set_at(id: Id, index: Value<'_>, slot: Slot) -> starlark::Result<()> {
    let key = index.unpack_str().map(str::to_owned);
    let number = index.unpack_i32();
    let done = model::with(|model| {
        if let (Some(key), Some(Part::Fields(_))) = (&key, model.part(id)) {
            let name = snake_case(key);
            return match model.write_attribute(id, &name, &slot) {
                true => Ok(()),
                false => Err(format!("there is no `{key}`")),
            };
        }
        let ty = match model.part(id) {
            Some(Part::Items(list)) => list.item,
            Some(Part::Map(map)) => map.value,
            _ => return Err("its items cannot be replaced".to_owned()),
        };
        let slot = model.fitted(&slot, ty);
        match (model.part_mut(id), key, number) {
            (Some(Part::Map(map)), Some(key), _) => map.set(&key, slot),
            (Some(Part::Items(list)), _, Some(number)) => return set_item(list, number, slot),
            _ => return Err("it is not indexed with such a value".to_owned()),
        }
        Ok(())
    });
    done.map_err(error)
}

fn set_item(list: &mut Items, number: i32, slot: Slot) -> Result<(), String> {
    let length = list.items.len();
    if list.is_open {
        let index = Some(i64::from(number));
        match list.items.iter_mut().find(|it| it.index == index) {
            Some(item) => item.slot = slot,
            None => list.items.push(Item { index, slot }),
        }
        return Ok(());
    }
    match place(number, length) {
        Some(place) => {
            list.items[place].slot = slot;
            Ok(())
        }
        None => Err(out_of_range(number, length)),
    }
}

/// Where the index `number` leads in a list of `length` items.
pub(crate) fn place(number: i32, length: usize) -> Option<usize> {
    let place = match usize::try_from(number) {
        Ok(place) => place,
        Err(_) => length.checked_sub(number.unsigned_abs() as usize)?,
    };
    (place < length).then_some(place)
}

fn out_of_range(number: i32, length: usize) -> String {
    match length {
        0 => format!("there is no item {number}: the list is empty"),
        1 => format!("there is no item {number}: the list has one, at 0"),
        _ => format!("there is no item {number}: the list has {length}"),
    }
}

fn error(words: String) -> starlark::Error {
    starlark::Error::new_other(std::io::Error::other(words))
}

/// What kind of thing an object is, without what it holds.
enum Head {
    Items(usize),
    Fields,
    Map(bool),
    Collection(Id, model::Kind),
    Volumes(Id),
    Other,
}

impl Thing {
    fn clone_head(&self) -> Head {
        match self {
            Self::Part(Part::Items(list)) => Head::Items(list.items.len()),
            Self::Part(Part::Fields(_)) => Head::Fields,
            Self::Part(Part::Map(map)) => Head::Map(map.is_open),
            Self::Collection(resources, kind) => Head::Collection(*resources, kind.clone()),
            Self::Volumes(resources) => Head::Volumes(*resources),
            _ => Head::Other,
        }
    }
}
