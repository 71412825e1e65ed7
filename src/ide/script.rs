//! A script that is looked at.

use super::View;
use super::scope::{BindingKind, Names, ScopeId};
use super::syntax::{NodeKind, StatementId, StatementKind, Tree};

/// A script with what is known without running it.
#[derive(Debug)]
pub(crate) struct Script<'t> {
    pub(crate) path: &'t str,
    pub(crate) tree: Tree<'t>,
    pub(crate) names: Names<'t>,
}

impl<'t> Script<'t> {
    pub(crate) fn of(path: &'t str, text: &'t str) -> Self {
        let tree = Tree::of(text);
        Self {
            path,
            names: Names::of(&tree),
            tree,
        }
    }

    /// The function that the top level binds to `name`.
    pub(crate) fn function(&self, name: &str) -> Option<StatementId> {
        let bindings = self.names.bindings(ScopeId::MODULE, name);
        match bindings.last()?.kind {
            BindingKind::Function(id) => Some(id),
            _ => None,
        }
    }

    /// `def name(a, b = 1)`, on one line.
    pub(crate) fn signature(&self, id: StatementId) -> String {
        let statement = self.tree.statement(id);
        let head = &self.tree.text[statement.range.start..statement.head_end];
        let words: Vec<_> = head.trim_end_matches(':').split_whitespace().collect();
        words
            .join(" ")
            .replace("( ", "(")
            .replace(" )", ")")
            .replace(",)", ")")
    }

    /// What a function says of itself: its first statement, if that is a string, or
    /// else the comment right above it.
    pub(crate) fn documentation(&self, id: StatementId) -> Option<String> {
        let mut body = self
            .tree
            .statements()
            .filter(|(_, it)| it.parent == Some(id));
        let doc = body.next().and_then(|(_, first)| {
            let is_plain = matches!(first.kind, StatementKind::Plain);
            let nodes = self.tree.nodes();
            let mut own = nodes.filter(|(_, it)| it.parent.is_none() && it.range == first.range);
            let node = own.find(|(_, it)| matches!(it.kind, NodeKind::String(_)));
            let text = self.tree.string(node?.0)?;
            is_plain.then(|| dedented(text))
        });
        doc.or_else(|| self.comment_above(self.tree.statement(id).range.start))
    }

    /// The comment on the lines right above `at`.
    pub(crate) fn comment_above(&self, at: usize) -> Option<String> {
        let text = self.tree.text;
        let mut line = text[..at].rfind('\n').map_or(0, |it| it + 1);
        let mut lines = Vec::new();
        while line > 0 {
            let start = text[..line - 1].rfind('\n').map_or(0, |it| it + 1);
            let Some(comment) = text[start..line].trim().strip_prefix('#') else {
                break;
            };
            lines.push(comment.trim().to_owned());
            line = start;
        }
        lines.reverse();
        let comment = lines.join("\n");
        (!comment.trim().is_empty()).then_some(comment)
    }
}

fn dedented(text: &str) -> String {
    let rest = text.lines().skip(1).filter(|it| !it.trim().is_empty());
    let indent = rest
        .map(|it| it.len() - it.trim_start().len())
        .min()
        .unwrap_or(0);
    let lines: Vec<_> = text
        .lines()
        .enumerate()
        .map(|(index, line)| match index {
            0 => line.trim(),
            _ => line.get(indent..).unwrap_or("").trim_end(),
        })
        .collect();
    lines.join("\n").trim().to_owned()
}

impl View<'_> {
    /// Shows the script at `path` to `look`.
    pub(super) fn with_script<T>(
        &self,
        path: &str,
        look: impl FnOnce(&Script<'_>) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(path)?;
        look(&Script::of(path, &text))
    }
}
