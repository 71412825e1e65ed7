//! Binds the arguments of a call to the parameters of its builtin.

use std::ops::Range;

use starlark::syntax::ast::AstExpr;
use starlark::values::Value;

use super::{Argument, Written, swapped};
use crate::diagnostic::Frame;
use crate::script::arg_type;
use crate::script::builtins::{ArgType, Builtin, Parameter};
use crate::script::parsed::{Script, range};
use crate::script::record::Recorder;
use crate::script::rules::{missing_argument, too_many_arguments, unknown_argument};
use crate::source::Span;

/// A value that was given for a parameter.
#[derive(Clone, Copy)]
pub(super) struct Given<'e, 'v> {
    pub(super) parameter: &'static Parameter,
    pub(super) value: Value<'v>,
    pub(super) expression: Option<&'e AstExpr>,
    /// Whether the script shows it as an argument of its own.
    pub(super) is_shown: bool,
}

pub(super) struct Binder<'a, 'v> {
    pub(super) builtin: &'static Builtin,
    pub(super) recorder: &'a Recorder<'a>,
    pub(super) span: Span,
    pub(super) trace: &'a [Frame],
    pub(super) script: &'a Script,
    pub(super) written: &'a Written<'a>,
    pub(super) arguments: Vec<Argument<'a, 'v>>,
    pub(super) refused: Vec<&'static str>,
}

impl<'v> Binder<'_, 'v> {
    pub(super) fn bind(&mut self, positional: &[Value<'v>], named: &[(&str, Value<'v>)]) {
        let parameters = self.builtin.parameters;
        let mut given: Vec<Given<'_, 'v>> = Vec::new();
        for (index, value) in positional.iter().enumerate() {
            let shown = self.written.positional.get(index).copied();
            let expression = shown.or(self.written.star);
            if let Some(parameter) = parameters.get(index) {
                given.push(Given {
                    parameter,
                    value: *value,
                    expression,
                    // What `*args` holds is not shown one by one.
                    is_shown: shown.is_some(),
                });
            } else {
                let at = expression.map_or(self.span, |it| self.script.span(it.span));
                let too_many = too_many_arguments::diagnostic(self.builtin, positional.len(), at);
                self.recorder.report(too_many.trace(self.trace));
                break;
            }
        }
        let is_given =
            |name: &str, given: &[Given<'_, 'v>]| given.iter().any(|it| it.parameter.name == name);
        for (name, value) in named {
            let shown = self.written.named.iter().find(|(other, ..)| other == name);
            let expression = shown.map(|(.., it)| *it).or(self.written.star_star);
            match parameters.iter().find(|it| it.name == *name) {
                Some(parameter) if is_given(parameter.name, &given) => {
                    let at = expression.map_or(self.span, |it| self.script.span(it.span));
                    let twice = too_many_arguments::twice(self.builtin, parameter.name, at);
                    self.recorder.report(twice.trace(self.trace));
                }
                Some(parameter) => given.push(Given {
                    parameter,
                    value: *value,
                    expression,
                    is_shown: shown.is_some(),
                }),
                None => {}
            }
        }
        if let Some(diagnostic) = swapped::put_right(self.builtin, self.script, &mut given) {
            self.recorder.report(diagnostic.trace(self.trace));
        }
        for one in given {
            self.accept(one.parameter, one.value, one.expression, one.is_shown);
        }
        for (name, _) in named {
            if parameters.iter().all(|it| it.name != *name) {
                let shown = self.written.named.iter().find(|(other, ..)| other == name);
                let expression = shown.map(|(.., it)| *it).or(self.written.star_star);
                let at = shown.map(|(_, name, _)| name.clone());
                self.unknown(name, at, expression, named);
            }
        }
        let needed = parameters.iter().filter(|it| it.default.is_none());
        let missing: Vec<_> = needed.filter(|it| !self.has(it.name)).collect();
        if !missing.is_empty() {
            let callee = self.written.callee_name.clone();
            let at = callee.map_or(self.span, |at| Span::new(self.script.file, at));
            let diagnostic = missing_argument::diagnostic(self.builtin, &missing, at);
            self.recorder.report(diagnostic.trace(self.trace));
            self.refused.extend(missing.iter().map(|it| it.name));
        }
    }

    fn has(&self, name: &str) -> bool {
        self.refused.contains(&name) || self.arguments.iter().any(|it| it.parameter.name == name)
    }

    /// Takes `value` for `parameter`, or reports why it does not fit.
    fn accept(
        &mut self,
        parameter: &'static Parameter,
        value: Value<'v>,
        expression: Option<&AstExpr>,
        is_shown: bool,
    ) where
        Self: Sized,
    {
        // Where a default is known, `None` leaves the argument out, as is usual in Go's Starlark.
        // Where any value is taken, it is one.
        let is_left_out = value.is_none() && !matches!(parameter.takes, ArgType::Any);
        if is_left_out && parameter.default.is_some() {
            return;
        }
        // The expression lives as long as the script, which the binder holds.
        let expression = expression.and_then(|it| self.script.expression(&range(it.span)));
        let argument = Argument {
            parameter,
            value,
            span: expression.map_or(self.span, |it| self.script.span(it.span)),
            expression: expression.filter(|_| is_shown),
            origin: None,
        };
        let problems = arg_type::problems(self.builtin, &argument, self.script);
        let is_refused = problems.iter().any(|problem| problem.is_whole);
        for problem in problems {
            self.recorder.report(problem.diagnostic.trace(self.trace));
        }
        if is_refused {
            self.refused.push(parameter.name);
        } else {
            self.arguments.push(argument);
        }
    }

    fn unknown(
        &mut self,
        name: &str,
        at: Option<Range<usize>>,
        value: Option<&AstExpr>,
        given: &[(&str, Value<'v>)],
    ) {
        let fallback = value.map_or(self.span, |it| self.script.span(it.span));
        let is_shown = at.is_some();
        let at = at.map_or(fallback, |at| Span::new(self.script.file, at));
        let free: Vec<_> = self
            .builtin
            .parameters
            .iter()
            .map(|it| it.name)
            .filter(|it| !self.has(it) && !given.iter().any(|(name, _)| name == it))
            .collect();
        let diagnostic = unknown_argument::diagnostic(self.builtin, name, &free, at, is_shown);
        let Some((mut diagnostic, mut meant)) = diagnostic else {
            return;
        };
        // The only argument that is missing is meant by the only one that is too much.
        let mut missing = self.builtin.parameters.iter();
        let mut missing = missing
            .by_ref()
            .filter(|it| it.default.is_none() && free.contains(&it.name));
        if let (None, Some(missing), None) = (meant, missing.next(), missing.next()) {
            let is_known = |name: &str| self.builtin.parameters.iter().any(|it| it.name == name);
            let others = given.iter().filter(|(it, _)| !is_known(it)).count();
            let value = given.iter().find(|(it, _)| *it == name);
            if others > 1 || value.is_none_or(|(_, it)| !arg_type::fits(*it, &missing.takes)) {
                // That one is missing is told, which is enough.
                return;
            }
            meant = Some(missing.name);
            diagnostic = unknown_argument::instead(self.builtin, name, missing.name, at, is_shown);
        }
        self.recorder.report(diagnostic.trace(self.trace));
        // Its meaning is evident, so it is taken as it was meant.
        let parameters = self.builtin.parameters.iter();
        if let Some(parameter) = parameters.clone().find(|it| Some(it.name) == meant) {
            let given = given.iter().find(|(given, _)| *given == name);
            if let Some((_, given)) = given {
                self.accept(parameter, *given, value, is_shown);
            }
        }
    }
}
