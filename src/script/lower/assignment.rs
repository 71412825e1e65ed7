//! Assignments to attributes as calls, because they are written down with their
//! places: `container.image = "nginx"` says which image is used, and where that
//! was decided.

use starlark::eval::{Arguments, Evaluator};
use starlark::syntax::ast::{AssignTargetP, AstExpr, AstStmt, AstString, StmtP};
use starlark::values::Value;

use super::{before_parentheses, offset};
use crate::diagnostic::Diagnostic;
use crate::script::call::sites;
use crate::script::field_type;
use crate::script::lower::Patch;
use crate::script::model::{self, Part, Slot, Thing};
use crate::script::origin;
use crate::script::parsed::{Script, range};
use crate::script::record::Recorder;
use crate::script::rules::{unknown_attribute, wrong_field_type};
use crate::script::values::object::write;
use crate::script::values::{MissingAttribute, ObjectValue, UnknownValue, content};
use crate::source::Span;

/// The name of the function that assigns to an attribute.
pub(super) const SET: &str = "__raftt_set";

/// Has `statement`, if it is `object.name = value`, call [`SET`].
pub(super) fn lower(statement: &AstStmt, text: &str, patches: &mut Vec<Patch>) {
    let StmtP::Assign(assign) = &statement.node else {
        return;
    };
    let AssignTargetP::Dot(object, name) = &assign.lhs.node else {
        return;
    };
    let name_end = offset(name.span.end());
    let (start, end) = (
        before_parentheses(object, text),
        offset(assign.rhs.span.end()),
    );
    let dot = text[..offset(name.span.begin())].rfind('.');
    let equals = text[name_end..].find('=').map(|at| name_end + at + 1);
    let (Some(dot), Some(equals)) = (dot, equals) else {
        return;
    };
    let call = [
        Patch::insert(start, format!("{SET}(")),
        Patch::replace(dot..equals, format!(", {:?}, (", name.node)),
        Patch::insert(end, "))"),
    ];
    patches.extend(call.map(|patch| patch.of(start..end)));
}

/// `object.name = value`, as the call that it was lowered to.
pub(super) fn run<'v>(
    args: &Arguments<'v, '_>,
    eval: &Evaluator<'v, '_, '_>,
) -> starlark::Result<Value<'v>> {
    let heap = eval.heap();
    let operands: Vec<_> = args.positions(heap)?.collect();
    let [object, name, value] = operands[..] else {
        return Ok(Value::new_none());
    };
    let name = name.unpack_str().unwrap_or_default();
    if UnknownValue::from_value(object).is_some() {
        return Ok(Value::new_none());
    }
    match ObjectValue::from_value(object) {
        Some(object) => assign(*object, name, value, eval),
        None => object.set_attr(name, value)?,
    }
    Ok(Value::new_none())
}

fn assign<'v>(object: ObjectValue, name: &str, value: Value<'v>, eval: &Evaluator<'v, '_, '_>) {
    let Some(recorder) = Recorder::of(eval) else {
        return;
    };
    let mut sites = sites(recorder, eval);
    let Some(site) = sites.pop() else { return };
    let script = &site.script;
    let written = assignment(script, &site.range);
    let whole = Span::new(script.file, site.range.clone());
    let at = written.map_or(whole, |(_, value)| script.span(value.span));
    let name_at = written.map_or(whole, |(name, _)| script.span(name.span));
    let trace = recorder.trace(eval);

    let mut slot = Slot::new(content::of_value(value, at), at);
    if let (Some(text), Some((_, expression))) = (value.unpack_str(), written) {
        let scripts = recorder.scripts.borrow();
        let origin = origin::of(&scripts, script, &sites, expression, text);
        slot.origin = origin.filter(|origin| *origin != at);
    }
    mark_changed(object, whole);
    let name = match known_name(object, name) {
        Ok(()) => name.to_owned(),
        Err(missing) => {
            let known = missing.known.iter().map(String::as_str);
            recorder.report(unknown_attribute::of(&missing, name_at, &trace));
            match unknown_attribute::meant(&missing.object, name, known) {
                Some(meant) => meant.to_owned(),
                // It is accepted as it is.
                None => {
                    model::with(|model| model.write_unknown(object.id, name, slot));
                    return;
                }
            }
        }
    };
    if let Some(problem) = made_by_function(object, &name, value, at) {
        recorder.report(problem.trace(&trace));
        return;
    }
    if let Some((owner, ty)) = model::with(|model| model.field_type(object.id, &name)) {
        let expression = written.map(|(_, value)| value);
        let problems = field_type::problems((owner, &name, ty), &slot, expression, script);
        let is_wrong = problems.iter().any(Diagnostic::is_error);
        for problem in problems {
            recorder.report(problem.trace(&trace));
        }
        if is_wrong {
            return;
        }
    }
    // It is known, so it can be written.
    drop(write(object.id, &name, slot));
}

/// Whether `object` has the attribute `name`.
fn known_name(object: ObjectValue, name: &str) -> Result<(), MissingAttribute> {
    crate::script::values::object::can_write(object.id, name)
}

/// What is wrong with writing `value` to an attribute that takes what a function of
/// the language gives. Only Starlark's own values can be told from that.
fn made_by_function(
    object: ObjectValue,
    name: &str,
    value: Value<'_>,
    at: Span,
) -> Option<Diagnostic> {
    let is_text = value.unpack_str().is_some();
    let wanted = match (object.object().name, name) {
        ("Volume", "initializer") => "what `postgres_volume_initializer` or its like gives",
        // An image may have been built under a name.
        ("Workload", "image_builder") if !is_text => "what `build_image` gives",
        _ => return None,
    };
    let given = match value.get_type() {
        "string" => "a string",
        "int" | "float" => "a number",
        "bool" => "a truth value",
        "list" => "a list",
        "tuple" => "a tuple",
        "dict" => "a dictionary",
        _ => return None,
    };
    Some(wrong_field_type::diagnostic(name, (wanted, given), at, &[]))
}

/// Remembers that a part of a workload was changed, for the ones that are not deployed.
fn mark_changed(object: ObjectValue, at: Span) {
    model::with(|model| match &mut model.entry_mut(object.id).thing {
        Thing::Part(Part::Fields(_)) => model.changed_parts.push((object.id, at)),
        Thing::Workload(workload) => {
            workload.changed.get_or_insert(at);
        }
        _ => {}
    });
}

/// The name and the value of the assignment to an attribute at `range`.
fn assignment<'a>(
    script: &'a Script,
    at: &std::ops::Range<usize>,
) -> Option<(&'a AstString, &'a AstExpr)> {
    let mut found = None;
    script.visit_statements_around(at, &mut |statement| {
        if let StmtP::Assign(assign) = &statement.node
            && let AssignTargetP::Dot(_, name) = &assign.lhs.node
            && range(assign.rhs.span).end <= at.end
        {
            found = Some((name, &assign.rhs));
        }
    });
    found
}
