//! String literals.

use std::ops::Range;

use crate::script::quotes;

/// A string literal, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    /// What stands between the quotes.
    pub(crate) content: Range<usize>,
    pub(crate) is_raw: bool,
    /// Whether names in braces stand for their values.
    pub(crate) is_format: bool,
    /// Whether the closing quotes are there.
    pub(crate) is_closed: bool,
}

impl Literal {
    /// The literal at `range`, which is the range of a token.
    pub(crate) fn of(text: &str, range: Range<usize>) -> Self {
        let written = &text[range.clone()];
        let prefix = written.find(['"', '\'']).unwrap_or(0);
        let quotes = quotes(&written[prefix..]);
        let start = prefix + quotes.len();
        let body = &written[start..];
        let is_closed =
            body.ends_with(quotes) && !ends_in_escape(&body[..body.len() - quotes.len()]);
        let end = match is_closed {
            true => range.end - quotes.len(),
            false => range.end,
        };
        let prefix = &written[..prefix];
        Self {
            content: range.start + start..end,
            is_raw: prefix.contains(['r', 'R']),
            is_format: prefix.contains(['f', 'F']),
            is_closed,
        }
    }

    /// What the literal stands for; none where that is not its very letters.
    pub(crate) fn value<'t>(&self, text: &'t str) -> Option<&'t str> {
        let content = &text[self.content.clone()];
        let is_plain = self.is_raw || !content.contains('\\');
        let is_fixed = !self.is_format || !content.contains(['{', '}']);
        (is_plain && is_fixed).then_some(content)
    }
}

fn ends_in_escape(body: &str) -> bool {
    let backslashes = body.bytes().rev().take_while(|it| *it == b'\\').count();
    backslashes % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_know_their_content() {
        let literal = |text: &str| {
            let literal = Literal::of(text, 0..text.len());
            let content = text[literal.content.clone()].to_owned();
            (content, literal.is_closed, literal.value(text).is_some())
        };
        assert_eq!(literal("\"a\""), ("a".to_owned(), true, true));
        assert_eq!(literal("\"a"), ("a".to_owned(), false, true));
        assert_eq!(literal("\""), (String::new(), false, true));
        assert_eq!(literal("r'''a\\n'''"), ("a\\n".to_owned(), true, true));
        assert_eq!(literal("'a\\n'"), ("a\\n".to_owned(), true, false));
        assert_eq!(literal("f'{a}'"), ("{a}".to_owned(), true, false));
        assert_eq!(literal("'a\\'"), ("a\\'".to_owned(), false, false));
    }
}
