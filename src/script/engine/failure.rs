//! What an error of the engine means, and what takes the place of what failed.

use std::ops::Range;

use starlark::syntax::ast::ExprP;

use super::{Project, Stop};
use crate::diagnostic::Frame;
use crate::script::doubt;
use crate::script::lower::{OWN_FRAME, Patch};
use crate::script::model::{self, Lookup};
use crate::script::parsed::{Script, range};
use crate::script::record::{Limit, Recorder};
use crate::script::rules::{evaluation_error, unknown_attribute, unknown_resource};
use crate::script::values::missing_attributes;
use crate::source::Span;
use crate::suggest::nearest;

impl Project<'_> {
    /// Reports an error of the engine, and replaces what failed.
    pub(super) fn handle(&mut self, recorder: &Recorder<'_>, error: &starlark::Error) -> Stop {
        if recorder.is_over() {
            return Stop::Final;
        }
        let words = error.without_diagnostic().to_string();
        let trace = trace(recorder, error);
        let limit = if words.contains("ticks has been exceeded") {
            Some(Limit::Steps)
        } else if words.contains("call stack overflow") {
            Some(Limit::CallDepth)
        } else {
            None
        };
        let place = error.span().filter(|place| recorder.span(place).is_some());
        if let Some(limit) = limit {
            let at = place.and_then(|place| recorder.span(place));
            recorder.exceed_at(limit, at, trace);
            return Stop::Final;
        }
        let Some(place) = place else {
            return Stop::Final;
        };
        let Some(script) = recorder.script(place.filename()) else {
            return Stop::Final;
        };
        let span = script.original_span(place.span);
        let at = span.range();
        if doubt::is_open(&words) {
            drop(missing_attributes::take_last());
            return match script.replace_failed(&at) {
                true => Stop::Again,
                false => Stop::Final,
            };
        }
        if let Some(lookup) = model::with(model::Model::take_refused) {
            return self.missing_name(&script, lookup, &at, &trace);
        }
        let attribute = match script.expression(&at).map(|it| &it.node) {
            Some(ExprP::Dot(_, name)) => Some(name),
            // A method that is not there fails when it is called.
            Some(ExprP::Call(callee, _)) if words.contains("has no attribute") => {
                match &callee.node {
                    ExprP::Dot(_, name) => Some(name),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some(name) = attribute {
            let name_at = range(name.span);
            if self.missing_attribute(&script, &words, &name.node, name_at, &trace) {
                return Stop::Again;
            }
        } else if !is_of_unknown(&words) {
            self.find(evaluation_error::engine(&words, span, &trace));
        }
        if script.replace_failed(&at) {
            Stop::Again
        } else {
            Stop::Final
        }
    }

    /// Reports a workload or volume that is not there. The script goes on with
    /// the one that was probably meant, or with one that is not known.
    fn missing_name(
        &mut self,
        script: &Script,
        lookup: Lookup,
        at: &Range<usize>,
        trace: &[Frame],
    ) -> Stop {
        let index = match script.expression(at).map(|it| &it.node) {
            Some(ExprP::Index(parts)) => Some(&parts.1),
            _ => None,
        };
        let name_at = index.map_or(at.clone(), |index| range(index.span));
        let is_literal = index.is_some_and(|it| matches!(it.node, ExprP::Literal(_)));
        let span = Span::new(script.file, name_at.clone());
        let diagnostic = unknown_resource::diagnostic(&lookup, span, is_literal, trace);
        self.find(diagnostic);
        let meant = nearest(&lookup.name, lookup.known.iter().map(String::as_str));
        match meant {
            Some(meant) if is_literal && lookup.elsewhere.is_empty() => {
                script.patch(Patch::replace(name_at, format!("{meant:?}")));
            }
            _ => self.accepted_lookups.push(lookup),
        }
        Stop::Again
    }

    /// Reports an attribute that is not there. True when the script can go on
    /// with the attribute, taken as it was meant or as it is.
    fn missing_attribute(
        &mut self,
        script: &Script,
        words: &str,
        name: &str,
        at: Range<usize>,
        trace: &[Frame],
    ) -> bool {
        let span = Span::new(script.file, at.clone());
        if let Some(missing) = missing_attributes::take_last() {
            let known = || missing.known.iter().map(String::as_str);
            let is_complete = missing.is_complete;
            self.find(unknown_attribute::of(&missing, span, trace));
            if let Some(meant) = unknown_attribute::meant(&missing.object, name, known()) {
                script.patch(Patch::replace(at, meant));
                return true;
            }
            if !is_complete {
                self.accepted.push(missing);
            }
            return !is_complete;
        }
        // One of Starlark's own values, in the engine's words: "Object of type
        // `string` has no attribute `x`, did you mean `y`?"
        let mut quoted = words.split('`').skip(1).step_by(2);
        let (Some(object), Some(_), meant) = (quoted.next(), quoted.next(), quoted.next()) else {
            self.find(evaluation_error::engine(words, span, trace));
            return false;
        };
        let known = meant.as_slice().iter().copied();
        let diagnostic = unknown_attribute::diagnostic(object, name, known, true, span, trace);
        self.find(diagnostic);
        false
    }
}

/// The calls of the script's own functions that led to an error.
fn trace(recorder: &Recorder<'_>, error: &starlark::Error) -> Vec<Frame> {
    let frames = error.call_stack().frames.iter();
    let own = frames.filter(|frame| frame.name != OWN_FRAME);
    let frames = own.filter_map(|frame| {
        let span = recorder.span(frame.location.as_ref()?)?;
        Some(Frame {
            function: frame.name.clone(),
            span,
        })
    });
    frames.collect()
}

/// Whether the engine's words are about a value that is only known at run time:
/// such a value is no mistake.
fn is_of_unknown(words: &str) -> bool {
    [
        "`unknown",
        "unknown (repr",
        "known at run time>",
        "**kwargs is not a dictionary",
    ]
    .iter()
    .any(|telling| words.contains(telling))
}
