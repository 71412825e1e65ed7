//! Words about what is at a place.

use gen_lsp_types as lsp;
use serde_json::Value;

use super::{Asked, Refusal, result};
use crate::ide;

pub(super) fn hover(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let found = ide::hover(&asked.view, asked.path, asked.offset());
    result(found.map(|it| lsp::Hover {
        contents: asked.markup(it.markdown).into(),
        range: Some(asked.range(it.range)),
    }))
}

pub(super) fn signature_help(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let found = ide::signature_help(&asked.view, asked.path, asked.offset());
    result(found.map(|call| {
        // The protocol counts these in UTF-16, whatever else was agreed on.
        let units = |offset: usize| {
            let before = call.signature.get(..offset).unwrap_or_default();
            u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
        };
        let parameters = call.parameters.iter();
        let parameters = parameters.map(|it| lsp::ParameterInformation {
            label: match asked.client().takes_label_offsets {
                true => (units(it.range.start), units(it.range.end)).into(),
                false => {
                    let text = call.signature.get(it.range.clone());
                    text.unwrap_or_default().to_owned().into()
                }
            },
            documentation: it.documentation.clone().map(|it| asked.markup(it).into()),
        });
        let parameters = parameters.collect();
        // Past the last one none is shown; a client without a word for that shows the
        // first for what is missing.
        let none = call.parameters.len();
        let active = u32::try_from(call.active.unwrap_or(none)).ok();
        lsp::SignatureHelp {
            signatures: vec![lsp::SignatureInformation {
                label: call.signature.clone(),
                documentation: call.documentation.clone().map(|it| asked.markup(it).into()),
                parameters: Some(parameters),
                active_parameter: None,
            }],
            active_signature: Some(0),
            active_parameter: active.map(Into::into),
        }
    }))
}
