//! What can be written at a place.

use gen_lsp_types as lsp;
use serde_json::Value;

use super::{Asked, Refusal, result};
use crate::ide::{self, Completion, CompletionKind};

pub(super) fn completion(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let found = ide::completion(&asked.view, asked.path, asked.offset());
    let items = found.into_iter().enumerate();
    let items: Vec<_> = items.map(|(index, it)| item(asked, index, it)).collect();
    result(lsp::CompletionList {
        is_incomplete: false,
        items,
        ..lsp::CompletionList::default()
    })
}

fn item(asked: &Asked<'_>, index: usize, completion: Completion) -> lsp::CompletionItem {
    let is_deprecated = completion.is_deprecated && asked.client().shows_completion_tags;
    lsp::CompletionItem {
        kind: Some(kind(completion.kind)),
        detail: completion.detail,
        documentation: completion.documentation.map(|it| asked.markup(it).into()),
        tags: is_deprecated.then(|| vec![lsp::CompletionItemTag::Deprecated]),
        // Clients sort by name otherwise.
        sort_text: Some(format!("{index:05}")),
        text_edit: Some(
            lsp::TextEdit {
                range: asked.range(completion.replaces),
                new_text: completion.text,
            }
            .into(),
        ),
        label: completion.label,
        ..lsp::CompletionItem::default()
    }
}

fn kind(kind: CompletionKind) -> lsp::CompletionItemKind {
    match kind {
        CompletionKind::Function => lsp::CompletionItemKind::Function,
        CompletionKind::Method => lsp::CompletionItemKind::Method,
        CompletionKind::Constructor => lsp::CompletionItemKind::Constructor,
        CompletionKind::Variable => lsp::CompletionItemKind::Variable,
        CompletionKind::Constant => lsp::CompletionItemKind::Constant,
        CompletionKind::Module => lsp::CompletionItemKind::Module,
        CompletionKind::Argument | CompletionKind::Key => lsp::CompletionItemKind::Property,
        CompletionKind::Attribute => lsp::CompletionItemKind::Field,
        CompletionKind::Value => lsp::CompletionItemKind::EnumMember,
        CompletionKind::Name => lsp::CompletionItemKind::Reference,
        CompletionKind::File => lsp::CompletionItemKind::File,
        CompletionKind::Folder => lsp::CompletionItemKind::Folder,
        CompletionKind::Keyword => lsp::CompletionItemKind::Keyword,
    }
}
