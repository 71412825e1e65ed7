//! The values that scripts handle and the engine does not know.

mod builtin;
pub(crate) mod compare;
mod constructor;
pub(crate) mod content;
mod format;
mod guarded;
mod module;
pub(crate) mod object;
mod percent;
pub(crate) mod plain;
mod unknown;

pub(crate) use builtin::BuiltinValue;
pub(crate) use compare::position;
pub(crate) use constructor::ConstructorValue;
pub(crate) use format::format;
pub(crate) use guarded::GuardedValue;
pub(crate) use module::ModuleValue;
pub(crate) use object::ObjectValue;
pub(crate) use percent::percent;
pub(crate) use plain::Plain;
pub(crate) use unknown::{MissingAttribute, UnknownValue, missing_attributes};

use starlark::values::Value;

/// What is not known about `value` until the run, if there is something: all of
/// it, or what a list or map within an unknown object holds.
pub(crate) fn unknown(value: Value<'_>) -> Option<UnknownValue> {
    match UnknownValue::from_value(value) {
        Some(unknown) => Some(unknown.clone()),
        None => ObjectValue::from_value(value)?.unknown(),
    }
}
