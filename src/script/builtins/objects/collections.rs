//! Lists and maps within Kubernetes objects.

use starlark::values::Value;

use super::super::{ArgType, Object, ReturnType, builtin};
use crate::diagnostic::Diagnostic;
use crate::kubernetes::types::Type;
use crate::script::arg_type::items;
use crate::script::call::{Argument, Call};
use crate::script::model::{self, Content, Id, Item, Part};
use crate::script::values::content::{of_value, place, to_value};
use crate::script::values::{ObjectValue, UnknownValue, position};

pub(super) static LIST: Object = Object {
    name: "KubernetesList",
    global: None,
    documentation: "A list within a Kubernetes object: `spec.containers`.\n",
    attributes: &[],
    methods: &[
        builtin! {
            /// Adds an item at the end.
            append(
                /// The item.
                item: ArgType::Any,
            ) -> ReturnType::None, Seen, run: append
        },
        builtin! {
            /// Adds several items at the end.
            extend(
                /// The items.
                items: ArgType::Any,
            ) -> ReturnType::None, Inferred, run: extend
        },
        builtin! {
            /// Adds an item before the one at an index.
            insert(
                /// The index.
                index: ArgType::Int,
                /// The item.
                item: ArgType::Any,
            ) -> ReturnType::None, Inferred, run: insert
        },
        builtin! {
            /// Removes the item at an index, and gives it.
            pop(
                /// The index; the last item if not given.
                index = "-1": ArgType::Int,
            ) -> ReturnType::Any, Inferred, run: pop
        },
        builtin! {
            /// Removes the first item that equals a value.
            remove(
                /// The value.
                item: ArgType::Any,
            ) -> ReturnType::None, Inferred, run: remove
        },
        builtin! {
            /// Removes all items.
            clear() -> ReturnType::None, Inferred, run: clear
        },
        builtin! {
            /// The index of the first item that equals a value.
            index(
                /// The value.
                item: ArgType::Any,
            ) -> ReturnType::Any, Inferred, run: index_of
        },
    ],
    item: None,
    is_open: false,
};

pub(super) static MAP: Object = Object {
    name: "KubernetesMap",
    global: None,
    documentation: "A map within a Kubernetes object: `metadata.annotations`.\n",
    attributes: &[],
    methods: &[
        builtin! {
            /// The value of a key, or a default.
            get(
                /// The key.
                key: ArgType::Str,
                /// What to give when there is no such key.
                default = "None": ArgType::Any,
            ) -> ReturnType::Any, Inferred, run: get
        },
        builtin! {
            /// The keys.
            keys() -> ReturnType::Any, Inferred, run: keys
        },
        builtin! {
            /// The values.
            values() -> ReturnType::Any, Inferred, run: values
        },
        builtin! {
            /// The keys with their values.
            items() -> ReturnType::Any, Inferred, run: entries
        },
        builtin! {
            /// Adds the entries of a dictionary.
            update(
                /// The entries.
                entries: ArgType::Dict(&ArgType::Any),
            ) -> ReturnType::None, Inferred, run: update
        },
        builtin! {
            /// Removes a key, and gives its value.
            pop(
                /// The key.
                key: ArgType::Str,
                /// What to give when there is no such key.
                default = "None": ArgType::Any,
            ) -> ReturnType::Any, Inferred, run: pop_key
        },
        builtin! {
            /// The value of a key, which gets a default when it has none.
            setdefault(
                /// The key.
                key: ArgType::Str,
                /// The default.
                default = "None": ArgType::Any,
            ) -> ReturnType::Any, Inferred, run: set_default
        },
        builtin! {
            /// Removes all entries.
            clear() -> ReturnType::None, Inferred, run: clear
        },
    ],
    item: None,
    is_open: false,
};

/// The argument as an item of the list that is called.
fn item<'a, 'v>(call: &Call<'a, 'v>, list: Id, argument: &Argument<'a, 'v>) -> Item {
    let slot = call.slot(argument);
    let (ty, what) = model::with(|model| {
        let ty = match model.part(list) {
            Some(Part::Items(items)) => items.item,
            _ => Type::Any,
        };
        (ty, model.entry(list).what.clone())
    });
    let name = what.rsplit('.').next().unwrap_or_default();
    let problems = call.problems_of_item((name, ty), &slot, argument);
    if !problems.iter().any(Diagnostic::is_error) {
        drop(model::with(|model| model.fitted(&slot, ty)));
    }
    for problem in problems {
        call.recorder.report(problem.trace(&call.trace));
    }
    Item { index: None, slot }
}

/// Changes the list that is called.
fn change<T>(list: Id, change: impl FnOnce(&mut Vec<Item>) -> T) -> Option<T> {
    model::with(|model| match model.part_mut(list) {
        Some(Part::Items(list)) => Some(change(&mut list.items)),
        _ => None,
    })
}

fn append<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let (list, argument) = (call.receiver?, call.argument("item")?);
    let item = item(call, list, argument);
    change(list, |items| items.push(item));
    None
}

fn extend<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let (list, argument) = (call.receiver?, call.argument("items")?);
    let values = match ObjectValue::from_value(argument.value) {
        Some(_) => Some(argument.value.iterate(call.heap).ok()?.collect()),
        None => items(argument.value),
    };
    let values = values_or_open(list, values)?;
    let length = values.len();
    for (index, value) in values.into_iter().enumerate() {
        let element = call.element(argument, index, length, value);
        let item = item(call, list, &element);
        change(list, |items| items.push(item));
    }
    None
}

/// The values; none, and the list holds more than is known, where they are not known.
fn values_or_open<'v>(list: Id, values: Option<Vec<Value<'v>>>) -> Option<Vec<Value<'v>>> {
    if values.is_none() {
        model::with(|model| {
            if let Some(Part::Items(list)) = model.part_mut(list) {
                list.is_open = true;
            }
        });
    }
    values
}

fn insert<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let (list, argument) = (call.receiver?, call.argument("item")?);
    let item = item(call, list, argument);
    let index = call.argument("index")?.value.unpack_i32().unwrap_or(0);
    change(list, |items| {
        let length = items.len();
        let at = place(index, length).unwrap_or(if index < 0 { 0 } else { length });
        items.insert(at, item);
    });
    None
}

fn pop<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let list = call.receiver?;
    let index = call
        .argument("index")
        .map_or(Some(-1), |it| it.value.unpack_i32())?;
    let is_open = model::with(|model| model.part(list).is_some_and(Part::is_open));
    let popped = change(list, |items| {
        let at = place(index, items.len()).filter(|_| !is_open)?;
        Some(items.remove(at).slot.content)
    })?;
    popped.map(|content| to_value(&content, call.heap))
}

fn remove<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let (list, argument) = (call.receiver?, call.argument("item")?);
    if let Some(at) = position(list, argument.value) {
        change(list, |items| drop(items.remove(at)));
    }
    None
}

fn index_of<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let (list, argument) = (call.receiver?, call.argument("item")?);
    let at = position(list, argument.value)?;
    Some(call.heap.alloc(i32::try_from(at).unwrap_or(i32::MAX)))
}

fn clear<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let id = call.receiver?;
    model::with(|model| match model.part_mut(id) {
        Some(Part::Items(list)) => {
            list.items.clear();
            list.is_open = false;
        }
        Some(Part::Map(map)) => {
            map.entries.clear();
            map.is_open = false;
        }
        _ => {}
    });
    None
}

fn key<'a>(call: &'a Call<'_, '_>) -> Option<&'a str> {
    call.argument("key")?.value.unpack_str()
}

fn or_default<'v>(call: &Call<'_, 'v>, map: Id, found: Option<Content>) -> Option<Value<'v>> {
    if let Some(found) = found {
        return Some(to_value(&found, call.heap));
    }
    let is_open = model::with(|model| model.part(map).is_some_and(Part::is_open));
    if is_open {
        return None;
    }
    let default = call.argument("default").map(|it| it.value);
    Some(default.unwrap_or_else(Value::new_none))
}

fn entry(map: Id, key: &str) -> Option<Content> {
    model::with(|model| match model.part(map) {
        Some(Part::Map(map)) => map.get(key).map(|slot| slot.content.clone()),
        _ => None,
    })
}

fn get<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let map = call.receiver?;
    or_default(call, map, entry(map, key(call)?))
}

fn pop_key<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let (map, key) = (call.receiver?, key(call)?);
    let found = entry(map, key);
    model::with(|model| {
        if let Some(Part::Map(map)) = model.part_mut(map) {
            map.entries.retain(|(known, _)| known != key);
        }
    });
    or_default(call, map, found)
}

fn set_default<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let (map, key) = (call.receiver?, key(call)?);
    if let Some(found) = entry(map, key) {
        return Some(to_value(&found, call.heap));
    }
    let default = call.argument("default")?;
    let slot = call.slot(default);
    model::with(|model| {
        if let Some(Part::Map(map)) = model.part_mut(map) {
            map.set(key, slot);
        }
    });
    Some(default.value)
}

fn update<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let (map, argument) = (call.receiver?, call.argument("entries")?);
    if UnknownValue::from_value(argument.value).is_some() {
        model::with(|model| {
            if let Some(Part::Map(map)) = model.part_mut(map) {
                map.is_open = true;
            }
        });
        return None;
    }
    let Content::Object(added) = of_value(argument.value, argument.span) else {
        return None;
    };
    model::with(|model| {
        let Some(Part::Map(added)) = model.part(added).cloned() else {
            return;
        };
        if let Some(Part::Map(map)) = model.part_mut(map) {
            for (key, slot) in added.entries {
                map.set(&key, slot);
            }
        }
    });
    None
}

/// The entries of the map that is called, if they are known.
fn known_entries(call: &Call<'_, '_>) -> Option<Vec<(String, Content)>> {
    let map = call.receiver?;
    model::with(|model| match model.part(map) {
        Some(Part::Map(map)) if !map.is_open => {
            let entries = map.entries.iter();
            Some(
                entries
                    .map(|(key, slot)| (key.clone(), slot.content.clone()))
                    .collect(),
            )
        }
        _ => None,
    })
}

fn keys<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let entries = known_entries(call)?;
    let keys = entries
        .iter()
        .map(|(key, _)| call.heap.alloc_str(key).to_value());
    Some(call.heap.alloc(keys.collect::<Vec<_>>()))
}

fn values<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let entries = known_entries(call)?;
    let values = entries
        .iter()
        .map(|(_, content)| to_value(content, call.heap));
    Some(call.heap.alloc(values.collect::<Vec<_>>()))
}

fn entries<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let entries = known_entries(call)?;
    let entries = entries.iter().map(|(key, content)| {
        let key = call.heap.alloc_str(key).to_value();
        call.heap.alloc((key, to_value(content, call.heap)))
    });
    Some(call.heap.alloc(entries.collect::<Vec<_>>()))
}
