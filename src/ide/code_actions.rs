//! Changes that are offered.

use std::ops::Range;

use super::{FileEdits, TextEdit, View};
use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::fix::fix;
use crate::source::FileId;

/// A change that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeAction {
    /// What it does, as an order.
    pub title: String,
    /// What it is.
    pub kind: CodeActionKind,
    /// Whether it is the one to make where there are several.
    pub is_preferred: bool,
    /// The diagnostic that it is about, by its number in the analysis.
    pub diagnostic: Option<usize>,
    /// The changes.
    pub edits: Vec<FileEdits>,
}

/// What a [`CodeAction`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CodeActionKind {
    /// It mends one diagnostic.
    Fix,
    /// It makes all safe fixes of the file.
    FixAll,
    /// It has a diagnostic not be reported.
    Ignore,
}

/// What is offered for `range` of the file at `path`. Nothing is, where the text is not
/// the one that was analyzed.
#[must_use]
pub fn code_actions(view: &View<'_>, path: &str, range: &Range<usize>) -> Vec<CodeAction> {
    let all = view.analysis.diagnostics.iter().enumerate();
    let own = all.filter(|(_, it)| is_about(view, it, path, range));
    let own: Vec<(usize, &Diagnostic)> = own.collect();
    let mut actions = Vec::new();
    for (index, diagnostic) in &own {
        let Some(fix) = &diagnostic.fix else {
            continue;
        };
        if let Some(edits) = edits(view, &fix.edits) {
            actions.push(CodeAction {
                title: fix.message.clone(),
                kind: CodeActionKind::Fix,
                is_preferred: fix.safety == Safety::Safe,
                diagnostic: Some(*index),
                edits,
            });
        }
    }
    actions.extend(ignores(view, &own));
    let is_fixed = |it: &CodeAction| it.is_preferred;
    if actions.iter().any(is_fixed) && safe_fixes(view, path) > 1 {
        let edits = fix_all(view, path);
        if !edits.is_empty() {
            actions.push(CodeAction {
                title: "make all safe fixes in this file".to_owned(),
                kind: CodeActionKind::FixAll,
                is_preferred: false,
                diagnostic: None,
                edits: vec![FileEdits {
                    path: path.to_owned(),
                    edits,
                }],
            });
        }
    }
    actions
}

/// The comments that have diagnostics not be reported, one for each rule and place.
fn ignores(view: &View<'_>, diagnostics: &[(usize, &Diagnostic)]) -> Vec<CodeAction> {
    let mut actions: Vec<CodeAction> = Vec::new();
    for (index, diagnostic) in diagnostics {
        let Some(fix) = view.analysis.ignore_edit(diagnostic) else {
            continue;
        };
        let Some(edits) = edits(view, &fix.edits) else {
            continue;
        };
        if actions.iter().all(|it| it.edits != edits) {
            actions.push(CodeAction {
                title: fix.message,
                kind: CodeActionKind::Ignore,
                is_preferred: false,
                diagnostic: Some(*index),
                edits,
            });
        }
    }
    actions
}

/// The changes that make all safe fixes of the file at `path`, and those that they
/// bring up. It analyzes the project again.
#[must_use]
pub fn fix_all(view: &View<'_>, path: &str) -> Vec<TextEdit> {
    let fixed = fix(
        view.sources,
        view.options,
        view.analysis.clone(),
        Safety::Safe,
    );
    let mut changes = fixed.changes.into_iter();
    let change = changes.find(|it| it.path == path);
    let change = change.and_then(|it| {
        let (before, after) = (
            String::from_utf8(it.before).ok()?,
            String::from_utf8(it.after).ok()?,
        );
        Some(difference(&before, &after))
    });
    change.into_iter().collect()
}

/// How many safe fixes there are for the file at `path`.
fn safe_fixes(view: &View<'_>, path: &str) -> usize {
    let all = view.analysis.diagnostics.iter();
    let own = all.filter(|it| view.analysis.sources.file(it.span.file).path == path);
    own.filter(|it| it.fix.as_ref().is_some_and(|it| it.safety == Safety::Safe))
        .count()
}

fn is_about(view: &View<'_>, diagnostic: &Diagnostic, path: &str, range: &Range<usize>) -> bool {
    let own = diagnostic.span.range();
    view.analysis.sources.file(diagnostic.span.file).path == path
        && own.start <= range.end
        && range.start <= own.end
}

/// The edits by file; none where a text is no longer the one that they are meant for.
fn edits(view: &View<'_>, edits: &[Edit]) -> Option<Vec<FileEdits>> {
    let mut files: Vec<(FileId, FileEdits)> = Vec::new();
    for edit in edits {
        let own = TextEdit {
            range: edit.span.range(),
            text: edit.text.clone(),
        };
        match files.iter_mut().find(|it| it.0 == edit.span.file) {
            Some((_, file)) => file.edits.push(own),
            None => {
                let file = view.analysis.sources.file(edit.span.file);
                let content = view.sources.read(&file.path).ok()?;
                if content != file.text.as_bytes() {
                    return None;
                }
                files.push((
                    edit.span.file,
                    FileEdits {
                        path: file.path.clone(),
                        edits: vec![own],
                    },
                ));
            }
        }
    }
    Some(files.into_iter().map(|it| it.1).collect())
}

/// The one change that makes `after` of `before`.
fn difference(before: &str, after: &str) -> TextEdit {
    let same = |a: &(char, char)| a.0 == a.1;
    let start: usize = before
        .chars()
        .zip(after.chars())
        .take_while(same)
        .map(|it| it.0.len_utf8())
        .sum();
    let (rest, new) = (&before[start..], &after[start..]);
    let end: usize = rest
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(same)
        .map(|it| it.0.len_utf8())
        .sum();
    TextEdit {
        range: start..before.len() - end,
        text: new[..new.len() - end].to_owned(),
    }
}
