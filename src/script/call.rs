//! One call of a builtin: its arguments bound to the parameters, each with its
//! place in the script.

mod binder;
mod swapped;
mod written;

use std::ops::Range;
use std::rc::Rc;

use starlark::eval::{Arguments, Evaluator};
use starlark::syntax::ast::{AstExpr, ExprP};
use starlark::values::{Heap, Value};

use crate::diagnostic::{Diagnostic, Frame};
use crate::kubernetes::types::Type;
use crate::script::builtins::{Builtin, Evidence, Parameter, ReturnType};
use crate::script::field_type;
use crate::script::model::{self, Id, Slot};
use crate::script::origin;
use crate::script::parsed::Script;
use crate::script::record::Recorder;
use crate::script::rules::deprecated_name;
use crate::script::values::{UnknownValue, content};
use crate::source::{Located, Shown, Span};
use binder::Binder;
pub(crate) use written::Written;

/// A call whose arguments fit.
pub(crate) struct Call<'a, 'v> {
    pub(crate) recorder: &'a Recorder<'a>,
    builtin: &'static Builtin,
    pub(crate) heap: Heap<'v>,
    /// The whole call.
    pub(crate) span: Span,
    /// The calls of the script's own functions that led here, outermost first.
    pub(crate) trace: Vec<Frame>,
    /// The object whose method is called, where that has a state.
    pub(crate) receiver: Option<Id>,
    script: &'a Script,
    arguments: Vec<Argument<'a, 'v>>,
    refused: Vec<&'static str>,
    sites: &'a [Site],
}

/// An argument of a call, or an element of one.
#[derive(Clone, Debug)]
pub(crate) struct Argument<'a, 'v> {
    pub(crate) parameter: &'static Parameter,
    pub(crate) value: Value<'v>,
    /// The argument; the whole call when the script does not show it.
    pub(crate) span: Span,
    /// How it is written; none within `*args` and `**kwargs`.
    pub(crate) expression: Option<&'a AstExpr>,
    /// Where it was decided, when that is known before its value is looked at.
    pub(crate) origin: Option<Span>,
}

/// A place in a script from which something was called.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) script: Rc<Script>,
    pub(crate) range: Range<usize>,
}

/// Binds `args` to the parameters of `builtin` and runs it. What does not fit
/// is reported; the call then gives what it gives at run time.
pub(crate) fn invoke<'v>(
    builtin: &'static Builtin,
    receiver: Option<Id>,
    args: &Arguments<'v, '_>,
    eval: &mut Evaluator<'v, '_, '_>,
) -> starlark::Result<Value<'v>> {
    crate::script::guard::check(eval)?;
    let heap = eval.heap();
    let Some(recorder) = Recorder::of(eval) else {
        return Ok(Value::new_none());
    };
    let mut sites = sites(recorder, eval);
    let Some(site) = sites.pop() else {
        return Ok(Value::new_none());
    };
    let span = Span::new(site.script.file, site.range.clone());
    let trace = recorder.trace(eval);
    let written = Written::at(&site);
    let positional: Vec<_> = args.positions(heap)?.collect();
    let named = args.names_map()?;
    let named: Vec<_> = named.iter().map(|(k, v)| (k.as_str(), *v)).collect();

    let mut binder = Binder {
        builtin,
        recorder,
        span,
        trace: &trace,
        script: &site.script,
        written: &written,
        arguments: Vec::new(),
        refused: Vec::new(),
    };
    binder.bind(&positional, &named);
    let Binder {
        arguments, refused, ..
    } = binder;
    if let Some(replacement) = builtin.replacement {
        let at = written.callee_name.clone().unwrap_or(site.range.clone());
        let at = Span::new(site.script.file, at);
        let text = &site.script.text;
        recorder.report(deprecated_name::diagnostic(
            builtin.name,
            replacement,
            text,
            at,
        ));
    }

    let call = Call {
        recorder,
        builtin,
        heap,
        span,
        trace: trace.clone(),
        receiver,
        script: &site.script,
        arguments,
        refused,
        sites: &sites,
    };
    if let Some(value) = builtin.run.and_then(|run| run(&call)) {
        return Ok(value);
    }
    Ok(result(&call, builtin))
}

/// What a call gives when nothing but its type is known.
fn result<'v>(call: &Call<'_, 'v>, builtin: &'static Builtin) -> Value<'v> {
    let (what, from) = (call.what(), call.from());
    match builtin.returns {
        ReturnType::None => Value::new_none(),
        ReturnType::Object(object) => {
            let value = UnknownValue::of(object(), what, from);
            call.heap.alloc(value)
        }
        ReturnType::Str | ReturnType::Any => call.heap.alloc(UnknownValue::new(what, from)),
    }
}

impl<'a, 'v> Call<'a, 'v> {
    /// The call in code, as short as it can be recognised: `volume("data")`.
    pub(crate) fn what(&self) -> String {
        let name = self.builtin.name;
        let owner = self
            .receiver
            .map(|id| model::with(|it| it.entry(id).what.clone()));
        let owner = owner.map_or(String::new(), |owner| format!("{owner}."));
        let first = self.arguments.first().and_then(|it| it.value.unpack_str());
        match first {
            Some(text) if text.len() < 100 => format!("{owner}{name}({text:?})"),
            _ if self.arguments.is_empty() => format!("{owner}{name}()"),
            _ => format!("{owner}{name}(…)"),
        }
    }

    /// Where its result was asked for. A call with a mistake gives nothing that
    /// the cluster would know, so it has none.
    pub(crate) fn from(&self) -> Option<Span> {
        self.refused.is_empty().then_some(self.span)
    }

    /// The argument for the parameter `name`, if it was given and fits.
    pub(crate) fn argument(&self, name: &str) -> Option<&Argument<'a, 'v>> {
        self.arguments.iter().find(|it| it.parameter.name == name)
    }

    /// Whether an argument for the parameter `name` was given that does not fit.
    pub(crate) fn was_refused(&self, name: &str) -> bool {
        self.refused.contains(&name)
    }

    /// Element `index` of the list in `argument`, which has `length` elements.
    pub(crate) fn element(
        &self,
        argument: &Argument<'a, 'v>,
        index: usize,
        length: usize,
        value: Value<'v>,
    ) -> Argument<'a, 'v> {
        let mut element = element(argument, self.script, (index, length), value);
        if let Some(list) = argument.expression
            && element.span == argument.span
        {
            let scripts = self.recorder.scripts.borrow();
            element.origin =
                origin::of_element(&scripts, self.script, self.sites, list, index, length);
        }
        element
    }

    /// How the literal shows `value`, if a script writes it there letter by letter.
    pub(crate) fn shown(&self, literal: Span, value: &str) -> Option<Shown> {
        let scripts = self.recorder.scripts.borrow();
        let script = scripts.values().find(|it| it.file == literal.file)?;
        Shown::of(script.text.get(literal.range())?, value)
    }

    /// The argument as an object holds it, with its places.
    pub(crate) fn slot(&self, argument: &Argument<'a, 'v>) -> Slot {
        let mut slot = Slot::new(
            content::of_value(argument.value, argument.span),
            argument.span,
        );
        if let Some(text) = argument.value.unpack_str() {
            slot.origin = self.locate(text.to_owned(), argument).origin;
        }
        slot
    }

    /// What is wrong with `argument`, which is `slot`, as an item of the list `name`,
    /// whose items are of the type `ty`.
    pub(crate) fn problems_of_item(
        &self,
        (name, ty): (&str, Type),
        slot: &Slot,
        argument: &Argument<'a, 'v>,
    ) -> Vec<Diagnostic> {
        field_type::item_problems((name, ty), slot, argument.expression, self.script)
    }

    /// `value` with the place of `argument` and the place where it was decided.
    pub(crate) fn locate(&self, value: String, argument: &Argument<'a, 'v>) -> Located<String> {
        let mut located = Located::new(value, argument.span);
        let Some(expression) = argument.expression else {
            return located;
        };
        // What is written out where it stands was decided there.
        if matches!(expression.node, ExprP::Literal(_)) && argument.origin.is_none() {
            return located;
        }
        let scripts = self.recorder.scripts.borrow();
        let value = located.value.as_str();
        let origin = argument
            .origin
            .or_else(|| origin::of(&scripts, self.script, self.sites, expression, value));
        located.pieces = origin::pieces(&scripts, self.script, self.sites, expression, value);
        located.origin = origin.filter(|origin| *origin != argument.span);
        located
    }
}

/// Element `index` of the list in `argument`, which has `length` elements. Its
/// place is its own where the list is written out, and the argument's elsewhere.
pub(crate) fn element<'a, 'v>(
    argument: &Argument<'a, 'v>,
    script: &Script,
    (index, length): (usize, usize),
    value: Value<'v>,
) -> Argument<'a, 'v> {
    let mut element = Argument {
        value,
        ..argument.clone()
    };
    if let Some(ExprP::List(items) | ExprP::Tuple(items)) = argument.expression.map(|it| &it.node)
        && items.len() == length
    {
        element.expression = Some(&items[index]);
        element.span = script.span(items[index].span);
    }
    element
}

/// The places from which the current call was made: outermost first, the
/// current call's own place last.
pub(crate) fn sites(recorder: &Recorder<'_>, eval: &Evaluator<'_, '_, '_>) -> Vec<Site> {
    let frames = eval.call_stack().into_frames();
    let places = frames.into_iter().filter_map(|frame| {
        let place = frame.location?;
        let script = recorder.script(place.filename())?;
        let range = script.original_span(place.span).range();
        Some(Site { script, range })
    });
    places.collect()
}

/// Whether the reference knows all there is to know about `builtin`.
pub(crate) fn is_documented(builtin: &Builtin) -> bool {
    builtin.evidence == Evidence::Documented
}
