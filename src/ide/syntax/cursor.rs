//! Going over tokens.

use std::ops::Range;

use super::expressions::Expressions;
use super::{Token, TokenKind};

impl<'t> Expressions<'t> {
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
    pub(super) fn at_token(&self) -> usize {
        let mut at = self.at;
        while at < self.end && self.tree.tokens[at].kind == TokenKind::Newline {
            at += 1;
        }
        at
    }

    pub(super) fn current(&self) -> Option<Token> {
        let at = self.at_token();
        (at < self.end).then(|| self.tree.tokens[at])
    }

    /// The token at hand, if it is of that kind.
    pub(super) fn peek(&self, kind: TokenKind) -> Option<Token> {
        self.current().filter(|it| it.kind == kind)
    }

    pub(super) fn index_of(&self, token: Token) -> usize {
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

    pub(super) fn word_at(&self, at: usize) -> &'t str {
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
    pub(super) fn last_end(&self) -> usize {
        self.at
            .checked_sub(1)
            .map_or(0, |it| self.tree.tokens[it].end)
    }
}
