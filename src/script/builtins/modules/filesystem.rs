//! `fs`: files of the repository.

use super::{ArgType, Evidence, Module, Object, ReturnType, builtin};
use crate::script::builtins::objects::file;

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
                path: ArgType::Str,
            ) -> ReturnType::Object(file), Seen
        }],
        item: None,
        is_open: false,
    },
    evidence: Evidence::Seen,
    constant: None,
    offline: None,
};
