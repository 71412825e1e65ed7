//! A value that is only known at run time.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::fmt;

use allocative::Allocative;
use starlark::eval::{Arguments, Evaluator};
use starlark::starlark_simple_value;
use starlark::values::{
    Heap, NoSerialize, ProvidesStaticType, StarlarkPagablePanic, StarlarkValue, Value,
    starlark_value,
};

use crate::kubernetes::types;
use crate::script::builtins::{Object, ReturnType};
use crate::script::choices;
use crate::script::secret::Secret;
use crate::script::values::object::here;
use crate::script::values::{BuiltinValue, ConstructorValue, content};
use crate::source::Span;
use crate::suggest::misspelt;
use crate::unknown::Unknown;

/// A value that is only known at run time: it remembers what it is, and
/// whatever is done with it gives another unknown value, so that it never
/// causes an error of its own.
#[derive(Clone, Debug, ProvidesStaticType, NoSerialize, StarlarkPagablePanic, Allocative)]
pub(crate) struct UnknownValue {
    /// What the language reference says about this kind of value, if it is one
    /// of its objects.
    #[allocative(skip)]
    pub(crate) object: Option<&'static Object>,
    /// The value in code, as the script would write it.
    pub(crate) what: String,
    /// Where the script asked for it. None when it stands in for what a
    /// mistake left open.
    #[allocative(skip)]
    pub(crate) from: Option<Span>,
    /// What it is, where it is a secret whose value the caller gave.
    #[allocative(skip)]
    pub(crate) secret: Option<Secret>,
    /// Where it was compared, if it is the answer to that.
    #[allocative(skip)]
    pub(crate) compared_at: Option<Span>,
}

starlark_simple_value!(UnknownValue);

/// An attribute that a value does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MissingAttribute {
    /// The type of the value.
    pub(crate) object: String,
    pub(crate) attribute: String,
    /// The names that the value has.
    pub(crate) known: Vec<String>,
    /// Whether it has no others: it is one of Starlark's own values.
    pub(crate) is_complete: bool,
    /// How the attribute of that name is reached from the value, where there is one
    /// further below: `template.spec.containers`.
    pub(crate) place: Option<String>,
}

/// Attribute access has no evaluator at hand, so what it finds out goes through
/// the thread: an evaluation stays on one.
pub(crate) mod missing_attributes {
    use super::{MissingAttribute, RefCell};

    thread_local! {
        static ACCEPTED: RefCell<Vec<MissingAttribute>> = const { RefCell::new(Vec::new()) };
        static LAST: RefCell<Option<MissingAttribute>> = const { RefCell::new(None) };
    }

    /// From now on `accepted` are taken as attributes that the reference does not name.
    pub(crate) fn accept(accepted: &[MissingAttribute]) {
        ACCEPTED.with_borrow_mut(|all| all.clone_from(&accepted.to_vec()));
        LAST.with_borrow_mut(|last| *last = None);
    }

    /// The last attribute that was refused.
    pub(crate) fn take_last() -> Option<MissingAttribute> {
        LAST.with_borrow_mut(Option::take)
    }

    pub(crate) fn is_accepted(missing: &MissingAttribute) -> bool {
        ACCEPTED.with_borrow(|all| all.contains(missing))
    }

    /// Remembers that an attribute was refused.
    pub(crate) fn refuse(missing: MissingAttribute) {
        LAST.with_borrow_mut(|last| *last = Some(missing));
    }
}

impl UnknownValue {
    /// A value that `what` gives at run time.
    pub(crate) fn new(what: impl Into<String>, from: Option<Span>) -> Self {
        Self {
            object: None,
            what: what.into(),
            from,
            secret: None,
            compared_at: None,
        }
    }

    /// An object of the language reference.
    pub(crate) fn of(object: &'static Object, what: impl Into<String>, from: Option<Span>) -> Self {
        Self {
            object: Some(object),
            ..Self::new(what, from)
        }
    }

    /// This value as a fact.
    pub(crate) fn fact(&self) -> Unknown {
        Unknown {
            what: self.what.clone(),
            from: self.from,
        }
    }

    /// What is made of this value. It keeps the first value's name: that is
    /// what the user can look up.
    fn derived(&self, object: Option<&'static Object>) -> Self {
        Self {
            object,
            secret: None,
            compared_at: None,
            ..self.clone()
        }
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}: known at run time>", self.what)
    }
}

#[starlark_value(type = "unknown")]
impl<'v> StarlarkValue<'v> for UnknownValue {
    fn to_bool(&self) -> bool {
        match &self.secret {
            Some(secret) => !secret.is_empty(),
            None => choices::choose(&self.fact(), self.compared_at),
        }
    }

    fn write_hash(
        &self,
        hasher: &mut starlark::collections::StarlarkHasher,
    ) -> starlark::Result<()> {
        use std::hash::Hash as _;
        self.what.hash(hasher);
        Ok(())
    }

    fn equals(&self, other: Value<'v>) -> starlark::Result<bool> {
        Ok(Self::from_value(other).is_some_and(|other| other.what == self.what))
    }

    fn compare(&self, _other: Value<'v>) -> starlark::Result<Ordering> {
        Ok(Ordering::Equal)
    }

    fn invoke(
        &self,
        _me: Value<'v>,
        args: &Arguments<'v, '_>,
        eval: &mut Evaluator<'v, '_, '_>,
    ) -> starlark::Result<Value<'v>> {
        // What it does with its arguments is not known either.
        let positional = args.positions(eval.heap()).into_iter().flatten();
        let named = args.names_map()?;
        for value in positional.chain(named.values().copied()) {
            content::of_value(value, here());
        }
        Ok(eval.heap().alloc(self.derived(None)))
    }

    fn get_attr(&self, attribute: &str, heap: Heap<'v>) -> Option<Value<'v>> {
        let Some(object) = self.object else {
            return Some(heap.alloc(self.derived(None)));
        };
        if object.global == Some("k8s")
            && let Some(ty) = types::short_named(attribute)
        {
            return Some(heap.alloc(ConstructorValue::new(ty)));
        }
        if let Some(method) = object.method(attribute) {
            return Some(heap.alloc(BuiltinValue::method(method, object)));
        }
        let what = || format!("{}.{attribute}", self.what);
        if let Some(known) = object.attribute(attribute) {
            let object = match known.value {
                ReturnType::Object(object) => Some(object()),
                _ => None,
            };
            // What `local` hands over may have been given.
            if object_is_local(self.object)
                && let Some(given) = choices::given(attribute)
            {
                return Some(heap.alloc_str(&given).to_value());
            }
            let value = Self {
                object,
                ..Self::new(what(), self.from.or_else(choices::statement))
            };
            return Some(heap.alloc(value));
        }
        let missing = MissingAttribute {
            object: object.name.to_owned(),
            attribute: attribute.to_owned(),
            known: object.names().map(str::to_owned).collect(),
            is_complete: false,
            place: None,
        };
        let is_misspelt = object.global.is_some() && misspelt(attribute, object.names()).is_some();
        let is_open = object.is_open && !is_misspelt;
        if is_open || missing_attributes::is_accepted(&missing) {
            return Some(heap.alloc(Self::new(what(), self.from)));
        }
        missing_attributes::refuse(missing);
        None
    }

    fn dir_attr(&self) -> Vec<String> {
        let names = self.object.map(Object::names);
        names.into_iter().flatten().map(str::to_owned).collect()
    }

    fn set_attr(&self, _attribute: &str, _new_value: Value<'v>) -> starlark::Result<()> {
        Ok(())
    }

    fn at(&self, index: Value<'v>, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        let item = self
            .object
            .and_then(|object| object.item)
            .map(|item| item());
        let what = match index.unpack_str() {
            Some(key) if key.len() < 100 => format!("{}[{key:?}]", self.what),
            _ => self.what.clone(),
        };
        Ok(heap.alloc(Self {
            object: item,
            ..Self::new(what, self.from)
        }))
    }

    fn set_at(&self, _index: Value<'v>, _new_value: Value<'v>) -> starlark::Result<()> {
        Ok(())
    }

    fn slice(
        &self,
        _start: Option<Value<'v>>,
        _stop: Option<Value<'v>>,
        _stride: Option<Value<'v>>,
        heap: Heap<'v>,
    ) -> starlark::Result<Value<'v>> {
        Ok(heap.alloc(self.derived(self.object)))
    }

    fn iterate_collect(&self, heap: Heap<'v>) -> starlark::Result<Vec<Value<'v>>> {
        choices::absorb();
        // One round of a loop shows what its body does.
        let item = self
            .object
            .and_then(|object| object.item)
            .map(|item| item());
        Ok(vec![heap.alloc(self.derived(item))])
    }

    fn length(&self) -> starlark::Result<i32> {
        Ok(1)
    }

    fn is_in(&self, _other: Value<'v>) -> starlark::Result<bool> {
        Ok(true)
    }

    fn plus(&self, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        Ok(heap.alloc(self.derived(None)))
    }

    fn minus(&self, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        Ok(heap.alloc(self.derived(None)))
    }

    fn bit_not(&self, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        Ok(heap.alloc(self.derived(None)))
    }

    // Operators between two values never come here: they are calls of
    // `operators`, which looks for unknown values on both sides. Augmented
    // assignment does.
    fn radd(&self, _lhs: Value<'v>, heap: Heap<'v>) -> Option<starlark::Result<Value<'v>>> {
        Some(Ok(heap.alloc(self.derived(None))))
    }

    fn add(&self, _rhs: Value<'v>, heap: Heap<'v>) -> Option<starlark::Result<Value<'v>>> {
        Some(Ok(heap.alloc(self.derived(None))))
    }

    fn sub(&self, _other: Value<'v>, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        Ok(heap.alloc(self.derived(None)))
    }

    fn div(&self, _other: Value<'v>, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        Ok(heap.alloc(self.derived(None)))
    }

    fn floor_div(&self, _other: Value<'v>, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        Ok(heap.alloc(self.derived(None)))
    }

    fn percent(&self, _other: Value<'v>, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        Ok(heap.alloc(self.derived(None)))
    }

    fn bit_or(&self, _other: Value<'v>, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        Ok(heap.alloc(self.derived(None)))
    }

    fn bit_and(&self, _other: Value<'v>, heap: Heap<'v>) -> starlark::Result<Value<'v>> {
        Ok(heap.alloc(self.derived(None)))
    }
}

/// Whether the object stands for the developer's machine.
fn object_is_local(object: Option<&'static Object>) -> bool {
    object.is_some_and(|object| object.global == Some("local"))
}
