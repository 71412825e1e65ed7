//! What of a file can be folded away.

use std::ops::Range;

use super::script::Script;
use super::syntax::{NodeKind, StatementKind, TokenKind};
use super::{Language, View, project};

/// Several lines that can be folded into their first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From the first line that is kept to the last one that is hidden, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: FoldKind,
}

/// What a [`Fold`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FoldKind {
    /// A block, brackets, a string, a key.
    Region,
    /// Comments, line by line.
    Comment,
    /// Several `load`s.
    Loads,
}

/// What can be folded in the file at `path`, in its order.
#[must_use]
pub fn folding(view: &View<'_>, path: &str) -> Vec<Fold> {
    let Some(text) = view.text(path) else {
        return Vec::new();
    };
    let mut folds = match view.language(path) {
        Some(Language::ProjectFile) => project::folds(&text),
        Some(Language::Script) => of_script(&Script::of(path, &text)),
        None => Vec::new(),
    };
    folds.retain(|it| {
        text.get(it.range.clone())
            .is_some_and(|it| it.trim_end().contains('\n'))
    });
    folds.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
    // Two that begin on one line are one to an editor: the longer one.
    let mut last_line = None;
    folds.retain(|it| {
        let line = text[..it.range.start].rfind('\n');
        last_line.replace(line) != Some(line)
    });
    folds
}

fn of_script(script: &Script<'_>) -> Vec<Fold> {
    let tree = &script.tree;
    let region = |range: Range<usize>| Fold {
        range,
        kind: FoldKind::Region,
    };
    let mut folds = Vec::new();
    for (_, statement) in tree.statements() {
        let is_block = matches!(
            statement.kind,
            StatementKind::Def { .. } | StatementKind::For { .. } | StatementKind::Block
        );
        if is_block && statement.range.end > statement.head_end {
            folds.push(region(statement.range.clone()));
        }
    }
    for (_, node) in tree.nodes() {
        let open = match &node.kind {
            NodeKind::Call(call) => call.open,
            NodeKind::Index { open, .. } => *open,
            NodeKind::Bracket(bracket) => bracket.open,
            NodeKind::String(_) => node.range.start,
            _ => continue,
        };
        folds.push(region(open..node.range.end));
    }
    let comments = tree.comments.iter().map(|it| it.range());
    folds.extend(comment_folds(tree.text, comments));
    folds.extend(loads(script));
    folds
}

/// Comments on lines of their own that follow each other.
pub(super) fn comment_folds(text: &str, comments: impl Iterator<Item = Range<usize>>) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    for comment in comments {
        let line = text[..comment.start].rfind('\n').map_or(0, |it| it + 1);
        if !text[line..comment.start].trim().is_empty() {
            continue;
        }
        if let Some(last) = folds.last_mut()
            && text[last.range.end..comment.start].trim().is_empty()
            && text[last.range.end..comment.start].matches('\n').count() == 1
        {
            last.range.end = comment.end;
            continue;
        }
        folds.push(Fold {
            range: comment,
            kind: FoldKind::Comment,
        });
    }
    folds
}

/// The `load`s that follow each other.
fn loads(script: &Script<'_>) -> Vec<Fold> {
    let tree = &script.tree;
    let mut folds: Vec<Fold> = Vec::new();
    let mut is_going_on = false;
    for (_, statement) in tree.statements() {
        let first = tree
            .tokens
            .partition_point(|it| it.start < statement.range.start);
        let is_load = tree
            .tokens
            .get(first)
            .is_some_and(|it| it.kind == TokenKind::Name && tree.written(&it.range()) == "load");
        match folds.last_mut() {
            Some(last) if is_load && is_going_on => last.range.end = statement.range.end,
            _ if is_load => folds.push(Fold {
                range: statement.range.clone(),
                kind: FoldKind::Loads,
            }),
            _ => {}
        }
        is_going_on = is_load;
    }
    folds
}
