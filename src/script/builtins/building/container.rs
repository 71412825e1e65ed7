//! `Container(yaml = "…")`.

use starlark::values::Value;

use crate::kubernetes::{self, Data, types};
use crate::script::call::Call;
use crate::script::model::{self, Fields, Part};
use crate::script::rules::invalid_container;
use crate::script::values::ObjectValue;
use crate::source::{FileId, Located, Span};

/// The container that the fragment describes; one that is not known in full where
/// it does not.
pub(super) fn run<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let (what, from) = (call.what(), Some(call.span));
    let value = call.argument("yaml").and_then(|argument| {
        let text = argument.value.unpack_str()?.to_owned();
        read(call, &call.locate(text, argument))
    });
    let id = model::with(|model| match &value {
        Some(value) => model.import_object(value, Some(types::container()), &what, from),
        None => {
            let open = Fields {
                ty: Some(types::container()),
                fields: Vec::new(),
                is_open: true,
            };
            model.add_part(what, from, Part::Fields(open))
        }
    });
    Some(call.heap.alloc(ObjectValue::new(id)))
}

fn read(call: &Call<'_, '_>, text: &Located<String>) -> Option<kubernetes::Value> {
    let literal = text.origin.unwrap_or(text.span);
    let shown = call.shown(literal, &text.value);
    // Where the text is not written letter by letter, only all of it can be shown.
    let place = |span: Span| match &shown {
        Some(shown) => shown.within(literal, span.range()),
        None => text.span,
    };
    let (value, problems) = kubernetes::read_value(FileId::from_index(0), &text.value);
    for problem in &problems {
        let help = problem.help.as_deref();
        let invalid = invalid_container::not_yaml(&problem.message, help, place(problem.span));
        call.recorder.report(invalid.trace(&call.trace));
    }
    let is_empty = value
        .as_ref()
        .is_none_or(|it| matches!(it.data, Data::Null));
    if is_empty && problems.is_empty() {
        let empty = invalid_container::empty(text);
        call.recorder.report(empty.trace(&call.trace));
        return None;
    }
    let mut value = value?;
    if let (Some(_), Some(kind)) = (value.get("apiVersion"), value.get("kind")) {
        let name = kind.text().unwrap_or_default();
        let whole = invalid_container::whole_object(name, place(kind.at));
        call.recorder.report(whole.trace(&call.trace));
        return None;
    }
    let wrong = kubernetes::check_fields(types::container(), &value, &text.value);
    for mut diagnostic in wrong {
        diagnostic.span = place(diagnostic.span);
        diagnostic.fix = diagnostic.fix.filter(|fix| {
            // What is inserted may end the string, unless that takes three quotes.
            shown.as_ref().is_some_and(|shown| {
                fix.edits.iter().all(|edit| {
                    let is_last = edit.span.range().end >= text.value.len();
                    !edit.text.contains(['\'', '"']) || shown.takes_quotes() && !is_last
                })
            })
        });
        for edit in diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = place(edit.span);
        }
        call.recorder.report(diagnostic.trace(&call.trace));
    }
    value.map_places(&place);
    let Data::Map(entries) = &value.data else {
        if problems.is_empty() {
            let wrong = invalid_container::no_mapping(text);
            call.recorder.report(wrong.trace(&call.trace));
        }
        return None;
    };
    let ty = types::container();
    let known: Vec<&str> = ty.fields().map(|field| field.name).collect();
    for (key, _) in entries {
        if ty.api_field(&key.name).is_none() {
            let meant = ty.field(&key.name).map(|field| field.name);
            let at = (key.at, shown.is_some());
            let unknown = invalid_container::unknown_field(&key.name, meant, &known, at);
            if let Some(unknown) = unknown {
                call.recorder.report(unknown.trace(&call.trace));
            }
        }
    }
    Some(value)
}
