//! The values that scripts handle and the engine does not know.

mod builtin;
mod format;
mod guarded;
mod unknown;

pub(crate) use builtin::BuiltinValue;
pub(crate) use format::format;
pub(crate) use guarded::GuardedValue;
pub(crate) use unknown::{MissingAttribute, UnknownValue, missing_attributes};
