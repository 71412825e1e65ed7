//! Changes of files: other names, and what mends mistakes.

use std::collections::HashMap;

use gen_lsp_types as lsp;
use lsp_server::ErrorCode;
use serde_json::Value;

use super::{Asked, Refusal, result};
use crate::ide::{self, CodeAction, CodeActionKind, FileEdits, RenameError};
use crate::lsp::diagnostics::diagnostic;

/// The kind of action that makes all safe fixes, for clients that do so on saving.
pub(super) const FIX_ALL: &str = "source.fixAll.raftt";

const QUICK_FIX: &str = "quickfix";

pub(super) fn prepare_rename(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let found = ide::prepare_rename(&asked.view, asked.path, asked.offset());
    result(asked.range(found.map_err(refusal)?))
}

pub(super) fn rename(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let name = asked.params.get("newName").and_then(Value::as_str);
    let name =
        name.ok_or_else(|| Refusal::new(ErrorCode::InvalidParams, "`newName` is missing"))?;
    let found = ide::rename(&asked.view, asked.path, asked.offset(), name);
    result(asked.workspace_edit(&found.map_err(refusal)?))
}

fn refusal(error: RenameError) -> Refusal {
    Refusal::new(ErrorCode::RequestFailed, error.to_string())
}

pub(super) fn code_actions(asked: &Asked<'_>) -> Result<Value, Refusal> {
    if !asked.client().takes_code_actions {
        return result(Vec::<lsp::CodeAction>::new());
    }
    let only = asked
        .params
        .pointer("/context/only")
        .and_then(Value::as_array);
    // `source` means all of its kinds.
    let is_wanted = |kind: &str| {
        only.is_none_or(|only| {
            let mut only = only.iter().filter_map(Value::as_str);
            only.any(|it| kind == it || kind.strip_prefix(it).is_some_and(|it| it.starts_with('.')))
        })
    };
    let mut actions = Vec::new();
    // Asked for by name, it is wanted wherever the cursor stands.
    if only.is_some() && is_wanted(FIX_ALL) {
        let edits = ide::fix_all(&asked.view, asked.path);
        if !edits.is_empty() {
            let path = asked.path.to_owned();
            actions.push(asked.action(CodeAction {
                title: "make all safe fixes in this file".to_owned(),
                kind: CodeActionKind::FixAll,
                is_preferred: false,
                diagnostic: None,
                edits: vec![FileEdits { path, edits }],
            }));
        }
    }
    if only.is_none() || is_wanted(QUICK_FIX) {
        let found = ide::code_actions(&asked.view, asked.path, &asked.range);
        let found = found.into_iter().filter(|it| is_wanted(kind(it.kind)));
        actions.extend(found.map(|it| asked.action(it)));
    }
    result(actions)
}

fn kind(kind: CodeActionKind) -> &'static str {
    match kind {
        CodeActionKind::FixAll => FIX_ALL,
        CodeActionKind::Fix | CodeActionKind::Ignore => QUICK_FIX,
    }
}

impl Asked<'_> {
    fn action(&self, action: CodeAction) -> lsp::CodeAction {
        let known = self.known;
        let about = action.diagnostic.and_then(|index| {
            let about = self.view.analysis.diagnostics.get(index)?;
            let analysis = self.view.analysis;
            Some(vec![diagnostic(
                about,
                &analysis.sources,
                &known.root,
                &known.view,
            )])
        });
        lsp::CodeAction {
            title: action.title,
            kind: Some(kind(action.kind).to_owned().into()),
            diagnostics: about,
            is_preferred: action.is_preferred.then_some(true),
            edit: Some(self.workspace_edit(&action.edits)),
            ..lsp::CodeAction::default()
        }
    }

    fn workspace_edit(&self, files: &[FileEdits]) -> lsp::WorkspaceEdit {
        let mut changes = HashMap::new();
        for file in files {
            let Some((text, lines)) = self.file(&file.path) else {
                continue;
            };
            let edits = file.edits.iter();
            let edits = edits.map(|it| lsp::TextEdit {
                range: lines.range(&text, it.range.clone()),
                new_text: it.text.clone(),
            });
            changes.insert(self.uri(&file.path), edits.collect());
        }
        lsp::WorkspaceEdit {
            changes: Some(changes),
            ..lsp::WorkspaceEdit::default()
        }
    }
}
