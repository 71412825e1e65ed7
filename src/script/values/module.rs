//! What a module exports: an object with the module's members.

use std::fmt;

use allocative::Allocative;
use starlark::starlark_simple_value;
use starlark::values::{
    Heap, NoSerialize, ProvidesStaticType, StarlarkPagablePanic, StarlarkValue, Value,
    starlark_value,
};

use super::{BuiltinValue, MissingAttribute, UnknownValue, missing_attributes};
use crate::script::builtins::{Module, Object, ReturnType};
use crate::suggest::nearest;

/// What `load` brings from a module of the language.
#[derive(Clone, Copy, Debug, ProvidesStaticType, NoSerialize, StarlarkPagablePanic, Allocative)]
pub(crate) struct ModuleValue {
    #[allocative(skip)]
    module: &'static Module,
}

starlark_simple_value!(ModuleValue);

impl ModuleValue {
    pub(crate) fn new(module: &'static Module) -> Self {
        Self { module }
    }
}

impl fmt::Display for ModuleValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<module {:?}>", self.module.export.name)
    }
}

#[starlark_value(type = "module")]
impl<'v> StarlarkValue<'v> for ModuleValue {
    fn get_attr(&self, attribute: &str, heap: Heap<'v>) -> Option<Value<'v>> {
        let export = &self.module.export;
        if let Some(method) = export.method(attribute) {
            return Some(heap.alloc(BuiltinValue::method(method, export)));
        }
        let constant = self.module.constant;
        if let Some(value) = constant.and_then(|constant| constant(attribute, heap)) {
            return Some(value);
        }
        let missing = MissingAttribute {
            object: export.name.to_owned(),
            attribute: attribute.to_owned(),
            known: export.names().map(str::to_owned).collect(),
            is_complete: false,
            place: None,
        };
        // Later versions of a module may have more than is known here, but hardly
        // under a name that is nearly another one.
        let is_likely = export.is_open && !is_misspelt(attribute, export);
        let is_known = export.attribute(attribute).is_some();
        if is_known || is_likely || missing_attributes::is_accepted(&missing) {
            let what = format!("{}.{attribute}", export.name);
            let object = match export.attribute(attribute).map(|it| it.value) {
                Some(ReturnType::Object(object)) => Some(object()),
                _ => None,
            };
            let unknown = UnknownValue::new(what, Some(super::object::here()));
            return Some(heap.alloc(UnknownValue { object, ..unknown }));
        }
        missing_attributes::refuse(missing);
        None
    }

    fn dir_attr(&self) -> Vec<String> {
        self.module.export.names().map(str::to_owned).collect()
    }
}

/// Whether `attribute` is probably meant to be another member: `sha265` is, `sha512`
/// is something else.
fn is_misspelt(attribute: &str, export: &Object) -> bool {
    nearest(attribute, export.names()).is_some_and(|meant| {
        let digits = |name: &str| {
            let mut digits: Vec<_> = name.bytes().filter(u8::is_ascii_digit).collect();
            digits.sort_unstable();
            digits
        };
        digits(attribute) == digits(meant)
    })
}
