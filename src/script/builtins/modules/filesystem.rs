//! `fs`: files of the repository.

use starlark::values::Value;

use super::{ArgType, Evidence, Module, Object, ReturnType, builtin};
use crate::script::builtins::objects::file;
use crate::script::builtins::paths::{self, Use};
use crate::script::call::Call;
use crate::script::model::{self, Thing};
use crate::script::values::{ObjectValue, UnknownValue};
use crate::source::{ReadError, normalize_path};

pub(super) static MODULE: Module = Module {
    path: "filesystem.star",
    export: Object {
        name: "fs",
        global: None,
        documentation: "Files of the repository.\n",
        attributes: &[],
        methods: &[builtin! {
            /// A file or folder.
            File(
                /// The path from the repository's root.
                path: ArgType::Path,
            ) -> ReturnType::Object(file), Seen, run: file_at
        }],
        item: None,
        is_open: false,
    },
    evidence: Evidence::Seen,
    constant: None,
    offline: None,
};

/// `fs.File(path)`. What is not there yet may be made before it is read.
fn file_at<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let argument = call.argument("path")?;
    let path = argument.value.unpack_str()?;
    let located = call.locate(path.to_owned(), argument);
    if normalize_path(path).is_none() {
        paths::report_at(call, &located, &ReadError::OutsideProject, Use::Evaluation);
        return Some(call.heap.alloc(UnknownValue::of(file(), call.what(), None)));
    }
    let (what, from) = (call.what(), Some(call.span));
    let id = model::with(|model| model.add(file(), what, from, Thing::File(located)));
    Some(call.heap.alloc(ObjectValue::new(id)))
}

/// `file.read_text()`. A file that is not there is known at the run, if something
/// makes it before.
pub(in crate::script::builtins) fn read_text<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let id = call.receiver?;
    let path = model::with(|model| match &model.entry(id).thing {
        Thing::File(path) => Some(path.clone()),
        _ => None,
    })?;
    match call.recorder.with_texts(|texts| texts.read(&path.value)) {
        Ok(text) => Some(call.heap.alloc_str(&text.text).to_value()),
        Err(error) => {
            paths::report_at(call, &path, &error, Use::MayBeMade);
            let from = (error == ReadError::NotFound).then_some(call.span);
            Some(call.heap.alloc(UnknownValue::new(call.what(), from)))
        }
    }
}
