//! The functions that lowered scripts call beside operators.

use std::fmt;

use allocative::Allocative;
use starlark::eval::{Arguments, Evaluator};
use starlark::starlark_simple_value;
use starlark::values::list::AllocList;
use starlark::values::{
    Heap, NoSerialize, ProvidesStaticType, StarlarkPagablePanic, StarlarkValue, Value,
    starlark_value,
};

use super::{assignment, unpack};
use crate::script::choices;
use crate::script::guard;
use crate::script::secret;
use crate::script::values::{
    GuardedValue, MissingAttribute, ObjectValue, UnknownValue, missing_attributes,
};

/// What the functions below are called in a call stack. Users never see it.
pub(crate) const OWN_FRAME: &str = "__raftt";

/// Functions that lowered scripts call.
#[derive(Clone, Copy, Debug, ProvidesStaticType, NoSerialize, StarlarkPagablePanic, Allocative)]
pub(super) enum Helper {
    /// `method(receiver, name)`: a method that is weighed before it is called.
    Method,
    /// `set(object, name, value)`: assigns to an attribute.
    Set,
    /// `over(values, shape)`: what a `for` statement goes over.
    Over,
    /// `unpack(value, shape)`: a value that is taken apart.
    Unpack,
    /// `tick()`: looks at the limits, and is true.
    Tick,
}

starlark_simple_value!(Helper);

impl fmt::Display for Helper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<built-in function>")
    }
}

#[starlark_value(type = "function")]
impl<'v> StarlarkValue<'v> for Helper {
    fn name_for_call_stack(&self, _me: Value<'v>) -> String {
        OWN_FRAME.to_owned()
    }

    fn invoke(
        &self,
        _me: Value<'v>,
        args: &Arguments<'v, '_>,
        eval: &mut Evaluator<'v, '_, '_>,
    ) -> starlark::Result<Value<'v>> {
        let heap = eval.heap();
        match self {
            Self::Tick => {
                guard::check(eval)?;
                Ok(Value::new_bool(true))
            }
            Self::Set => assignment::run(args, eval),
            Self::Over | Self::Unpack => {
                let mut operands = args.positions(heap)?;
                let value = operands.next().unwrap_or_else(Value::new_none);
                let shape = operands.next().and_then(Value::unpack_str);
                drop(operands);
                if matches!(self, Self::Unpack) {
                    return Ok(unpack::run(value, shape.unwrap_or("*"), heap));
                }
                // There may be nothing to go over, which is another way.
                let unknown = UnknownValue::from_value(value);
                if unknown.is_some_and(|it| !choices::choose(&it.fact(), None)) {
                    return Ok(heap.alloc(AllocList::EMPTY));
                }
                Ok(match shape {
                    Some(shape) => unpack::over(value, shape, heap),
                    None => value,
                })
            }
            Self::Method => {
                let mut operands = args.positions(heap)?;
                let (Some(receiver), Some(name)) = (operands.next(), operands.next()) else {
                    return Ok(Value::new_none());
                };
                let name = name.unpack_str().unwrap_or_default();
                let asked = UnknownValue::from_value(receiver).and_then(|it| it.secret.as_ref());
                if let Some(secret) = asked.filter(|_| secret::QUESTIONS.contains(&name)) {
                    return Ok(heap.alloc(GuardedValue::new(secret.as_value(heap), name)));
                }
                // Strings have it, and need not build all their methods to say so.
                let is_own = name == "format" || guard::ORDINALS.contains(&name);
                if is_own && receiver.unpack_str().is_some() {
                    return Ok(heap.alloc(GuardedValue::new(receiver, name)));
                }
                let Some(method) = receiver.get_attr(name, heap)? else {
                    return Err(missing(receiver, name, heap));
                };
                let is_unknown = is_ours(receiver);
                if is_unknown || !guard::METHODS.contains(&name) {
                    return Ok(method);
                }
                Ok(heap.alloc(GuardedValue::new(receiver, name)))
            }
        }
    }
}

/// Whether the value is one that the engine does not know.
fn is_ours(value: Value<'_>) -> bool {
    UnknownValue::from_value(value).is_some() || ObjectValue::from_value(value).is_some()
}

/// The error for a method that `receiver` does not have.
fn missing<'v>(receiver: Value<'v>, name: &str, heap: Heap<'v>) -> starlark::Error {
    if !is_ours(receiver) {
        missing_attributes::refuse(MissingAttribute {
            object: receiver.get_type().to_owned(),
            attribute: name.to_owned(),
            known: receiver.dir_attr(),
            is_complete: true,
            place: None,
        });
    }
    match receiver.get_attr_error(name, heap) {
        Ok(_) => starlark::Error::new_other(std::io::Error::other("the attribute came back")),
        Err(error) => error,
    }
}
