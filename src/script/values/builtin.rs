//! A function or method of the language reference, as a value.

use std::fmt;

use allocative::Allocative;
use starlark::eval::{Arguments, Evaluator};
use starlark::starlark_simple_value;
use starlark::values::{
    NoSerialize, ProvidesStaticType, StarlarkPagablePanic, StarlarkValue, Value, starlark_value,
};

use crate::script::builtins::{Builtin, Object};
use crate::script::call;
use crate::script::model::Id;

/// A function or method of the language reference.
#[derive(Clone, Copy, Debug, ProvidesStaticType, NoSerialize, StarlarkPagablePanic, Allocative)]
pub(crate) struct BuiltinValue {
    #[allocative(skip)]
    builtin: &'static Builtin,
    /// The object whose method it is.
    #[allocative(skip)]
    object: Option<&'static Object>,
    /// The object whose method is called, where that has a state.
    #[allocative(skip)]
    receiver: Option<Id>,
}

starlark_simple_value!(BuiltinValue);

impl BuiltinValue {
    pub(crate) fn function(builtin: &'static Builtin) -> Self {
        Self {
            builtin,
            object: None,
            receiver: None,
        }
    }

    pub(crate) fn method(builtin: &'static Builtin, object: &'static Object) -> Self {
        Self {
            builtin,
            object: Some(object),
            receiver: None,
        }
    }

    /// A method of the object `receiver`.
    pub(crate) fn bound(builtin: &'static Builtin, object: &'static Object, receiver: Id) -> Self {
        Self {
            receiver: Some(receiver),
            ..Self::method(builtin, object)
        }
    }
}

impl fmt::Display for BuiltinValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.object {
            Some(object) => write!(f, "<method {}.{}>", object.name, self.builtin.name),
            None => write!(f, "<function {}>", self.builtin.name),
        }
    }
}

#[starlark_value(type = "function")]
impl<'v> StarlarkValue<'v> for BuiltinValue {
    fn name_for_call_stack(&self, _me: Value<'v>) -> String {
        self.builtin.name.to_owned()
    }

    fn invoke(
        &self,
        _me: Value<'v>,
        args: &Arguments<'v, '_>,
        eval: &mut Evaluator<'v, '_, '_>,
    ) -> starlark::Result<Value<'v>> {
        call::invoke(self.builtin, self.receiver, args, eval)
    }
}
