//! What stands in brackets, and behind an expression.

use super::expressions::{EndsAt, Expressions};
use super::{Argument, Bracket, Call, Clause, NodeId, NodeKind, TokenKind};

/// What is read around a bracket.
struct Outer {
    open: usize,
    end: usize,
    ends_at: EndsAt,
}

impl Expressions<'_> {
    pub(super) fn call(&mut self, callee: NodeId) -> NodeId {
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
            self.pass_to_comma();
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

    pub(super) fn index(&mut self, object: NodeId) -> NodeId {
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

    pub(super) fn bracket(&mut self) -> NodeId {
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
            self.pass_to_comma();
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
    fn pass_to_comma(&mut self) {
        while self.current().is_some() && !self.is(",") {
            let before = self.at;
            // What stands there without a comma before it is read all the same.
            self.expression();
            if self.at == before {
                self.bump();
            }
        }
    }
}
