//! Arguments that are no value of the kind that a parameter takes.

use starlark::values::Value;
use starlark::values::dict::DictRef;

use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::rule::declare_rule;
use crate::script::arg_type::{describe, describe_value, fits, plural};
use crate::script::builtins::{ArgType, Builtin};
use crate::script::call::{self, Argument};
use crate::script::parsed::Script;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// An argument, or an element of one, is of the wrong type.
    ///
    /// ## Why is this wrong?
    /// `registries` takes a list of strings. A single string is not a list of
    /// one: taken letter by letter it would name one registry per letter. A
    /// number loses its leading zeros, so account ids are written in quotes. An
    /// element that is `None` usually comes from looking something up under a
    /// name that is not there.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = "123456789012.dkr.ecr.us-east-1.amazonaws.com",  # error: "takes a list of strings"
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    "wrong-argument-type" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["C06", "C07", "C08", "C15"],
    }
}

/// The argument as a whole does not fit.
pub(crate) fn whole(builtin: &Builtin, argument: &Argument<'_, '_>, script: &Script) -> Diagnostic {
    let takes = &argument.parameter.takes;
    let message = format!(
        "`{}` of `{}` takes {}, but this is {}",
        argument.parameter.name,
        builtin.name,
        describe(takes),
        describe_value(argument.value)
    );
    if let ArgType::Dict(element) = takes
        && let Some(entries) = DictRef::from_value(argument.value)
    {
        return entry(argument, element, &entries);
    }
    let diagnostic = RULE.at(argument.span, message);
    let written = &script.text[argument.span.range()];
    let is_shown = argument.expression.is_some();
    let wants_list = matches!(takes, ArgType::List(_));
    match (takes, argument.value.get_type()) {
        (ArgType::List(_), "string")
            if is_shown && written.len() < 200 && !written.contains('\n') =>
        {
            let listed = format!("[{written}]");
            diagnostic
                .help(format!("put it in a list: `{listed}`"))
                .fix(Safety::Safe, "put it in a list", argument.span, listed)
        }
        (ArgType::List(_), "dict") => {
            diagnostic.help("list the keys in brackets: `[\"…\", \"…\"]`")
        }
        (_, "NoneType") if wants_list => {
            diagnostic.help("leave the argument out, or give a list: `[\"…\"]`")
        }
        (_, "NoneType") => diagnostic
            .help("where does the `None` come from? leave the argument out if it is not needed"),
        (ArgType::Choice(choices), _) => {
            let choices: Vec<_> = choices.iter().map(|it| format!("`\"{it}\"`")).collect();
            diagnostic.help(format!("write {}", choices.join(" or ")))
        }
        (ArgType::Str, "int") if is_shown => diagnostic
            .help(format!("write it in quotes: `\"{written}\"`"))
            .fix(
                Safety::Safe,
                "write it in quotes",
                argument.span,
                format!("\"{written}\""),
            ),
        (ArgType::Int | ArgType::Number, "string") => {
            let text = argument.value.unpack_str().unwrap_or_default();
            match (text.parse::<i32>(), text.split_once(':')) {
                (Ok(_), _) if is_shown => diagnostic
                    .help(format!("write the number without quotes: `{text}`"))
                    .fix(Safety::Unsafe, "take the quotes away", argument.span, text),
                (Err(_), Some((local, remote)))
                    if local.parse::<u16>().is_ok() && remote.parse::<u16>().is_ok() =>
                {
                    diagnostic.help(format!(
                        "write the two ports apart: `local = {local}, remote = {remote}`"
                    ))
                }
                _ => diagnostic.help("write a number"),
            }
        }
        (ArgType::Bool, _) => diagnostic.help("write `True` or `False`"),
        _ => diagnostic,
    }
}

/// An entry of a dictionary does not fit.
fn entry(argument: &Argument<'_, '_>, element: &ArgType, entries: &DictRef<'_>) -> Diagnostic {
    let name = argument.parameter.name;
    let is_text = |value: Value<'_>| value.unpack_str().is_some();
    let mut all = entries.iter();
    let message = match all.find(|(key, value)| !is_text(*key) || !fits(*value, element)) {
        Some((key, value)) if is_text(key) => format!(
            "the values of `{name}` are {}, but that of `{}` is {}",
            plural(element),
            key.to_str(),
            describe_value(value)
        ),
        Some((key, _)) => format!(
            "the keys of `{name}` are strings, but `{}` is {}",
            key.to_str(),
            describe_value(key)
        ),
        None => format!("`{name}` does not take this dictionary"),
    };
    RULE.at(argument.span, message)
}

/// The values at `places` are each given for the other one's parameter.
pub(crate) fn swapped(
    builtin: &Builtin,
    script: &Script,
    names: [&str; 2],
    places: [Span; 2],
) -> Diagnostic {
    let [first, second] = names;
    let message = format!(
        "`{first}` and `{second}` of `{}` are the wrong way round",
        builtin.name
    );
    let [one, other] = places.map(|place| &script.text[place.range()]);
    let edits = [(places[0], other), (places[1], one)];
    let edits = edits.map(|(span, text)| {
        let text = text.to_owned();
        Edit { span, text }
    });
    RULE.at(places[0], message)
        .label(format!("this is meant for `{second}`"))
        .also(places[1], format!("this is meant for `{first}`"))
        .help(format!(
            "exchange them, or give them by name: `{first} = …, {second} = …`"
        ))
        .fix_all(Safety::Safe, "exchange them", edits.into())
}

/// The argument is none of the words that its parameter takes.
pub(crate) fn choice(argument: &Argument<'_, '_>, word: &str, choices: &[&str]) -> Diagnostic {
    let name = argument.parameter.name;
    let diagnostic = RULE.at(argument.span, format!("`{word}` is no `{name}`"));
    match nearest(word, choices.iter().copied()) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => {
            let all: Vec<_> = choices.iter().map(|it| format!("`{it}`")).collect();
            diagnostic.help(format!("it is one of {}", all.join(", ")))
        }
    }
}

/// Element `index` of a list of `length` elements does not fit.
pub(crate) fn element<'v>(
    builtin: &Builtin,
    argument: &Argument<'_, 'v>,
    script: &Script,
    (index, length): (usize, usize),
    value: Value<'v>,
    takes: &ArgType,
) -> Diagnostic {
    let name = argument.parameter.name;
    let element = call::element(argument, script, (index, length), value);
    let message = format!(
        "`{name}[{index}]` of `{}` is {}, but must be {}",
        builtin.name,
        describe_value(value),
        describe(takes)
    );
    let diagnostic = RULE.at(element.span, message);
    let is_own = element.span != argument.span;
    let written = &script.text[element.span.range()];
    match value.get_type() {
        "int" if is_own && written.bytes().all(|byte| byte.is_ascii_digit()) => {
            let quoted = format!("\"{written}\"");
            // An account id alone is no host; quoting it would only move the mistake.
            if name == "registries" {
                diagnostic.help(
                    "registries are hosts in quotes: `\"ACCOUNT.dkr.ecr.REGION.amazonaws.com\"`",
                )
            } else {
                diagnostic
                    .help(format!("write it in quotes: `{quoted}`"))
                    .fix(Safety::Safe, "write it in quotes", element.span, quoted)
            }
        }
        "NoneType" if is_own && written == "None" => diagnostic.help("remove it"),
        "NoneType" => {
            diagnostic.help("it was looked up under a name that is not there: check the key")
        }
        "list" | "tuple" => {
            diagnostic.help("one list of strings is enough: take the inner brackets away")
        }
        _ => diagnostic,
    }
}
