//! `yaml`, by the rules of YAML 1.1 as Go's `yaml.v2` knows them.

mod dump;
mod load;
mod scalar;

use starlark::values::Value;

use super::text;
use super::{ArgType, Evidence, Module, Object, ReturnType, builtin};
use crate::script::call::Call;

const FORMAT: &str = "YAML";

pub(super) static MODULE: Module = Module {
    path: "encoding/yaml.star",
    export: Object {
        name: "yaml",
        global: None,
        documentation: "YAML.\n",
        attributes: &[],
        methods: &[
            builtin! {
                /// The value that a YAML text stands for: its first document. By the rules of
                /// YAML 1.1, `yes` and `on` are `True`, and `010` is eight.
                loads(
                    /// The text.
                    source: ArgType::Str,
                ) -> ReturnType::Any, Seen, run: loads
            },
            builtin! {
                /// A value as YAML, with sorted keys.
                dumps(
                    /// The value.
                    source: ArgType::Any,
                ) -> ReturnType::Str, Inferred, run: dumps
            },
        ],
        item: None,
        is_open: false,
    },
    evidence: Evidence::Seen,
    constant: None,
    offline: None,
};

fn loads<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let argument = call.argument("source")?;
    let given = argument.value.unpack_str()?;
    Some(match load::load(given) {
        Ok(plain) => plain.to_value(call.heap),
        Err(problem) => text::undecodable(call, argument, FORMAT, problem),
    })
}

fn dumps<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    match text::plain(call, "source", FORMAT) {
        Ok(plain) => Some(text::encoded(call, "source", FORMAT, dump::dump(&plain))),
        Err(instead) => instead,
    }
}
