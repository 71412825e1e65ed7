//! `json`, as the Go implementation of Starlark has it.

mod decode;
mod encode;

use starlark::values::Value;

use super::text::{self, Encoded, Written};
use super::{ArgType, Evidence, Module, Object, ReturnType, builtin};
use crate::script::call::Call;

const FORMAT: &str = "JSON";

pub(super) static MODULE: Module = Module {
    path: "encoding/json.star",
    export: Object {
        name: "json",
        global: None,
        documentation: "JSON.\n",
        attributes: &[],
        methods: &[
            builtin! {
                /// The value that a JSON text stands for.
                decode(
                    /// The text.
                    x: ArgType::Str,
                    /// What to give for a text that is no JSON, instead of failing.
                    default = "...": ArgType::Any,
                ) -> ReturnType::Any, Seen, run: decode
            },
            builtin! {
                /// A value as JSON, without white space and with sorted keys.
                encode(
                    /// The value.
                    x: ArgType::Any,
                ) -> ReturnType::Str, Inferred, run: encode
            },
            builtin! {
                /// A JSON text with line breaks and indentation.
                indent(
                    /// The text.
                    str: ArgType::Str,
                    /// What every line but the first begins with.
                    prefix = "\"\"": ArgType::Str,
                    /// What every level adds.
                    indent = "\"\\t\"": ArgType::Str,
                ) -> ReturnType::Str, Inferred, run: indent
            },
            builtin! {
                /// A value as JSON with line breaks and indentation.
                encode_indent(
                    /// The value.
                    x: ArgType::Any,
                    /// What every line but the first begins with.
                    prefix = "\"\"": ArgType::Str,
                    /// What every level adds.
                    indent = "\"\\t\"": ArgType::Str,
                ) -> ReturnType::Str, Inferred, run: encode_indent
            },
        ],
        item: None,
        is_open: false,
    },
    evidence: Evidence::Seen,
    constant: None,
    offline: None,
};

fn decode<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let argument = call.argument("x")?;
    let given = argument.value.unpack_str()?;
    match (decode::decode(given), call.argument("default")) {
        (Ok(plain), _) => Some(plain.to_value(call.heap)),
        (Err(_), Some(default)) => Some(default.value),
        (Err(problem), None) => Some(text::undecodable(call, argument, FORMAT, problem)),
    }
}

/// The value of the parameter `name` as JSON.
pub(in crate::script::builtins) fn write<'v>(call: &Call<'_, 'v>, name: &str) -> Written<'v> {
    match text::plain(call, name, FORMAT).map(|plain| encode::encode(&plain)) {
        Ok(Encoded::Text(text)) => Written::Text(text),
        Ok(other) => Written::Instead(Some(text::encoded(call, name, FORMAT, other))),
        Err(instead) => Written::Instead(instead),
    }
}

fn encode<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    match write(call, "x") {
        Written::Text(text) => Some(call.heap.alloc_str(&text).to_value()),
        Written::Instead(instead) => instead,
    }
}

fn indent<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let argument = call.argument("str")?;
    let given = argument.value.unpack_str()?;
    if let Err(problem) = decode::decode(given) {
        return Some(text::undecodable(call, argument, FORMAT, problem));
    }
    indented(call, given)
}

fn encode_indent<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    match write(call, "x") {
        Written::Text(compact) => indented(call, &compact),
        Written::Instead(instead) => instead,
    }
}

fn indented<'v>(call: &Call<'_, 'v>, json: &str) -> Option<Value<'v>> {
    let prefix = text::given(call, "prefix", "")?;
    let indent = text::given(call, "indent", "\t")?;
    let indented = encode::indent(json, prefix, indent);
    Some(text::encoded(call, "x", FORMAT, indented))
}
