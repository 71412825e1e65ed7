//! Starlark's own functions, and the ones that lowered scripts call.

use std::sync::OnceLock;

use starlark::environment::{Globals, GlobalsBuilder, LibraryExtension, Module};
use starlark::values::FrozenValue;
use starlark::values::none::NoneType;

use super::{Object, objects};
use crate::script::guard::{GuardedFunction, OwnFunction};
use crate::script::lower;
use crate::script::values::{BuiltinValue, UnknownValue};

/// The names that Starlark itself brings, apart from `True`, `False`, `None`
/// and the functions that are declared here.
///
/// Building them costs 2.4 ms once per process, because the engine reads every
/// function's documentation with regular expressions that have to be compiled
/// first. Scripts that use none of these names never pay that.
pub(crate) const STANDARD_NAMES: &[&str] = &[
    "abs",
    "all",
    "any",
    "bool",
    "chr",
    "dict",
    "dir",
    "enumerate",
    "float",
    "getattr",
    "hasattr",
    "hash",
    "int",
    "len",
    "list",
    "max",
    "min",
    "ord",
    "range",
    "repr",
    "reversed",
    "set",
    "sorted",
    "str",
    "struct",
    "tuple",
    "type",
    "zip",
];

/// `None`, `True` and `False`.
pub(crate) fn constants() -> &'static Globals {
    static CONSTANTS: OnceLock<Globals> = OnceLock::new();
    CONSTANTS.get_or_init(|| {
        let mut builder = GlobalsBuilder::new();
        builder.set("None", NoneType);
        builder.set("True", true);
        builder.set("False", false);
        builder.build()
    })
}

/// Binds the names of the language in `environment`; with Starlark's own
/// functions if `with_standard`.
///
/// They are variables of the script's module and not frozen. When the engine
/// compiles a call of a constant, and it takes frozen variables for constants,
/// it compares that with `len`, and builds all of its own functions to do so.
pub(crate) fn bind(environment: &Module<'_>, with_standard: bool) {
    let heap = environment.heap();
    for function in super::functions() {
        environment.set(function.name, heap.alloc(BuiltinValue::function(function)));
    }
    for object in global_objects() {
        let value = UnknownValue::of(object, object.name, None);
        environment.set(object.name, heap.alloc(value));
    }
    for function in OwnFunction::ALL {
        environment.set(function.name(), heap.alloc(*function));
    }
    lower::bind(environment);
    if with_standard {
        for (name, function) in standard_functions() {
            let guarded = GuardedFunction::new(name, function);
            environment.set(name, heap.alloc(guarded));
        }
    }
}

/// The objects that scripts find under a global name.
pub(crate) fn global_objects() -> impl Iterator<Item = &'static Object> {
    objects::ALL
        .iter()
        .copied()
        .filter(|object| object.global.is_some())
}

/// The names of Starlark's constants.
pub(crate) const CONSTANTS: &[&str] = &["None", "True", "False"];

/// The names that every script can use.
pub(crate) fn global_names() -> impl Iterator<Item = &'static str> {
    CONSTANTS
        .iter()
        .copied()
        .chain(super::functions().map(|function| function.name))
        .chain(global_objects().map(|object| object.name))
        .chain(OwnFunction::ALL.iter().map(|function| function.name()))
        .chain(STANDARD_NAMES.iter().copied())
}

/// Starlark's own functions by name.
fn standard_functions() -> impl Iterator<Item = (&'static str, FrozenValue)> {
    static STANDARD: OnceLock<Globals> = OnceLock::new();
    let globals = STANDARD.get_or_init(|| {
        GlobalsBuilder::extended_by(&[LibraryExtension::StructType, LibraryExtension::SetType])
            .build()
    });
    let by_name = globals.iter();
    by_name.filter_map(|(name, value)| {
        let known = STANDARD_NAMES.iter().find(|known| **known == name)?;
        Some((*known, value))
    })
}
