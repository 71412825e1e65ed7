//! Expressions, and what looks like one.

use std::ops::Range;

use super::brackets::Brackets;
use super::lexer::{Literal, Token, TokenKind};
use super::{
    Argument, Bracket, Call, Clause, KEYWORDS, MAX_DEPTH, Node, NodeId, NodeKind, Parameter, Tree,
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
    ends_at: EndsAt,
}

/// What is read around a bracket.
struct Outer {
    open: usize,
    end: usize,
    ends_at: EndsAt,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EndsAt {
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

    fn call(&mut self, callee: NodeId) -> NodeId {
        let (open, outer) = self.enter();
        let mut arguments = Vec::new();
        let mut slot_start = open + 1;
        while let Some(token) = self.current() {
            let mut name = None;
            let is_spread = self.is("*") || self.is("**");
            if token.kind == TokenKind::Name && self.word_at(self.index_of(token) + 1) == "=" {
                name = Some(token.range());
                self.at = self.index_of(token) + 2;
            }
            let value = self.expression();
            let value = self.comprehension(value);
            self.to_comma();
            let slot_end = self.place();
            arguments.push(Argument {
                name,
                is_spread,
                value,
                slot: slot_start..slot_end.max(slot_start),
            });
            if self.is(",") {
                slot_start = slot_end + 1;
                self.bump();
            }
        }
        let (end, is_closed) = self.leave(outer);
        let start = self.tree.node(callee).range.start;
        let call = Call {
            callee,
            open,
            arguments,
            is_closed,
        };
        self.push(NodeKind::Call(call), start..end)
    }

    /// `value`, with the clauses of the comprehension that it is the item of.
    fn comprehension(&mut self, value: NodeId) -> NodeId {
        if !self.is("for") {
            return value;
        }
        let start = self.tree.node(value).range.start;
        let clauses = self.clauses();
        let bracket = Bracket {
            open: start,
            items: vec![(value, None)],
            clauses,
            has_comma: false,
            is_closed: false,
        };
        let end = self.last_end().max(start);
        self.push(NodeKind::Bracket(bracket), start..end)
    }

    fn index(&mut self, object: NodeId) -> NodeId {
        let (open, outer) = self.enter();
        let mut index = Vec::new();
        while self.current().is_some() {
            let before = self.at;
            index.push(self.expression());
            while self.is(":") || self.is(",") {
                self.bump();
            }
            if self.at == before {
                self.bump();
            }
        }
        let (end, is_closed) = self.leave(outer);
        let start = self.tree.node(object).range.start;
        let kind = NodeKind::Index {
            object,
            open,
            index,
            is_closed,
        };
        self.push(kind, start..end)
    }

    fn bracket(&mut self) -> NodeId {
        let (open, outer) = self.enter();
        let mut bracket = Bracket {
            open,
            items: Vec::new(),
            clauses: Vec::new(),
            has_comma: false,
            is_closed: false,
        };
        while self.current().is_some() {
            let item = self.expression();
            let value = self.is(":").then(|| {
                self.bump();
                self.expression()
            });
            bracket.items.push((item, value));
            if self.is("for") {
                bracket.clauses = self.clauses();
            }
            self.to_comma();
            if self.is(",") {
                bracket.has_comma = true;
                self.bump();
            }
        }
        let (end, is_closed) = self.leave(outer);
        bracket.is_closed = is_closed;
        self.push(NodeKind::Bracket(bracket), open..end)
    }

    fn clauses(&mut self) -> Vec<Clause> {
        let mut clauses = Vec::new();
        let outer = self.ends_at;
        loop {
            if self.is("for") {
                self.bump();
                let targets = self.targets();
                self.ends_at = EndsAt::If;
                if self.is("in") {
                    self.bump();
                }
                let over = self.expression();
                clauses.push(Clause::For { targets, over });
            } else if self.is("if") {
                self.bump();
                self.ends_at = EndsAt::If;
                clauses.push(Clause::If(self.expression()));
            } else {
                break;
            }
        }
        self.ends_at = outer;
        clauses
    }

    /// Goes into the bracket at hand. Gives its place, and what [`Self::leave`] takes.
    fn enter(&mut self) -> (usize, Outer) {
        let open = self.at_token();
        let end = self.brackets.end(open).min(self.end);
        let outer = Outer {
            open,
            end: std::mem::replace(&mut self.end, end),
            ends_at: std::mem::replace(&mut self.ends_at, EndsAt::Nothing),
        };
        self.at = open + 1;
        (self.tree.tokens[open].start, outer)
    }

    /// Leaves a bracket. Gives the place behind it, and whether it is closed there.
    fn leave(&mut self, outer: Outer) -> (usize, bool) {
        let content_end = self.end;
        self.at = content_end;
        self.end = outer.end;
        self.ends_at = outer.ends_at;
        let Some(behind) = self.tree.tokens.get(content_end).copied() else {
            return (self.tree.text.len(), false);
        };
        // The closing bracket of something around it ends this one, too.
        if self.brackets.closing(outer.open) == Some(content_end) {
            self.at = content_end + 1;
            return (behind.end, true);
        }
        (behind.start, false)
    }

    /// Goes to the comma behind what was read, or to the end.
    fn to_comma(&mut self) {
        while self.current().is_some() && !self.is(",") {
            let before = self.at;
            // What stands there without a comma before it is read all the same.
            self.expression();
            if self.at == before {
                self.bump();
            }
        }
    }

    fn missing(&mut self) -> NodeId {
        let place = self.place();
        self.push(NodeKind::Missing, place..place)
    }

    fn push(&mut self, kind: NodeKind, range: Range<usize>) -> NodeId {
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

    /// Goes behind the token at hand, and gives its place.
    pub(super) fn bump(&mut self) -> Range<usize> {
        let at = self.at_token();
        self.at = at + 1;
        match self.tree.tokens.get(at) {
            Some(token) => token.range(),
            None => self.tree.text.len()..self.tree.text.len(),
        }
    }

    /// The token at hand, but for line breaks.
    fn at_token(&self) -> usize {
        let mut at = self.at;
        while at < self.end && self.tree.tokens[at].kind == TokenKind::Newline {
            at += 1;
        }
        at
    }

    fn current(&self) -> Option<Token> {
        let at = self.at_token();
        (at < self.end).then(|| self.tree.tokens[at])
    }

    /// The token at hand, if it is of that kind.
    pub(super) fn peek(&self, kind: TokenKind) -> Option<Token> {
        self.current().filter(|it| it.kind == kind)
    }

    fn index_of(&self, token: Token) -> usize {
        let mut at = self.at;
        while self.tree.tokens[at].start < token.start {
            at += 1;
        }
        at
    }

    /// The token at hand, if it is a word, an operator or a bracket.
    pub(super) fn word(&self) -> &'t str {
        self.word_at(self.at)
    }

    fn word_at(&self, at: usize) -> &'t str {
        let mut at = at;
        while at < self.end && self.tree.tokens[at].kind == TokenKind::Newline {
            at += 1;
        }
        match self.tree.tokens.get(at) {
            Some(token) if at < self.end && token.kind != TokenKind::String => {
                self.tree.written(&token.range())
            }
            _ => "",
        }
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.word() == word
    }

    /// Where the token at hand begins, or what is read ends.
    pub(super) fn place(&self) -> usize {
        match self.current() {
            Some(token) => token.start,
            None => match self.tree.tokens.get(self.end) {
                Some(token) => token.start,
                None => self.tree.text.len(),
            },
        }
    }

    /// Where the token before the one at hand ends.
    fn last_end(&self) -> usize {
        self.at
            .checked_sub(1)
            .map_or(0, |it| self.tree.tokens[it].end)
    }
}

impl Node {
    /// The parts of the node.
    pub(crate) fn parts(&self) -> Vec<NodeId> {
        match &self.kind {
            NodeKind::Name | NodeKind::Number | NodeKind::Missing => Vec::new(),
            NodeKind::String(names) => names.clone(),
            NodeKind::Dot { object, .. } => vec![*object],
            NodeKind::Call(call) => {
                let values = call.arguments.iter().map(|it| it.value);
                std::iter::once(call.callee).chain(values).collect()
            }
            NodeKind::Index { object, index, .. } => std::iter::once(*object)
                .chain(index.iter().copied())
                .collect(),
            NodeKind::Bracket(bracket) => {
                let items = bracket.items.iter();
                let mut parts: Vec<_> = items
                    .flat_map(|(item, value)| std::iter::once(*item).chain(*value))
                    .collect();
                for clause in &bracket.clauses {
                    match clause {
                        Clause::For { targets, over } => parts.extend([*targets, *over]),
                        Clause::If(condition) => parts.push(*condition),
                    }
                }
                parts
            }
            NodeKind::Lambda { parameters, body } => {
                let values = parameters
                    .iter()
                    .flat_map(|it| it.annotation.into_iter().chain(it.default));
                values.chain(*body).collect()
            }
            NodeKind::Operator { operands, .. } => operands.clone(),
        }
    }
}
