//! Values that a literal shows letter by letter.

use std::ops::Range;

use super::Span;

/// How a literal shows its value: where each byte of the value is written.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// How many bytes of the literal stand before the value.
    opening: usize,
    /// The value's line breaks, where Windows' line ends are written for them:
    /// those are one character to whoever reads the value.
    breaks: Vec<usize>,
}

impl Shown {
    /// How `written` shows `value`; none where it does so with escapes, or not at all.
    pub(crate) fn of(written: &str, value: &str) -> Option<Self> {
        if written == value {
            return Some(Self {
                opening: 0,
                breaks: Vec::new(),
            });
        }
        let (opening, inner) = opened(written)?;
        let breaks = if inner == value {
            Vec::new()
        } else if inner.contains('\r') && inner.replace("\r\n", "\n") == value {
            let breaks = inner.match_indices("\r\n").enumerate();
            breaks.map(|(before, (at, _))| at - before).collect()
        } else {
            return None;
        };
        Some(Self { opening, breaks })
    }

    /// Whether quotes may be inserted: it takes three of them to end the literal.
    pub(crate) fn takes_quotes(&self) -> bool {
        self.opening > 2
    }

    /// The place of `part` of the value that is written at `literal`.
    pub(crate) fn within(&self, literal: Span, part: Range<usize>) -> Span {
        let place = |at: usize| {
            let before = self.breaks.partition_point(|it| *it < at);
            literal.start as usize + self.opening + at + before
        };
        Span::new(literal.file, place(part.start)..place(part.end))
    }
}

/// How many bytes stand before the inside of a quoted literal, and the inside.
fn opened(written: &str) -> Option<(usize, &str)> {
    let prefix = usize::from(written.starts_with(['r', 'b']));
    let quoted = &written[prefix..];
    let delimiter = ["\"\"\"", "'''", "\"", "'"]
        .into_iter()
        .find(|quote| quoted.starts_with(quote))?;
    let rest = quoted.strip_prefix(delimiter)?;
    Some((prefix + delimiter.len(), rest.strip_suffix(delimiter)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn a_value_is_found_in_its_literal() {
        let find = |written: &str, value: &str, part: &str| {
            let at = value.find(part)?;
            let literal = Span::new(FileId::from_index(0), 0..written.len());
            let span = Shown::of(written, value)?.within(literal, at..at + part.len());
            Some(written[span.range()].to_owned())
        };
        let found = |text: &str| Some(text.to_owned());
        assert_eq!(find("'a b'", "a b", "b"), found("b"));
        assert_eq!(find("plain", "plain", "ai"), found("ai"));
        assert_eq!(find("\"\"\"a\r\nb\r\nc\"\"\"", "a\nb\nc", "c"), found("c"));
        assert_eq!(find("\"\"\"a\r\nb\"\"\"", "a\nb", "b"), found("b"));
        assert_eq!(find("\"\"\"a\nb\r\nc\"\"\"", "a\nb\nc", "b"), found("b"));
        assert_eq!(find("\"\"\"a\nb\r\nc\"\"\"", "a\nb\nc", "c"), found("c"));
        assert_eq!(find("'a\\tb'", "a\tb", "b"), None);
    }
}
