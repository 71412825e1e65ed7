//! Places that have to do with a place.

use gen_lsp_types as lsp;
use serde_json::Value;

use super::{Asked, Refusal, result};
use crate::ide::{self, Location};

pub(super) fn definition(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let found = ide::definition(&asked.view, asked.path, asked.offset());
    let Some((definition, target)) =
        found.and_then(|it| Some((it.origin, asked.location(&it.target)?)))
    else {
        return Ok(Value::Null);
    };
    if !asked.client().takes_definition_links {
        return result(target);
    }
    result([lsp::LocationLink {
        origin_selection_range: Some(asked.range(definition)),
        target_uri: target.uri,
        target_range: target.range,
        target_selection_range: target.range,
    }])
}

pub(super) fn references(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let with_bindings = asked.params.pointer("/context/includeDeclaration");
    let with_bindings = with_bindings.and_then(Value::as_bool).unwrap_or(true);
    let found = ide::references(&asked.view, asked.path, asked.offset(), with_bindings);
    let found: Vec<_> = found.iter().filter_map(|it| asked.location(it)).collect();
    result(found)
}

pub(super) fn highlights(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let found = ide::references(&asked.view, asked.path, asked.offset(), true);
    let own = found.into_iter().filter(|it| it.path == asked.path);
    let own = own.map(|it| lsp::DocumentHighlight {
        range: asked.range(it.range),
        kind: Some(lsp::DocumentHighlightKind::Text),
    });
    result(own.collect::<Vec<_>>())
}

pub(super) fn links(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let found = ide::links(&asked.view, asked.path).into_iter();
    let links = found.map(|it| lsp::DocumentLink {
        range: asked.range(it.range),
        target: Some(asked.uri(&it.target)),
        tooltip: None,
        data: None,
    });
    result(links.collect::<Vec<_>>())
}

impl Asked<'_> {
    /// A place in a file of the project; none where the file cannot be read.
    fn location(&self, place: &Location) -> Option<lsp::Location> {
        let (text, lines) = self.file(&place.path)?;
        Some(lsp::Location {
            uri: self.uri(&place.path),
            range: lines.range(&text, place.range.clone()),
        })
    }
}
