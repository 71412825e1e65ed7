//! Scripts as they are while they are written: a tree of any text.
//!
//! The engine's parser wants a script that is right. This one takes whatever is
//! there and knows what stands where, in a text that is broken as in one that is
//! not; so everything an editor asks for has one way to be answered. It judges
//! nothing. All nodes stand in one list and refer to each other by number, and a
//! node's parts stand before it.

mod brackets;
mod cursor;
mod enclosed;
mod expressions;
mod literal;
mod parts;
mod statements;

use std::ops::Range;

use crate::script::tokens;
pub(crate) use crate::script::{Token, TokenKind};
pub(crate) use literal::Literal;

/// A script's text with its tree.
#[derive(Debug)]
pub(crate) struct Tree<'t> {
    pub(crate) text: &'t str,
    /// The tokens but for comments.
    pub(crate) tokens: Vec<Token>,
    pub(crate) comments: Vec<Token>,
    /// In the order in which they begin.
    pub(crate) statements: Vec<Statement>,
    pub(crate) nodes: Vec<Node>,
}

/// Names a [`Node`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(u32);

/// Names a [`Statement`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StatementId(u32);

/// An expression, or a target of an assignment.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    /// What is not closed reaches to where it seems to have been given up.
    pub(crate) range: Range<usize>,
    pub(crate) parent: Option<NodeId>,
}

#[derive(Debug)]
pub(crate) enum NodeKind {
    Name,
    Number,
    /// A string literal; the names in it, if it is a format string.
    String(Vec<NodeId>),
    /// `object.name`; the name may be empty.
    Dot {
        object: NodeId,
        name: Range<usize>,
    },
    Call(Call),
    /// `object[…]`.
    Index {
        object: NodeId,
        open: usize,
        index: Vec<NodeId>,
        is_closed: bool,
    },
    /// A list, tuple, dictionary, comprehension, or something in parentheses.
    Bracket(Bracket),
    Lambda {
        parameters: Vec<Parameter>,
        body: Option<NodeId>,
    },
    /// Operands with what stands between them.
    Operator {
        operands: Vec<NodeId>,
        operators: Vec<Range<usize>>,
    },
    /// Nothing, where something is expected.
    Missing,
}

#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) callee: NodeId,
    /// The opening parenthesis.
    pub(crate) open: usize,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) is_closed: bool,
}

/// An argument of a call.
#[derive(Debug)]
pub(crate) struct Argument {
    /// The name, of a keyword argument.
    pub(crate) name: Option<Range<usize>>,
    /// Whether it stands for several: `*args`, `**kwargs`.
    pub(crate) is_spread: bool,
    pub(crate) value: NodeId,
    /// From the end of what stands before it to the comma behind it.
    pub(crate) slot: Range<usize>,
}

#[derive(Debug)]
pub(crate) struct Bracket {
    /// The opening bracket.
    pub(crate) open: usize,
    /// The items; of a dictionary the keys, each with its value.
    pub(crate) items: Vec<(NodeId, Option<NodeId>)>,
    pub(crate) clauses: Vec<Clause>,
    /// Whether a comma stands in it.
    pub(crate) has_comma: bool,
    pub(crate) is_closed: bool,
}

/// A part of a comprehension.
#[derive(Debug)]
pub(crate) enum Clause {
    For { targets: NodeId, over: NodeId },
    If(NodeId),
}

/// A parameter of a function.
#[derive(Debug)]
pub(crate) struct Parameter {
    /// Where its name is; empty for a lone `*`.
    pub(crate) name: Range<usize>,
    /// `*`, `**` or nothing.
    pub(crate) stars: Range<usize>,
    pub(crate) annotation: Option<NodeId>,
    pub(crate) default: Option<NodeId>,
}

#[derive(Debug)]
pub(crate) struct Statement {
    pub(crate) kind: StatementKind,
    /// With the block that belongs to it.
    pub(crate) range: Range<usize>,
    /// Where the line that begins it ends.
    pub(crate) head_end: usize,
    pub(crate) indent: usize,
    /// The statement whose block it stands in.
    pub(crate) parent: Option<StatementId>,
}

#[derive(Debug)]
pub(crate) enum StatementKind {
    Def {
        name: Range<usize>,
        parameters: Vec<Parameter>,
    },
    For {
        targets: NodeId,
        over: NodeId,
    },
    /// `if`, `elif`, `else`, and whatever else has a block.
    Block,
    Assign {
        targets: NodeId,
        value: NodeId,
        is_augmented: bool,
    },
    Return(Option<NodeId>),
    /// Anything else.
    Plain,
}

/// What no name can be.
pub(crate) const KEYWORDS: [&str; 18] = [
    "and", "break", "continue", "def", "elif", "else", "for", "if", "in", "lambda", "load", "not",
    "or", "pass", "return", "while", "import", "as",
];

/// How deep expressions may be nested; what is deeper is passed over.
const MAX_DEPTH: usize = 60;

impl<'t> Tree<'t> {
    /// The tree of `text`.
    pub(crate) fn of(text: &'t str) -> Self {
        let all = tokens(text);
        let is_comment = |it: &Token| it.kind == TokenKind::Comment;
        let (comments, tokens): (Vec<_>, Vec<_>) = all.into_iter().partition(is_comment);
        let tree = Self {
            text,
            tokens,
            comments,
            statements: Vec::new(),
            nodes: Vec::new(),
        };
        statements::read(tree)
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(crate) fn statement(&self, id: StatementId) -> &Statement {
        &self.statements[id.0 as usize]
    }

    /// The nodes, the parts of each before it.
    pub(crate) fn nodes(&self) -> impl DoubleEndedIterator<Item = (NodeId, &Node)> {
        let ids = (0..self.nodes.len()).map(NodeId::at);
        ids.zip(&self.nodes)
    }

    pub(crate) fn statements(&self) -> impl DoubleEndedIterator<Item = (StatementId, &Statement)> {
        let ids = (0..self.statements.len()).map(StatementId::at);
        ids.zip(&self.statements)
    }

    /// The text at `range`.
    pub(crate) fn written(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The name that the node is, if it is one.
    pub(crate) fn name(&self, id: NodeId) -> Option<&'t str> {
        let node = self.node(id);
        matches!(node.kind, NodeKind::Name).then(|| self.written(&node.range))
    }

    /// The string literal that the node is, if it is one.
    pub(crate) fn literal(&self, id: NodeId) -> Option<Literal> {
        let node = self.node(id);
        matches!(node.kind, NodeKind::String(_)).then(|| Literal::of(self.text, node.range.clone()))
    }

    /// The text that a string literal stands for.
    pub(crate) fn string(&self, id: NodeId) -> Option<&'t str> {
        self.literal(id)?.value(self.text)
    }

    /// The nodes around `offset`, innermost first. Their ends belong to them.
    pub(crate) fn around(&self, offset: usize) -> Vec<NodeId> {
        let covers = |node: &Node| node.range.start <= offset && offset <= node.range.end;
        let mut around: Vec<_> = self
            .nodes()
            .filter(|(_, node)| covers(node))
            .map(|(id, _)| id)
            .collect();
        // A node is younger than its parts.
        around.sort_by_key(|id| (self.node(*id).range.len(), *id));
        around
    }

    /// The token that `offset` stands in or at the end of.
    pub(crate) fn token_at(&self, offset: usize) -> Option<Token> {
        let index = self.tokens.partition_point(|it| it.start < offset);
        let before = index.checked_sub(1).map(|it| self.tokens[it]);
        before.filter(|it| offset <= it.end && it.kind != TokenKind::Newline)
    }

    /// The last token that ends at or before `offset`; line breaks count.
    pub(crate) fn token_before(&self, offset: usize) -> Option<Token> {
        let index = self.tokens.partition_point(|it| it.end <= offset);
        index.checked_sub(1).map(|it| self.tokens[it])
    }

    /// The innermost statement whose lines `offset` stands in.
    pub(crate) fn statement_at(&self, offset: usize) -> Option<StatementId> {
        let last = self
            .statements
            .partition_point(|it| it.range.start <= offset);
        let mut at = last.checked_sub(1).map(StatementId::at);
        while let Some(id) = at {
            if offset <= self.statement(id).range.end {
                return at;
            }
            at = self.statement(id).parent;
        }
        None
    }

    /// The function whose block a statement stands in.
    pub(crate) fn function_around(&self, id: StatementId) -> Option<StatementId> {
        let mut at = self.statement(id).parent;
        while let Some(id) = at {
            let statement = self.statement(id);
            if matches!(statement.kind, StatementKind::Def { .. }) {
                return at;
            }
            at = statement.parent;
        }
        None
    }

    /// Whether `offset` stands in a comment.
    pub(crate) fn is_comment(&self, offset: usize) -> bool {
        let index = self.comments.partition_point(|it| it.start < offset);
        index
            .checked_sub(1)
            .is_some_and(|it| offset <= self.comments[it].end)
    }
}

impl NodeId {
    pub(super) fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl StatementId {
    pub(super) fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}
