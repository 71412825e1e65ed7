//! Texts that modules read and write: where a mistake within one is, and what
//! to give where only the run knows the text.

use starlark::values::Value;

use crate::script::builtins::ArgType;
use crate::script::call::{Argument, Call};
use crate::script::record::Limit;
use crate::script::rules::{
    evaluation_error, undecodable_text, unencodable_value, wrong_argument_type,
};
use crate::script::values::plain::NotPlain;
use crate::script::values::{Plain, UnknownValue};
use crate::source::Span;

/// The longest text that a module makes, in bytes.
pub(super) const MAX_TEXT: usize = 1 << 20;

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// What is wrong, and the byte of the text where it is.
    At { at: usize, message: String },
    /// The value would be made of too much.
    TooLarge,
}

/// What became of a value that was to be written as a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Encoded {
    Text(String),
    /// The format cannot say it, because of this.
    Not(String),
    TooLarge,
}

/// A value as a text, or what the call gives instead: what only the run knows, or
/// what stands in for a mistake.
pub(in crate::script::builtins) enum Written<'v> {
    Text(String),
    Instead(Option<Value<'v>>),
}

/// The text of the parameter `name`, or `default` where none is given. None when
/// only the run knows it, or it does not fit.
pub(super) fn given<'v>(call: &Call<'_, 'v>, name: &str, default: &'v str) -> Option<&'v str> {
    match call.argument(name) {
        Some(argument) => argument.value.unpack_str(),
        None => (!call.was_refused(name)).then_some(default),
    }
}

/// The value of the parameter `name`, which takes one of some words. None when only
/// the run knows it, or it is none of them, which is reported.
pub(super) fn choice<'v>(call: &Call<'_, 'v>, name: &str, default: &'v str) -> Option<&'v str> {
    let word = given(call, name, default)?;
    let Some(argument) = call.argument(name) else {
        return Some(word);
    };
    if let ArgType::Choice(choices) = argument.parameter.takes
        && !choices.contains(&word)
    {
        let diagnostic = wrong_argument_type::choice(argument, word, choices);
        call.recorder.report(diagnostic.trace(&call.trace));
        return None;
    }
    Some(word)
}

/// Reports that the text in `argument` is no `format`, and gives what stands in.
pub(super) fn undecodable<'v>(
    call: &Call<'_, 'v>,
    argument: &Argument<'_, 'v>,
    format: &str,
    problem: Problem,
) -> Value<'v> {
    match problem {
        Problem::TooLarge => too_large(call),
        Problem::At { at, message } => {
            let text = argument.value.unpack_str().unwrap_or_default();
            let located = call.locate(text.to_owned(), argument);
            let place = place(call, argument, at);
            let diagnostic = undecodable_text::diagnostic(format, &located, (at, place), &message);
            call.recorder.report(diagnostic.trace(&call.trace));
            failed(call)
        }
    }
}

/// Where the byte `at` of the text in `argument` is written, if a script writes
/// it letter by letter.
fn place<'v>(call: &Call<'_, 'v>, argument: &Argument<'_, 'v>, at: usize) -> Option<Span> {
    let text = argument.value.unpack_str()?;
    let located = call.locate(text.to_owned(), argument);
    let literal = located.origin.unwrap_or(located.span);
    let length = text.get(at..)?.chars().next().map_or(0, char::len_utf8);
    Some(call.shown(literal, text)?.within(literal, at..at + length))
}

/// The value of the parameter `name` as plain data. What is not is reported; the
/// call then gives what only the run knows.
pub(super) fn plain<'v>(
    call: &Call<'_, 'v>,
    name: &str,
    format: &str,
) -> Result<Plain, Option<Value<'v>>> {
    let argument = call.argument(name).ok_or(None)?;
    Plain::of(argument.value, call.heap).map_err(|problem| {
        Some(match problem {
            NotPlain::Unknown(unknown) => derived(call, unknown),
            NotPlain::TooLarge => too_large(call),
            NotPlain::Other { path, kind } => {
                let diagnostic = unencodable_value::part(format, &path, &kind, argument.span);
                call.recorder.report(diagnostic.trace(&call.trace));
                failed(call)
            }
        })
    })
}

/// `encoded` as the result of the call. What cannot be said is reported at the
/// parameter `name`.
pub(super) fn encoded<'v>(
    call: &Call<'_, 'v>,
    name: &str,
    format: &str,
    encoded: Encoded,
) -> Value<'v> {
    match encoded {
        Encoded::Text(text) => call.heap.alloc_str(&text).to_value(),
        Encoded::TooLarge => too_large(call),
        Encoded::Not(why) => {
            let at = call.argument(name).map_or(call.span, |it| it.span);
            let diagnostic = unencodable_value::diagnostic(format, &why, at);
            call.recorder.report(diagnostic.trace(&call.trace));
            failed(call)
        }
    }
}

/// What is made of `unknown`: it keeps where that came from.
pub(super) fn derived<'v>(call: &Call<'_, 'v>, unknown: UnknownValue) -> Value<'v> {
    call.heap
        .alloc(UnknownValue::new(unknown.what, unknown.from))
}

/// Ends the evaluation: the result would be too large.
pub(super) fn too_large<'v>(call: &Call<'_, 'v>) -> Value<'v> {
    let trace = call.trace.clone();
    call.recorder
        .exceed_at(Limit::Value, Some(call.span), trace);
    failed(call)
}

/// Reports that the original fails for the value of the parameter `name`, in `words`,
/// and gives what stands in.
pub(super) fn refused<'v>(call: &Call<'_, 'v>, name: &str, words: &str) -> Value<'v> {
    let at = call.argument(name).map_or(call.span, |it| it.span);
    let diagnostic = evaluation_error::engine(words, at, &call.trace);
    call.recorder.report(diagnostic);
    failed(call)
}

/// What stands in for the result of a call with a mistake, which was reported.
pub(super) fn failed<'v>(call: &Call<'_, 'v>) -> Value<'v> {
    call.heap.alloc(UnknownValue::new(call.what(), None))
}
