//! Statements: by lines and their indentation.

use std::ops::Range;

use super::brackets::{Brackets, indent_of};
use super::expressions::Expressions;
use super::{NodeId, Statement, StatementId, StatementKind, Token, TokenKind, Tree};

/// Reads the statements of a tree that has its tokens.
pub(super) fn read(tree: Tree<'_>) -> Tree<'_> {
    let brackets = Brackets::of(tree.text, &tree.tokens);
    let mut reader = Reader {
        open: Vec::new(),
        expressions: Expressions::new(tree, brackets),
    };
    while reader.expressions.at < reader.expressions.tree.tokens.len() {
        reader.line();
    }
    reader.expressions.tree
}

struct Reader<'t> {
    /// The statements whose blocks are open, outermost first.
    open: Vec<StatementId>,
    expressions: Expressions<'t>,
}

/// What begins a statement with a block.
const HEADS: [&str; 6] = ["def", "for", "if", "elif", "else", "while"];

const ASSIGNMENTS: [&str; 12] = [
    "=", "+=", "-=", "*=", "/=", "//=", "%=", "&=", "|=", "^=", "<<=", ">>=",
];

impl<'t> Reader<'t> {
    /// Reads the statements of one line, which may go on within brackets.
    fn line(&mut self) {
        let first = self.token();
        if first.kind == TokenKind::Newline {
            self.expressions.bump();
            return;
        }
        let indent = indent_of(self.expressions.tree.text, first.start);
        while let Some(last) = self.open.last()
            && self.expressions.tree.statement(*last).indent >= indent
        {
            self.open.pop();
        }
        self.expressions.end = self.line_end();
        let end = self.expressions.end;
        let mut parent = self.open.last().copied();
        while self.expressions.at < end {
            let start = self.expressions.at;
            let (kind, roots) = self.statement();
            let is_head = matches!(
                kind,
                StatementKind::Def { .. } | StatementKind::For { .. } | StatementKind::Block
            );
            let id = self.push(kind, roots, start, indent, parent);
            if is_head {
                self.open.push(id);
                parent = Some(id);
            }
            // What could not be read is passed over.
            if self.expressions.at == start {
                self.expressions.bump();
            }
            while self.expressions.at < end && self.is(";") {
                self.expressions.bump();
            }
        }
        self.expressions.at = end;
    }

    /// The token behind the line at hand: its line break, or nothing.
    fn line_end(&self) -> usize {
        let tokens = &self.expressions.tree.tokens;
        let mut at = self.expressions.at;
        while let Some(token) = tokens.get(at) {
            match token.kind {
                TokenKind::Newline => break,
                TokenKind::Open => at = self.expressions.brackets.end(at),
                _ => at += 1,
            }
        }
        at.min(tokens.len())
    }

    fn push(
        &mut self,
        kind: StatementKind,
        roots: Vec<NodeId>,
        start: usize,
        indent: usize,
        parent: Option<StatementId>,
    ) -> StatementId {
        let tree = &mut self.expressions.tree;
        let id = StatementId::at(tree.statements.len());
        let last = self.expressions.at.max(start + 1) - 1;
        let ends = roots.iter().map(|it| tree.nodes[it.index()].range.end);
        let end = ends.max().unwrap_or(0).max(tree.tokens[last].end);
        tree.statements.push(Statement {
            kind,
            range: tree.tokens[start].start..end,
            head_end: end,
            indent,
            parent,
        });
        // All blocks around end with the last statement in them.
        for around in &self.open {
            let around = &mut tree.statements[around.index()];
            around.range.end = around.range.end.max(end);
        }
        id
    }

    fn statement(&mut self) -> (StatementKind, Vec<NodeId>) {
        let word = self.word();
        let is_head = self.token().kind == TokenKind::Name && HEADS.contains(&word);
        if is_head {
            return self.head(word);
        }
        if self.token().kind == TokenKind::Name
            && ["return", "pass", "break", "continue"].contains(&word)
        {
            self.expressions.bump();
            let roots = self.rest();
            let kind = match word {
                "return" => StatementKind::Return(roots.first().copied()),
                _ => StatementKind::Plain,
            };
            return (kind, roots);
        }
        let targets = self.expressions.tuple();
        let mut roots = vec![targets];
        if self.is(":") {
            self.expressions.bump();
            roots.push(self.expressions.expression());
        }
        if self.expressions.at < self.expressions.end && ASSIGNMENTS.contains(&self.word()) {
            let is_augmented = !self.is("=");
            self.expressions.bump();
            let value = self.expressions.tuple();
            roots.push(value);
            roots.extend(self.rest());
            let kind = StatementKind::Assign {
                targets,
                value,
                is_augmented,
            };
            return (kind, roots);
        }
        roots.extend(self.rest());
        (StatementKind::Plain, roots)
    }

    fn head(&mut self, word: &'t str) -> (StatementKind, Vec<NodeId>) {
        self.expressions.bump();
        let mut roots = Vec::new();
        let kind = match word {
            "def" => {
                let name = match self.expressions.peek(TokenKind::Name) {
                    Some(token) => {
                        self.expressions.bump();
                        token.range()
                    }
                    None => self.place(),
                };
                let mut parameters = Vec::new();
                if self.expressions.peek(TokenKind::Open).is_some() {
                    let open = self.expressions.at;
                    let end = self
                        .expressions
                        .brackets
                        .end(open)
                        .min(self.expressions.end);
                    let outer = std::mem::replace(&mut self.expressions.end, end);
                    self.expressions.bump();
                    parameters = self.expressions.parameters(&[]);
                    self.expressions.end = outer;
                    self.expressions.at = end;
                    if self.expressions.peek(TokenKind::Close).is_some() {
                        self.expressions.bump();
                    }
                }
                for parameter in &parameters {
                    roots.extend(parameter.annotation);
                    roots.extend(parameter.default);
                }
                if self.is("->") {
                    self.expressions.bump();
                    roots.push(self.expressions.expression());
                }
                StatementKind::Def { name, parameters }
            }
            "for" => {
                let targets = self.expressions.targets();
                roots.push(targets);
                if self.is("in") {
                    self.expressions.bump();
                }
                let over = self.expressions.tuple();
                roots.push(over);
                StatementKind::For { targets, over }
            }
            _ => {
                if word != "else" {
                    roots.push(self.expressions.tuple());
                }
                StatementKind::Block
            }
        };
        while self.expressions.at < self.expressions.end && !self.is(":") && !self.is(";") {
            let before = self.expressions.at;
            roots.push(self.expressions.expression());
            if self.expressions.at == before {
                self.expressions.bump();
            }
        }
        if self.is(":") {
            self.expressions.bump();
        }
        (kind, roots)
    }

    /// What else stands before the end of the statement.
    fn rest(&mut self) -> Vec<NodeId> {
        let mut roots = Vec::new();
        while self.expressions.at < self.expressions.end && !self.is(";") {
            let before = self.expressions.at;
            roots.push(self.expressions.tuple());
            if self.expressions.at == before {
                self.expressions.bump();
            }
        }
        roots
    }

    fn token(&self) -> Token {
        self.expressions.tree.tokens[self.expressions.at]
    }

    fn word(&self) -> &'t str {
        self.expressions.word()
    }

    fn is(&self, word: &str) -> bool {
        self.expressions.is(word)
    }

    fn place(&self) -> Range<usize> {
        let at = self.expressions.place();
        at..at
    }
}
