//! What a file declares, and what of it can be folded.

use gen_lsp_types as lsp;
use serde_json::Value;

use super::{Asked, Refusal, result};
use crate::ide::{self, FoldKind, Symbol, SymbolKind};

pub(super) fn symbols(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let found = ide::symbols(&asked.view, asked.path).into_iter();
    result(found.map(|it| symbol(asked, it)).collect::<Vec<_>>())
}

fn symbol(asked: &Asked<'_>, symbol: Symbol) -> lsp::DocumentSymbol {
    let children = symbol.children.into_iter();
    let children: Vec<_> = children.map(|it| self::symbol(asked, it)).collect();
    #[allow(deprecated, reason = "the field has a successor, and no default")]
    lsp::DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail,
        kind: match symbol.kind {
            SymbolKind::Function => lsp::SymbolKind::Function,
            SymbolKind::Constant => lsp::SymbolKind::Constant,
            SymbolKind::Variable => lsp::SymbolKind::Variable,
            SymbolKind::Loaded => lsp::SymbolKind::Module,
            SymbolKind::Section => lsp::SymbolKind::Object,
            SymbolKind::Setting => lsp::SymbolKind::Property,
        },
        tags: None,
        deprecated: None,
        range: asked.range(symbol.range),
        selection_range: asked.range(symbol.name_range),
        children: (!children.is_empty()).then_some(children),
    }
}

pub(super) fn folds(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let found = ide::folding(&asked.view, asked.path).into_iter();
    let folds = found.map(|it| {
        let range = asked.range(it.range);
        lsp::FoldingRange {
            start_line: range.start.line,
            start_character: None,
            end_line: range.end.line,
            end_character: None,
            kind: Some(match it.kind {
                FoldKind::Region => lsp::FoldingRangeKind::Region,
                FoldKind::Comment => lsp::FoldingRangeKind::Comment,
                FoldKind::Loads => lsp::FoldingRangeKind::Imports,
            }),
            collapsed_text: None,
        }
    });
    result(folds.collect::<Vec<_>>())
}
