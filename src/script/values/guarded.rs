//! A method of Starlark's own values whose result can be far larger than what
//! it is given.

use std::fmt;

use allocative::Allocative;
use starlark::eval::{Arguments, Evaluator};
use starlark::starlark_complex_value;
use starlark::values::{
    Coerce, Freeze, FreezeResult, Freezer, NoSerialize, ProvidesStaticType, StarlarkPagablePanic,
    StarlarkValue, Trace, Value, ValueLike, starlark_value,
};

use crate::script::guard;

/// `receiver.name`, weighed before it is called.
#[derive(
    Clone, Debug, Trace, Coerce, ProvidesStaticType, NoSerialize, StarlarkPagablePanic, Allocative,
)]
#[repr(C)]
pub(crate) struct GuardedValueGen<V> {
    receiver: V,
    name: String,
}

starlark_complex_value!(pub(crate) GuardedValue);

impl<'v> GuardedValue<'v> {
    pub(crate) fn new(receiver: Value<'v>, name: &str) -> Self {
        Self {
            receiver,
            name: name.to_owned(),
        }
    }
}

impl<'v> Freeze for GuardedValue<'v> {
    type Frozen = FrozenGuardedValue;

    fn freeze(self, freezer: &Freezer) -> FreezeResult<Self::Frozen> {
        Ok(GuardedValueGen {
            receiver: self.receiver.freeze(freezer)?,
            name: self.name,
        })
    }
}

impl<V> fmt::Display for GuardedValueGen<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<built-in method {}>", self.name)
    }
}

#[starlark_value(type = "function")]
impl<'v, V: ValueLike<'v>> StarlarkValue<'v> for GuardedValueGen<V>
where
    Self: ProvidesStaticType<'v>,
{
    fn name_for_call_stack(&self, _me: Value<'v>) -> String {
        self.name.clone()
    }

    fn invoke(
        &self,
        _me: Value<'v>,
        args: &Arguments<'v, '_>,
        eval: &mut Evaluator<'v, '_, '_>,
    ) -> starlark::Result<Value<'v>> {
        guard::call_method(self.receiver.to_value(), &self.name, args, eval)
    }
}
