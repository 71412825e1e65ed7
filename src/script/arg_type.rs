//! Whether a value fits a parameter, and what to say when it does not.

use starlark::values::Value;
use starlark::values::dict::DictRef;
use starlark::values::list::ListRef;
use starlark::values::tuple::TupleRef;

use crate::diagnostic::Diagnostic;
use crate::script::builtins::{ArgType, Builtin, Object};
use crate::script::call::Argument;
use crate::script::parsed::Script;
use crate::script::rules::wrong_argument_type;
use crate::script::values::{ObjectValue, UnknownValue};

/// Something about an argument that does not fit.
pub(crate) struct Problem {
    pub(crate) diagnostic: Diagnostic,
    /// Whether the argument as a whole is of no use; else only an element is not.
    pub(crate) is_whole: bool,
}

/// What does not fit about `argument`. Several elements of one list may not fit.
pub(crate) fn problems(
    builtin: &Builtin,
    argument: &Argument<'_, '_>,
    script: &Script,
) -> Vec<Problem> {
    let takes = &argument.parameter.takes;
    if fits(argument.value, takes) {
        return Vec::new();
    }
    let by_element = element_type(takes).and_then(|element| {
        let items = items(argument.value)?;
        let mut wrong = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if !fits(*item, element) {
                wrong.push(Problem {
                    diagnostic: wrong_argument_type::element(
                        builtin,
                        argument,
                        script,
                        (index, items.len()),
                        *item,
                        element,
                    ),
                    is_whole: false,
                });
            }
        }
        Some(wrong)
    });
    by_element.unwrap_or_else(|| {
        vec![Problem {
            diagnostic: wrong_argument_type::whole(builtin, argument, script),
            is_whole: true,
        }]
    })
}

/// Whether `value` is one that `takes` takes.
pub(crate) fn fits(value: Value<'_>, takes: &ArgType) -> bool {
    if let Some(unknown) = UnknownValue::from_value(value) {
        return match (takes, unknown.object) {
            (ArgType::Object(wanted), Some(object)) => std::ptr::eq(wanted(), object),
            (ArgType::OneOf(several), Some(_)) => several.iter().any(|one| fits(value, one)),
            // Objects whose members are all known are no strings, numbers or lists.
            (ArgType::Any, _) | (_, None) => true,
            (_, Some(object)) => object.is_open,
        };
    }
    if let Some(held) = ObjectValue::from_value(value) {
        let object = held.object();
        return match takes {
            ArgType::Any => true,
            ArgType::Object(wanted) => std::ptr::eq(wanted(), object),
            ArgType::OneOf(several) => several.iter().any(|one| fits(value, one)),
            ArgType::List(_) => held.is_list(),
            ArgType::Dict(_) => held.is_map(),
            _ => object.is_open,
        };
    }
    match takes {
        ArgType::Any => true,
        ArgType::Str | ArgType::Path | ArgType::Choice(_) => value.unpack_str().is_some(),
        ArgType::Int => value.unpack_i32().is_some() && value.unpack_bool().is_none(),
        ArgType::Number => matches!(value.get_type(), "int" | "float"),
        ArgType::Bool => value.unpack_bool().is_some(),
        ArgType::List(element) => {
            items(value).is_some_and(|items| items.iter().all(|item| fits(*item, element)))
        }
        ArgType::Dict(element) => DictRef::from_value(value).is_some_and(|dict| {
            let mut entries = dict.iter();
            entries.all(|(key, item)| fits(key, &ArgType::Str) && fits(item, element))
        }),
        ArgType::Object(_) => false,
        ArgType::OneOf(several) => several.iter().any(|one| fits(value, one)),
    }
}

/// The elements of a list or tuple.
pub(crate) fn items<'v>(value: Value<'v>) -> Option<Vec<Value<'v>>> {
    if let Some(list) = ListRef::from_value(value) {
        return Some(list.iter().collect());
    }
    TupleRef::from_value(value).map(|tuple| tuple.content().to_vec())
}

fn element_type(takes: &'static ArgType) -> Option<&'static ArgType> {
    match takes {
        ArgType::List(element) => Some(element),
        ArgType::OneOf(several) => several.iter().find_map(element_type),
        _ => None,
    }
}

/// What a parameter takes, for people.
pub(crate) fn describe(takes: &ArgType) -> String {
    match takes {
        ArgType::Any => "any value".to_owned(),
        ArgType::Str | ArgType::Path | ArgType::Choice(_) => "a string".to_owned(),
        ArgType::Int => "a whole number".to_owned(),
        ArgType::Number => "a number".to_owned(),
        ArgType::Bool => "`True` or `False`".to_owned(),
        ArgType::List(element) => format!("a list of {}", plural(element)),
        ArgType::Dict(ArgType::Any) => "a dictionary".to_owned(),
        ArgType::Dict(element) => format!("a dictionary of {}", plural(element)),
        ArgType::Object(object) => object_in_words(object()),
        ArgType::OneOf(several) => {
            let all: Vec<_> = several.iter().map(describe).collect();
            all.join(" or ")
        }
    }
}

/// Several values of what a parameter takes, for people.
pub(crate) fn plural(takes: &ArgType) -> String {
    match takes {
        ArgType::Str | ArgType::Path | ArgType::Choice(_) => "strings".to_owned(),
        ArgType::Int => "whole numbers".to_owned(),
        ArgType::Object(object) => format!("`{}` values", object().name),
        _ => "values".to_owned(),
    }
}

fn object_in_words(object: &Object) -> String {
    with_article(object.name)
}

/// The name of a type in a sentence: an `Event`.
pub(crate) fn with_article(name: &str) -> String {
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U']) {
        "an"
    } else {
        "a"
    };
    format!("{article} `{name}`")
}

/// What a value is, for people.
pub(crate) fn describe_value(value: Value<'_>) -> String {
    if let Some(unknown) = UnknownValue::from_value(value) {
        return match unknown.object {
            Some(object) => object_in_words(object),
            None => "a value that is known only at run time".to_owned(),
        };
    }
    if let Some(held) = ObjectValue::from_value(value) {
        return match () {
            () if held.is_list() => "a list".to_owned(),
            () if held.is_map() => "a dictionary".to_owned(),
            () => object_in_words(held.object()),
        };
    }
    let kind = match value.get_type() {
        "NoneType" => "`None`",
        "string" => "a string",
        "int" => "a number",
        "float" => "a fraction",
        "bool" => "a truth value",
        "list" => "a list",
        "tuple" => "a tuple",
        "dict" => "a dictionary",
        "set" => "a set",
        "range" => "a range",
        "function" | "native_function" => "a function",
        other => return format!("a `{other}`"),
    };
    kind.to_owned()
}

/// An argument as it could be written.
pub(crate) fn example(takes: &ArgType) -> String {
    match takes {
        ArgType::Choice(choices) => format!("\"{}\"", choices.first().unwrap_or(&"…")),
        ArgType::Any | ArgType::Object(_) => "…".to_owned(),
        ArgType::Str | ArgType::Path => "\"…\"".to_owned(),
        ArgType::Int | ArgType::Number => "…".to_owned(),
        ArgType::Bool => "True".to_owned(),
        ArgType::List(element) => format!("[{}]", example(element)),
        ArgType::Dict(element) => format!("{{\"…\": {}}}", example(element)),
        ArgType::OneOf(several) => several.first().map_or("…".to_owned(), example),
    }
}
