//! Which brackets belong together, and where what is never closed ends.

use super::{Token, TokenKind};

/// Where the content of every opening bracket ends: at its closing bracket, or at
/// the token where it seems to have been given up.
#[derive(Debug)]
pub(crate) struct Brackets {
    /// For the opening brackets, by their token: the token behind the content.
    ends: Vec<usize>,
    partners: Vec<usize>,
}

const NONE: usize = usize::MAX;

impl Brackets {
    pub(crate) fn of(text: &str, tokens: &[Token]) -> Self {
        let partners = partners(text, tokens);
        let mut ends = partners.clone();
        // The brackets that are open, each with the indentation of its line.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut indent = 0;
        for (index, token) in tokens.iter().enumerate() {
            let begins_line = index == 0 || tokens[index - 1].kind == TokenKind::Newline;
            if begins_line && token.kind != TokenKind::Newline {
                indent = indent_of(text, token.start);
                // A line that is no deeper than the one with the bracket is no part of it.
                while let Some((bracket, own)) = open.last().copied()
                    && partners[bracket] == NONE
                    && own >= indent
                    && token.kind != TokenKind::Close
                {
                    ends[bracket] = index.saturating_sub(1);
                    open.pop();
                }
            }
            match token.kind {
                TokenKind::Open => open.push((index, indent)),
                TokenKind::Close if partners[index] != NONE => {
                    while let Some((bracket, _)) = open.pop() {
                        ends[bracket] = index;
                        if bracket == partners[index] {
                            break;
                        }
                    }
                }
                _ => {}
            }
        }
        for (bracket, _) in open {
            if ends[bracket] == NONE {
                ends[bracket] = tokens.len();
            }
        }
        Self { ends, partners }
    }

    /// The closing bracket of the opening one `open`, if it has one.
    pub(crate) fn closing(&self, open: usize) -> Option<usize> {
        Some(self.partners[open]).filter(|it| *it != NONE)
    }

    /// The token behind the content of the opening bracket `open`.
    pub(crate) fn end(&self, open: usize) -> usize {
        self.ends[open].max(open + 1)
    }
}

/// The other bracket of every bracket that has one.
fn partners(text: &str, tokens: &[Token]) -> Vec<usize> {
    let mut partners = vec![NONE; tokens.len()];
    let mut open: Vec<usize> = Vec::new();
    // How many of each kind are open: a stray closing bracket closes nothing.
    let mut counts = [0usize; 3];
    for (index, token) in tokens.iter().enumerate() {
        let Some(kind) = kind(text, *token) else {
            continue;
        };
        match token.kind {
            TokenKind::Open => {
                open.push(index);
                counts[kind] += 1;
            }
            _ if counts[kind] > 0 => {
                while let Some(last) = open.pop() {
                    let own = self::kind(text, tokens[last]).unwrap_or(kind);
                    counts[own] -= 1;
                    if own == kind {
                        partners[last] = index;
                        partners[index] = last;
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    partners
}

fn kind(text: &str, token: Token) -> Option<usize> {
    match (token.kind, text.as_bytes()[token.start]) {
        (TokenKind::Open | TokenKind::Close, b'(' | b')') => Some(0),
        (TokenKind::Open | TokenKind::Close, b'[' | b']') => Some(1),
        (TokenKind::Open | TokenKind::Close, _) => Some(2),
        _ => None,
    }
}

/// How many bytes of white space stand before `at` on its line.
pub(crate) fn indent_of(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let mark = if text[line..].starts_with('\u{feff}') {
        3
    } else {
        0
    };
    at - line - mark.min(at - line)
}
