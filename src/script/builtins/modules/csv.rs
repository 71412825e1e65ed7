//! `csv`, as starlib has it over Go's reader and writer.

mod read;

use starlark::values::float::StarlarkFloat;
use starlark::values::{Value, ValueLike as _};

use super::text::{self, Encoded, Problem};
use super::{ArgType, Evidence, Module, Object, ReturnType, builtin};
use crate::script::arg_type::items;
use crate::script::call::Call;
use read::Form;

const FORMAT: &str = "CSV";

pub(super) static MODULE: Module = Module {
    path: "encoding/csv.star",
    export: Object {
        name: "csv",
        global: None,
        documentation: "Comma-separated values.\n",
        attributes: &[],
        methods: &[
            builtin! {
                /// The records of a text, each a list of strings.
                read_all(
                    /// The text.
                    source: ArgType::Str,
                    /// What stands between fields, one character.
                    comma = "\",\"": ArgType::Str,
                    /// What lines to skip begin with, one character.
                    comment = "\"\"": ArgType::Str,
                    /// Whether quotes may stand anywhere.
                    lazy_quotes = "False": ArgType::Bool,
                    /// Whether white space before a field does not count.
                    trim_leading_space = "False": ArgType::Bool,
                    /// How many fields every record has: as many as the first one with 0,
                    /// any number with less.
                    fields_per_record = "0": ArgType::Int,
                    /// How many records to leave out at the beginning.
                    skip = "0": ArgType::Int,
                ) -> ReturnType::Any, Inferred, run: read_all
            },
            builtin! {
                /// Records as a text.
                write_all(
                    /// The records, each a list.
                    source: ArgType::List(&ArgType::Any),
                    /// What stands between fields, one character.
                    comma = "\",\"": ArgType::Str,
                ) -> ReturnType::Str, Inferred, run: write_all
            },
        ],
        item: None,
        is_open: true,
    },
    evidence: Evidence::Inferred,
    constant: None,
    offline: None,
};

fn read_all<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let argument = call.argument("source")?;
    let written = argument.value.unpack_str()?;
    // As in the original, every kind of line end is one.
    let source = written.replace("\r\n", "\n").replace('\r', "\n");
    let form = Form {
        comma: letter(call, "comma")?.unwrap_or(','),
        comment: letter(call, "comment")?,
        has_lazy_quotes: flag(call, "lazy_quotes")?,
        trims: flag(call, "trim_leading_space")?,
        fields: count(call, "fields_per_record")?,
        skip: count(call, "skip")?,
    };
    match read::records(&source, &form) {
        Ok(records) => Some(call.heap.alloc(records)),
        Err(Problem::At { at, message }) => {
            let at = if source.len() == written.len() { at } else { 0 };
            let problem = Problem::At { at, message };
            Some(text::undecodable(call, argument, FORMAT, problem))
        }
        Err(problem) => Some(text::undecodable(call, argument, FORMAT, problem)),
    }
}

/// The one letter of the parameter `name`, if there is one. The outer None: only the
/// run knows it, or it is more than a letter of ASCII, which is reported.
fn letter(call: &Call<'_, '_>, name: &str) -> Option<Option<char>> {
    let given = text::given(call, name, "")?;
    if given.len() > 1 {
        let words = format!("`{name}` is a single letter of ASCII");
        text::refused(call, name, &words);
        return None;
    }
    Some(given.chars().next())
}

fn flag(call: &Call<'_, '_>, name: &str) -> Option<bool> {
    match call.argument(name) {
        Some(argument) => argument.value.unpack_bool(),
        None => (!call.was_refused(name)).then_some(false),
    }
}

fn count(call: &Call<'_, '_>, name: &str) -> Option<i32> {
    match call.argument(name) {
        Some(argument) => argument.value.unpack_i32(),
        None => (!call.was_refused(name)).then_some(0),
    }
}

fn write_all<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let comma = letter(call, "comma")?.unwrap_or(',');
    let mut written = String::new();
    for record in items(call.argument("source")?.value)? {
        for (index, field) in items(record)?.into_iter().enumerate() {
            if index > 0 {
                written.push(comma);
            }
            push_field(&mut written, &shown(field)?, comma);
        }
        written.push('\n');
        if written.len() > text::MAX_TEXT {
            return Some(text::encoded(call, "source", FORMAT, Encoded::TooLarge));
        }
    }
    Some(call.heap.alloc_str(&written).to_value())
}

/// A field as the original shows it. None for what only the run shows.
fn shown(field: Value<'_>) -> Option<String> {
    if let Some(text) = field.unpack_str() {
        return Some(text.to_owned());
    }
    if let Some(value) = field.unpack_bool() {
        return Some(value.to_string());
    }
    if let Some(number) = field.downcast_ref::<StarlarkFloat>() {
        let size = number.0.abs();
        // Others have an exponent.
        let is_plain = size == 0.0 || (1e-4..1e21).contains(&size);
        return is_plain.then(|| number.0.to_string());
    }
    (field.get_type() == "int").then(|| field.to_str())
}

fn push_field(written: &mut String, field: &str, comma: char) {
    let is_quoted = field == "\\."
        || field.contains(['"', '\r', '\n', comma])
        || field.starts_with(char::is_whitespace);
    if !is_quoted {
        written.push_str(field);
        return;
    }
    written.push('"');
    written.push_str(&field.replace('"', "\"\""));
    written.push('"');
}
