//! A handle of an object of the run's [`model`].

use std::fmt;

use allocative::Allocative;
use starlark::collections::StarlarkHasher;
use starlark::starlark_simple_value;
use starlark::values::list::AllocList;
use starlark::values::{
    Heap, NoSerialize, ProvidesStaticType, StarlarkPagablePanic, StarlarkValue, Value,
    starlark_value,
};

use crate::script::builtins::{Object, ReturnType, is_working_tree};
use crate::script::choices;
use crate::script::model::{self, Content, Id, Part, Slot, Thing};
use crate::script::values::{
    BuiltinValue, MissingAttribute, UnknownValue, compare, content, missing_attributes,
};
use crate::source::{FileId, Span};
use crate::unknown::Unknown;

/// An object that the script made, loaded or reached.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    ProvidesStaticType,
    NoSerialize,
    StarlarkPagablePanic,
    Allocative,
)]
pub(crate) struct ObjectValue {
    #[allocative(skip)]
    pub(crate) id: Id,
}

starlark_simple_value!(ObjectValue);

impl ObjectValue {
    pub(crate) fn new(id: Id) -> Self {
        Self { id }
    }

    /// What the language reference says about it.
    pub(crate) fn object(self) -> &'static Object {
        model::with(|model| model.entry(self.id).object)
    }

    /// The value that stands in for it where only the run knows what it holds:
    /// how long a list is, which keys a map has.
    pub(crate) fn unknown(self) -> Option<UnknownValue> {
        model::with(|model| {
            let entry = model.entry(self.id);
            let is_open = match &entry.thing {
                Thing::Part(part) => part.is_open(),
                Thing::Collection(resources, kind) => {
                    model.resources(*resources).is_none_or(|it| {
                        it.is_open || (it.is_namespace() && !it.has_kind(&kind.collection))
                    })
                }
                _ => false,
            };
            is_open.then(|| UnknownValue::new(entry.what.clone(), entry.from))
        })
    }
}

/// The statement that runs now; what is read has no better place.
pub(crate) fn here() -> Span {
    choices::statement().unwrap_or_else(|| Span::new(FileId::from_index(0), 0..0))
}

impl fmt::Display for ObjectValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        model::with(|model| {
            let entry = model.entry(self.id);
            match &entry.thing {
                Thing::Workload(workload) => {
                    let kind = workload.kind.in_words();
                    match &workload.name {
                        Some(name) => write!(f, "<{kind} {name:?}>"),
                        None => write!(f, "<{kind}>"),
                    }
                }
                Thing::Part(_) => f.write_str(&compare::shown(model, self.id)),
                _ => write!(f, "<{} {}>", entry.object.name, entry.what),
            }
        })
    }
}

#[starlark_value(type = "object")]
impl<'v> StarlarkValue<'v> for ObjectValue {
    fn to_bool(&self) -> bool {
        if let Some(unknown) = self.unknown() {
            let is_part_with_content = model::with(|model| {
                let part = model.part(self.id);
                part.is_some_and(|part| part.len() > 0 || matches!(part, Part::Fields(_)))
            });
            return is_part_with_content || choices::choose(&unknown.fact(), None);
        }
        model::with(|model| match &model.entry(self.id).thing {
            Thing::Part(Part::Fields(_)) => !model.is_empty_part(self.id),
            Thing::Part(part) => part.len() > 0,
            _ => true,
        })
    }

    fn write_hash(&self, hasher: &mut StarlarkHasher) -> starlark::Result<()> {
        use std::hash::Hash as _;
        self.id.hash(hasher);
        Ok(())
    }

    fn equals(&self, other: Value<'v>) -> starlark::Result<bool> {
        if let Some(other) = Self::from_value(other) {
            return Ok(self.id == other.id
                || model::with(|model| compare::are_equal(model, self.id, other.id)));
        }
        // What nobody wrote is nothing.
        if other.is_none() {
            return Ok(model::with(|model| model.is_empty_part(self.id)));
        }
        Ok(compare::equals(self.id, other))
    }

    fn get_attr(&self, attribute: &str, heap: Heap<'v>) -> Option<Value<'v>> {
        let object = self.object();
        if let Some(method) = object.method(attribute) {
            return Some(heap.alloc(BuiltinValue::bound(method, object, self.id)));
        }
        match read(self.id, object, attribute) {
            Ok(read) => Some(content::to_value(&read, heap)),
            Err(missing) => {
                missing_attributes::refuse(missing);
                None
            }
        }
    }

    fn dir_attr(&self) -> Vec<String> {
        names(self.id, self.object())
    }

    fn set_attr(&self, attribute: &str, new_value: Value<'v>) -> starlark::Result<()> {
        // Assignments come through a function that knows their places. This is
        // what the others come to: `w.spec.x, y = …` and `w.spec.x += …`.
        let content = content::of_value(new_value, here());
        match write(self.id, attribute, Slot::new(content, here())) {
            Ok(()) => Ok(()),
            Err(missing) => {
                let words = format!("`{}` has no attribute `{attribute}`", missing.object);
                missing_attributes::refuse(missing);
                Err(error(words))
            }
        }
    }

    fn at(&self, index: Value<'v>, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        if let Some(unknown) = UnknownValue::from_value(index) {
            let item = model::with(|model| model.open_item(self.id, &unknown.fact(), here()));
            let item = item.unwrap_or_else(|| Content::Unknown(unknown.fact()));
            return Ok(content::to_value(&item, heap));
        }
        let found = content::at(self.id, index)?;
        Ok(content::to_value(&found, heap))
    }

    fn set_at(&self, index: Value<'v>, new_value: Value<'v>) -> starlark::Result<()> {
        if UnknownValue::from_value(index).is_some() {
            return Ok(());
        }
        let slot = Slot::new(content::of_value(new_value, here()), here());
        content::set_at(self.id, index, slot)
    }

    fn slice(
        &self,
        start: Option<Value<'v>>,
        stop: Option<Value<'v>>,
        stride: Option<Value<'v>>,
        heap: Heap<'v>,
    ) -> starlark::Result<Value<'v>> {
        if let Some(unknown) = self.unknown() {
            return Ok(heap.alloc(unknown));
        }
        self.list(heap)?.slice(start, stop, stride, heap)
    }

    fn iterate_collect(&self, heap: Heap<'v>) -> starlark::Result<Vec<Value<'v>>> {
        if self.unknown().is_some() {
            choices::absorb();
        }
        let contents = model::with(|model| match &model.entry(self.id).thing {
            Thing::Part(_) => Some(model.contents(self.id, here())),
            // Whether one goes over names or objects is not documented.
            Thing::Collection(..) | Thing::Volumes(_) => {
                choices::absorb();
                Some(vec![Content::Unknown(model.unknown(self.id))])
            }
            _ => None,
        });
        match contents {
            Some(contents) => {
                let values = contents.iter();
                Ok(values.map(|it| content::to_value(it, heap)).collect())
            }
            None => Err(error(format!("a `{}` has no items", self.object().name))),
        }
    }

    fn length(&self) -> starlark::Result<i32> {
        let length = model::with(|model| match &model.entry(self.id).thing {
            Thing::Part(part) => Some(part.len()),
            Thing::Collection(resources, kind) => {
                let resources = model.resources(*resources);
                resources.map(|it| it.names(&kind.collection).len())
            }
            Thing::Volumes(resources) => model.resources(*resources).map(|it| it.volumes.len()),
            _ => None,
        });
        match length {
            Some(length) => Ok(i32::try_from(length).unwrap_or(i32::MAX)),
            None => Err(error(format!("a `{}` has no length", self.object().name))),
        }
    }

    fn is_in(&self, other: Value<'v>) -> starlark::Result<bool> {
        Ok(compare::contains(self.id, other))
    }

    fn add(&self, rhs: Value<'v>, heap: Heap<'v>) -> Option<starlark::Result<Value<'v>>> {
        if is_working_tree(self.object()) {
            let suffix = rhs.unpack_str()?;
            let id = model::with(|model| {
                let entry = model.entry(self.id);
                let (object, from) = (entry.object, entry.from);
                let what = format!("{} + {suffix:?}", entry.what);
                model.add(object, what, from, Thing::Plain)
            });
            return Some(Ok(heap.alloc(Self::new(id))));
        }
        let list = self.list(heap).ok()?;
        let right = match Self::from_value(rhs) {
            Some(right) => right.list(heap).ok()?,
            None => rhs,
        };
        Some(list.add(right, heap))
    }

    fn radd(&self, lhs: Value<'v>, heap: Heap<'v>) -> Option<starlark::Result<Value<'v>>> {
        let list = self.list(heap).ok()?;
        Some(lhs.add(list, heap))
    }
}

impl ObjectValue {
    /// Whether it is a list within a Kubernetes object.
    pub(crate) fn is_list(self) -> bool {
        model::with(|model| matches!(model.part(self.id), Some(Part::Items(_))))
    }

    /// Whether it is a map within a Kubernetes object.
    pub(crate) fn is_map(self) -> bool {
        model::with(|model| matches!(model.part(self.id), Some(Part::Map(_))))
    }

    /// The items as a list of Starlark's own.
    fn list<'v>(self, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        if !self.is_list() {
            return Err(error(format!("a `{}` is no list", self.object().name)));
        }
        let items = self.iterate_collect(heap)?;
        Ok(heap.alloc(AllocList(items)))
    }
}

/// What a script reads as `object.attribute`.
fn read(id: Id, object: &'static Object, attribute: &str) -> Result<Content, MissingAttribute> {
    let at = here();
    let read = model::with(|model| model.read_attribute(id, attribute, at));
    if let Some(read) = read {
        return Ok(read);
    }
    if let Some(known) = object.attribute(attribute) {
        return Ok(model::with(|model| {
            let what = format!("{}.{attribute}", model.entry(id).what);
            let from = model.entry(id).from.or(Some(at));
            let read = match known.value {
                ReturnType::Object(object) => {
                    Content::Object(model.add(object(), what, from, Thing::Plain))
                }
                _ => Content::Unknown(Unknown { what, from }),
            };
            let slot = Slot::new(read.clone(), at);
            model.entry_mut(id).set_attribute(attribute, slot);
            read
        }));
    }
    let missing = missing(id, object, attribute);
    let is_open = object.is_open && missing.place.is_none();
    if is_open || missing_attributes::is_accepted(&missing) {
        return Ok(model::with(|model| {
            let what = format!("{}.{attribute}", model.entry(id).what);
            let from = model.entry(id).from;
            Content::Unknown(Unknown { what, from })
        }));
    }
    Err(missing)
}

/// Has `object.attribute` hold `slot` from now on.
pub(crate) fn write(id: Id, attribute: &str, slot: Slot) -> Result<(), MissingAttribute> {
    let object = ObjectValue::new(id).object();
    if model::with(|model| model.write_attribute(id, attribute, &slot)) {
        return Ok(());
    }
    let missing = missing(id, object, attribute);
    let is_known = object.attribute(attribute).is_some() || object.is_open;
    if is_known || missing_attributes::is_accepted(&missing) {
        model::with(|model| model.entry_mut(id).set_attribute(attribute, slot));
        return Ok(());
    }
    Err(missing)
}

/// Whether a script may assign to `object.attribute`.
pub(crate) fn can_write(id: Id, attribute: &str) -> Result<(), MissingAttribute> {
    let object = ObjectValue::new(id).object();
    let is_known = model::with(|model| model.can_write(id, attribute));
    if is_known || object.attribute(attribute).is_some() || object.is_open {
        return Ok(());
    }
    let missing = missing(id, object, attribute);
    match missing_attributes::is_accepted(&missing) {
        true => Ok(()),
        false => Err(missing),
    }
}

fn missing(id: Id, object: &'static Object, attribute: &str) -> MissingAttribute {
    MissingAttribute {
        object: model::with(|model| model.type_name(id)),
        attribute: attribute.to_owned(),
        known: names(id, object),
        is_complete: false,
        place: model::with(|model| model.place_of(id, attribute)),
    }
}

fn names(id: Id, object: &'static Object) -> Vec<String> {
    let mut names: Vec<_> = object.names().map(str::to_owned).collect();
    names.extend(model::with(|model| match model.part(id) {
        Some(Part::Fields(fields)) => fields.names(),
        _ => Vec::new(),
    }));
    names
}

fn error(words: String) -> starlark::Error {
    starlark::Error::new_other(std::io::Error::other(words))
}
