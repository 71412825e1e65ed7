//! Expressions, and what looks like one.

use std::ops::Range;

use super::brackets::Brackets;
use super::{
    Bracket, KEYWORDS, Literal, MAX_DEPTH, Node, NodeId, NodeKind, Parameter, Token, TokenKind,
    Tree,
};

pub(super) struct Expressions<'t> {
    pub(super) tree: Tree<'t>,
    pub(super) brackets: Brackets,
    /// The token at hand.
    pub(super) at: usize,
    /// The token where what is read now ends.
    pub(super) end: usize,
    /// How many expressions are open.
    depth: usize,
    /// Whether `in` ends an expression, and whether `if` does.
    pub(super) ends_at: EndsAt,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EndsAt {
    Nothing,
    In,
    If,
}

impl<'t> Expressions<'t> {
    pub(super) fn new(tree: Tree<'t>, brackets: Brackets) -> Self {
        Self {
            tree,
            brackets,
            at: 0,
            end: 0,
            depth: 0,
            ends_at: EndsAt::Nothing,
        }
    }

    /// One expression, or several with commas between them.
    pub(super) fn tuple(&mut self) -> NodeId {
        let start = self.place();
        let first = self.expression();
        if !self.is(",") {
            return first;
        }
        let mut items = vec![(first, None)];
        while self.is(",") {
            self.bump();
            if self.at < self.end && !self.ends_tuple() {
                items.push((self.expression(), None));
            }
        }
        let start = self.tree.node(first).range.start.min(start);
        let end = self.last_end();
        let bracket = Bracket {
            open: start,
            items,
            clauses: Vec::new(),
            has_comma: true,
            is_closed: false,
        };
        self.push(NodeKind::Bracket(bracket), start..end.max(start))
    }

    fn ends_tuple(&self) -> bool {
        let word = self.word();
        ["=", ":", ";", "in"].contains(&word)
            || word.ends_with('=') && word.len() < 4 && !["==", "<=", ">=", "!="].contains(&word)
    }

    /// The targets of a loop.
    pub(super) fn targets(&mut self) -> NodeId {
        let outer = std::mem::replace(&mut self.ends_at, EndsAt::In);
        let targets = self.tuple();
        self.ends_at = outer;
        targets
    }

    /// One expression; a missing one where there is none.
    pub(super) fn expression(&mut self) -> NodeId {
        if self.depth >= MAX_DEPTH {
            return self.pass_over();
        }
        self.depth += 1;
        let node = match self.is("lambda") {
            true => self.lambda(),
            false => self.operation(),
        };
        self.depth -= 1;
        node
    }

    /// Passes over what is too deep.
    fn pass_over(&mut self) -> NodeId {
        let place = self.place();
        while self.at < self.end && !self.is(",") {
            match self.tree.tokens[self.at].kind {
                TokenKind::Open => self.at = self.brackets.end(self.at).min(self.end),
                _ => self.at += 1,
            }
        }
        self.push(NodeKind::Missing, place..place)
    }

    fn operation(&mut self) -> NodeId {
        let start = self.place();
        let mut operands = Vec::new();
        let mut operators = Vec::new();
        loop {
            while self.is_prefix() {
                operators.push(self.bump());
            }
            // A lambda ends what it stands in.
            let operand = match self.is("lambda") && !operands.is_empty() {
                true => self.expression(),
                false => self.operand(),
            };
            operands.push(operand);
            if !self.is_infix() {
                break;
            }
            if self.is("not") {
                self.bump();
            }
            operators.push(self.bump());
        }
        if operators.is_empty() {
            return operands[0];
        }
        let end = operands.iter().map(|it| self.tree.node(*it).range.end);
        let end = end.max().unwrap_or(start).max(start);
        self.push(
            NodeKind::Operator {
                operands,
                operators,
            },
            start..end,
        )
    }

    fn is_prefix(&self) -> bool {
        ["-", "+", "~", "not", "*", "**"].contains(&self.word())
    }

    fn is_infix(&self) -> bool {
        match self.word() {
            "in" => self.ends_at != EndsAt::In,
            "if" | "else" => self.ends_at != EndsAt::If,
            "not" => self.word_at(self.at + 1) == "in",
            word => [
                "+", "-", "*", "/", "//", "%", "|", "&", "^", "<<", ">>", "==", "!=", "<", ">",
                "<=", ">=", "and", "or",
            ]
            .contains(&word),
        }
    }

    /// An operand with what is called on it and taken from it.
    fn operand(&mut self) -> NodeId {
        let mut node = self.atom();
        while let Some(token) = self.current() {
            let start = self.tree.node(node).range.start;
            match token.kind {
                TokenKind::Operator if self.is(".") => {
                    self.bump();
                    let name = match self.peek(TokenKind::Name) {
                        Some(name) if self.is_behind(token, name) => {
                            self.at = self.index_of(name) + 1;
                            name.range()
                        }
                        _ => token.end..token.end,
                    };
                    let end = name.end;
                    node = self.push(NodeKind::Dot { object: node, name }, start..end);
                }
                TokenKind::Open
                    if !self.is("{") && !matches!(self.tree.node(node).kind, NodeKind::Missing) =>
                {
                    node = match self.is("(") {
                        true => self.call(node),
                        false => self.index(node),
                    };
                }
                _ => break,
            }
        }
        node
    }

    /// Whether `name` stands on the line of the dot.
    fn is_behind(&self, dot: Token, name: Token) -> bool {
        let between = &self.tree.text[dot.end..name.start];
        let word = self.tree.written(&name.range());
        !between.contains('\n') && (between.is_empty() || !KEYWORDS.contains(&word))
    }

    fn atom(&mut self) -> NodeId {
        let Some(token) = self.current() else {
            return self.missing();
        };
        let word = self.tree.written(&token.range());
        match token.kind {
            TokenKind::Name if KEYWORDS.contains(&word) && word != "load" => self.missing(),
            TokenKind::Name => self.leaf(NodeKind::Name, token),
            TokenKind::Number => self.leaf(NodeKind::Number, token),
            TokenKind::String => {
                let names = self.format_names(token);
                self.leaf(NodeKind::String(names), token)
            }
            TokenKind::Open => self.bracket(),
            _ => self.missing(),
        }
    }

    fn leaf(&mut self, kind: NodeKind, token: Token) -> NodeId {
        self.at = self.index_of(token) + 1;
        self.push(kind, token.range())
    }

    /// The names that stand in the braces of a format string.
    fn format_names(&mut self, token: Token) -> Vec<NodeId> {
        let literal = Literal::of(self.tree.text, token.range());
        if !literal.is_format {
            return Vec::new();
        }
        let content = self.tree.written(&literal.content);
        let mut names = Vec::new();
        let mut at = 0;
        while let Some(open) = content[at..].find('{').map(|it| at + it) {
            if content[open..].starts_with("{{") {
                at = open + 2;
                continue;
            }
            let Some(close) = content[open..].find('}').map(|it| open + it) else {
                break;
            };
            let inner = &content[open + 1..close];
            let name = inner.trim();
            let is_name = !name.is_empty()
                && name
                    .bytes()
                    .all(|it| it.is_ascii_alphanumeric() || it == b'_');
            if is_name {
                let start =
                    literal.content.start + open + 1 + (inner.len() - inner.trim_start().len());
                names.push(self.push(NodeKind::Name, start..start + name.len()));
            }
            at = close + 1;
        }
        names
    }

    fn lambda(&mut self) -> NodeId {
        let start = self.place();
        self.bump();
        let parameters = self.parameters(&[":"]);
        let body = self.is(":").then(|| {
            self.bump();
            self.expression()
        });
        let end = body.map_or(self.last_end(), |it| self.tree.node(it).range.end);
        self.push(NodeKind::Lambda { parameters, body }, start..end.max(start))
    }

    /// Parameters up to the end, or to one of the words `until`.
    pub(super) fn parameters(&mut self, until: &[&str]) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        while let Some(token) = self.current() {
            if until.contains(&self.word()) {
                break;
            }
            let mut stars = token.start..token.start;
            if self.is("*") || self.is("**") {
                stars = token.range();
                self.bump();
            }
            let mut parameter = Parameter {
                name: stars.end..stars.end,
                stars,
                annotation: None,
                default: None,
            };
            if let Some(name) = self.peek(TokenKind::Name) {
                self.at = self.index_of(name) + 1;
                parameter.name = name.range();
            }
            if self.is(":") && !until.contains(&":") {
                self.bump();
                parameter.annotation = Some(self.expression());
            }
            if self.is("=") {
                self.bump();
                parameter.default = Some(self.expression());
            }
            if !parameter.name.is_empty() || !parameter.stars.is_empty() {
                parameters.push(parameter);
            }
            while self.current().is_some() && !self.is(",") && !until.contains(&self.word()) {
                self.bump();
            }
            if self.is(",") {
                self.bump();
            }
        }
        parameters
    }

    pub(super) fn missing(&mut self) -> NodeId {
        let place = self.place();
        self.push(NodeKind::Missing, place..place)
    }

    pub(super) fn push(&mut self, kind: NodeKind, range: Range<usize>) -> NodeId {
        let id = NodeId::at(self.tree.nodes.len());
        let node = Node {
            kind,
            range,
            parent: None,
        };
        for part in node.parts() {
            self.tree.nodes[part.index()].parent = Some(id);
        }
        self.tree.nodes.push(node);
        id
    }
}
