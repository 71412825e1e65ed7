//! Values as plain data: what can be written as JSON, YAML or CSV.

use num_bigint::BigInt;
use starlark::values::dict::{AllocDict, DictRef};
use starlark::values::float::StarlarkFloat;
use starlark::values::list::{AllocList, ListRef};
use starlark::values::structs::StructRef;
use starlark::values::tuple::TupleRef;
use starlark::values::{Heap, Value, ValueLike as _};

use super::{ObjectValue, UnknownValue};

/// How deep plain data is nested, and what the guard walks.
pub(crate) const MAX_DEPTH: usize = 1_000;
/// How many parts plain data is made of, and what the guard walks.
pub(crate) const MAX_PARTS: usize = 200_000;

/// A value that no function and no object is part of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Plain {
    None,
    Bool(bool),
    Int(BigInt),
    Float(f64),
    Text(String),
    List(Vec<Plain>),
    /// In their order. A key that comes twice counts as it comes last.
    Map(Vec<(Plain, Plain)>),
}

/// Why a value is no plain data.
#[derive(Clone, Debug)]
pub(crate) enum NotPlain {
    /// Only the run knows all of it.
    Unknown(UnknownValue),
    /// It is made of too much.
    TooLarge,
    /// A part of it is of another type.
    Other {
        /// The steps from the value to the part, as a script would write them:
        /// `["ports"][0]`.
        path: String,
        /// The type of the part.
        kind: String,
    },
}

impl Plain {
    /// What `value` holds.
    pub(crate) fn of<'v>(value: Value<'v>, heap: Heap<'v>) -> Result<Self, NotPlain> {
        let mut left = MAX_PARTS;
        of_value(value, heap, 0, &mut left)
    }

    /// As a value of the engine.
    pub(crate) fn to_value<'v>(&self, heap: Heap<'v>) -> Value<'v> {
        match self {
            Self::None => Value::new_none(),
            Self::Bool(value) => Value::new_bool(*value),
            Self::Int(value) => heap.alloc(value.clone()),
            Self::Float(value) => heap.alloc(*value),
            Self::Text(text) => heap.alloc_str(text).to_value(),
            Self::List(items) => {
                heap.alloc(AllocList(items.iter().map(|item| item.to_value(heap))))
            }
            Self::Map(entries) => heap.alloc(AllocDict(
                entries
                    .iter()
                    .map(|(key, value)| (key.to_value(heap), value.to_value(heap))),
            )),
        }
    }
}

// The depth is bounded, so recursion is too.
fn of_value<'v>(
    value: Value<'v>,
    heap: Heap<'v>,
    depth: usize,
    left: &mut usize,
) -> Result<Plain, NotPlain> {
    *left = left.checked_sub(1).ok_or(NotPlain::TooLarge)?;
    if depth > MAX_DEPTH {
        return Err(NotPlain::TooLarge);
    }
    if let Some(unknown) = UnknownValue::from_value(value) {
        return Err(NotPlain::Unknown(unknown.clone()));
    }
    if value.is_none() {
        return Ok(Plain::None);
    }
    if let Some(value) = value.unpack_bool() {
        return Ok(Plain::Bool(value));
    }
    if let Some(text) = value.unpack_str() {
        return Ok(Plain::Text(text.to_owned()));
    }
    if let Some(number) = value.downcast_ref::<StarlarkFloat>() {
        return Ok(Plain::Float(number.0));
    }
    if value.get_type() == "int" {
        let number = value.to_str().parse::<BigInt>();
        return number.map(Plain::Int).map_err(|_| NotPlain::TooLarge);
    }
    if let Some(fields) = StructRef::from_value(value) {
        let mut entries = Vec::new();
        for (name, value) in fields.iter() {
            let value = of_value(value, heap, depth + 1, left);
            let value = value.map_err(|it| it.below(|| format!(".{}", name.as_str())))?;
            entries.push((Plain::Text(name.as_str().to_owned()), value));
        }
        return Ok(Plain::Map(entries));
    }
    if let Some(dict) = DictRef::from_value(value) {
        let mut entries = Vec::new();
        for (key, value) in dict.iter() {
            let shown = || format!("[{}]", key.to_repr());
            let known = of_value(key, heap, depth + 1, left).map_err(|it| it.below(shown))?;
            let value = of_value(value, heap, depth + 1, left).map_err(|it| it.below(shown))?;
            entries.push((known, value));
        }
        return Ok(Plain::Map(entries));
    }
    let items: Vec<Value<'v>> = if let Some(list) = ListRef::from_value(value) {
        list.iter().collect()
    } else if let Some(tuple) = TupleRef::from_value(value) {
        tuple.content().to_vec()
    } else if matches!(value.get_type(), "set" | "range") {
        let length = value.length().unwrap_or(i32::MAX).unsigned_abs() as usize;
        if length > *left {
            return Err(NotPlain::TooLarge);
        }
        let items = value.iterate(heap).map_err(|_| NotPlain::TooLarge)?;
        items.collect()
    } else if let Some(object) = ObjectValue::from_value(value) {
        // How the product writes its own objects is not documented.
        let what = object.to_string();
        let unknown = object.unknown();
        let unknown =
            unknown.unwrap_or_else(|| UnknownValue::new(what, Some(super::object::here())));
        return Err(NotPlain::Unknown(unknown));
    } else {
        return Err(NotPlain::Other {
            path: String::new(),
            kind: value.get_type().to_owned(),
        });
    };
    let mut plain = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        let item = of_value(item, heap, depth + 1, left);
        plain.push(item.map_err(|it| it.below(|| format!("[{index}]")))?);
    }
    Ok(Plain::List(plain))
}

impl NotPlain {
    /// The same, seen from the value of which `step` is the part.
    fn below(self, step: impl FnOnce() -> String) -> Self {
        match self {
            // A path of a thousand steps helps nobody.
            Self::Other { path, kind } if path.len() < 100 => Self::Other {
                path: format!("{}{path}", step()),
                kind,
            },
            other => other,
        }
    }
}
