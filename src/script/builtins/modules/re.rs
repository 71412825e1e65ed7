//! `re`, as starlib has it over Go's regular expressions.

mod pattern;

use regex::Regex;
use starlark::values::Value;
use starlark::values::tuple::AllocTuple;

use super::text::{self, Encoded, Problem};
use super::{ArgType, Evidence, Module, Object, ReturnType, builtin, member};
use crate::script::call::Call;
use crate::script::model::{self, Thing};
use crate::script::values::ObjectValue;
use pattern::Pattern;

const FORMAT: &str = "regular expression";

/// Declares what regular expressions can do: with the pattern before the other
/// parameters for the functions, without it for the methods.
macro_rules! functions {
    ({ $($first:expr),* } $(#[doc = $doc:literal] $pattern:ident: $takes:expr)?) => {
        &[
            $($first,)*
            builtin! {
                /// Where the first match begins and ends, in bytes; `None` without one.
                search(
                    $(#[doc = $doc] $pattern: $takes,)?
                    /// Where to look for it.
                    string: ArgType::Str,
                    /// It has no effect.
                    flags = "0": ArgType::Int,
                ) -> ReturnType::Any, Inferred, run: search
            },
            builtin! {
                /// All matches, each with its groups.
                r#match(
                    $(#[doc = $doc] $pattern: $takes,)?
                    /// Where to look for it.
                    string: ArgType::Str,
                    /// It has no effect.
                    flags = "0": ArgType::Int,
                ) -> ReturnType::Any, Inferred, run: matches
            },
            builtin! {
                /// What stands between the matches.
                split(
                    $(#[doc = $doc] $pattern: $takes,)?
                    /// What to split.
                    string: ArgType::Str,
                    /// How many parts at most; any number with 0.
                    maxsplit = "0": ArgType::Int,
                    /// It has no effect.
                    flags = "0": ArgType::Int,
                ) -> ReturnType::Any, Inferred, run: split
            },
            builtin! {
                /// The texts of all matches.
                findall(
                    $(#[doc = $doc] $pattern: $takes,)?
                    /// Where to look for it.
                    string: ArgType::Str,
                    /// It has no effect.
                    flags = "0": ArgType::Int,
                ) -> ReturnType::Any, Inferred, run: find_all
            },
            builtin! {
                /// The text with every match replaced.
                sub(
                    $(#[doc = $doc] $pattern: $takes,)?
                    /// What to write instead; `$1` stands for a group.
                    repl: ArgType::Str,
                    /// Where to replace.
                    string: ArgType::Str,
                    /// It has no effect.
                    count = "0": ArgType::Int,
                    /// It has no effect.
                    flags = "0": ArgType::Int,
                ) -> ReturnType::Str, Inferred, run: sub
            },
        ]
    };
}

pub(super) static MODULE: Module = Module {
    path: "re.star",
    export: Object {
        name: "re",
        global: None,
        documentation: "Regular expressions, in Go's syntax.\n",
        // The original names these and has them commented out.
        attributes: &[
            member("escape"),
            member("finditer"),
            member("fullmatch"),
            member("subn"),
        ],
        methods: functions!(
            {
            builtin! {
                /// A regular expression to use several times.
                compile(
                    /// The regular expression.
                    pattern: ArgType::Str,
                    /// It has no effect.
                    flags = "0": ArgType::Int,
                ) -> ReturnType::Object(compiled), Inferred, run: compile
            }
            }
            /// The regular expression.
            pattern: ArgType::Str
        ),
        item: None,
        is_open: true,
    },
    evidence: Evidence::Inferred,
    constant: None,
    offline: None,
};

/// What `re.compile` gives.
pub(in crate::script::builtins) static REGEX: Object = Object {
    name: "Regex",
    global: None,
    documentation: "A regular expression.\n",
    attributes: &[],
    methods: functions!({}),
    item: None,
    is_open: false,
};

fn compiled() -> &'static Object {
    &REGEX
}

fn compile<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let argument = call.argument("pattern")?;
    let pattern = argument.value.unpack_str()?;
    if let Pattern::Wrong(message) = pattern::compile(pattern) {
        let problem = Problem::At { at: 0, message };
        return Some(text::undecodable(call, argument, FORMAT, problem));
    }
    let (what, from) = (call.what(), call.from());
    let thing = Thing::Regex(pattern.to_owned());
    let id = model::with(|model| model.add(&REGEX, what, from, thing));
    Some(call.heap.alloc(ObjectValue::new(id)))
}

fn search<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    with_regex(call, |regex, string| {
        Some(match regex.find(string) {
            Some(found) => call.heap.alloc(vec![
                i64::try_from(found.start()).ok()?,
                i64::try_from(found.end()).ok()?,
            ]),
            None => Value::new_none(),
        })
    })
}

fn matches<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    with_regex(call, |regex, string| {
        let matches = regex.captures_iter(string).map(|groups| {
            let groups = groups.iter();
            // A group that takes no part is empty, as in Go.
            let groups = groups.map(|group| group.map_or("", |it| it.as_str()));
            call.heap.alloc(AllocTuple(groups))
        });
        Some(call.heap.alloc(matches.collect::<Vec<_>>()))
    })
}

fn find_all<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    with_regex(call, |regex, string| {
        let found: Vec<_> = regex.find_iter(string).map(|it| it.as_str()).collect();
        Some(call.heap.alloc(AllocTuple(found)))
    })
}

fn split<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let most = match call.argument("maxsplit") {
        Some(argument) => argument.value.unpack_i32()?,
        None if call.was_refused("maxsplit") => return None,
        None => 0,
    };
    with_regex(call, |regex, string| {
        let parts = parts(
            regex,
            string,
            usize::try_from(most).ok().filter(|it| *it > 0),
        );
        Some(call.heap.alloc(AllocTuple(parts)))
    })
}

/// What stands between the matches, in `most` parts at most. An empty match at the
/// beginning does not count, as in Go.
fn parts<'s>(regex: &Regex, string: &'s str, most: Option<usize>) -> Vec<&'s str> {
    if string.is_empty() && !regex.as_str().is_empty() {
        return vec![""];
    }
    let (mut parts, mut begin, mut end) = (Vec::new(), 0, 0);
    for found in regex.find_iter(string) {
        if most.is_some_and(|most| parts.len() + 1 == most) {
            break;
        }
        end = found.start();
        if found.end() != 0 {
            parts.push(&string[begin..end]);
        }
        begin = found.end();
    }
    if end != string.len() {
        parts.push(&string[begin..]);
    }
    parts
}

fn sub<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let replacement = call.argument("repl")?.value.unpack_str()?;
    with_regex(call, |regex, string| {
        // Every match may be replaced by as many copies as the replacement names.
        let bound = (string.len() + 1).saturating_mul(replacement.len() + 1);
        let encoded = match bound > text::MAX_TEXT {
            true => Encoded::TooLarge,
            false => Encoded::Text(regex.replace_all(string, replacement).into_owned()),
        };
        Some(text::encoded(call, "string", FORMAT, encoded))
    })
}

/// What `run` gives for the regular expression of the call and its `string`. One
/// that is none is reported; one that only Go reads is known at run time.
fn with_regex<'v>(
    call: &Call<'_, 'v>,
    run: impl FnOnce(&Regex, &str) -> Option<Value<'v>>,
) -> Option<Value<'v>> {
    let string = call.argument("string")?.value.unpack_str()?;
    let pattern = match call.receiver {
        Some(id) => model::with(|model| match &model.entry(id).thing {
            Thing::Regex(pattern) => Some(pattern.clone()),
            _ => None,
        })?,
        None => call.argument("pattern")?.value.unpack_str()?.to_owned(),
    };
    match pattern::compile(&pattern) {
        Pattern::Regex(regex) => run(&regex, string),
        Pattern::OfGo => None,
        Pattern::Wrong(message) => {
            let problem = Problem::At { at: 0, message };
            Some(text::undecodable(
                call,
                call.argument("pattern")?,
                FORMAT,
                problem,
            ))
        }
    }
}
