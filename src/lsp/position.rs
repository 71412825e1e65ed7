//! Places as the protocol counts them: lines and units from 0.

use std::ops::Range;

use gen_lsp_types as lsp;

/// What a client counts within a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
}

impl Encoding {
    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

/// Where the lines of a text begin. Unlike elsewhere, a lone carriage return ends
/// one, too: so says the protocol.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Lines {
    pub(crate) fn of(text: &str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        Self {
            starts: std::iter::once(0).chain(ends.map(|it| it.0 + 1)).collect(),
            encoding,
        }
    }

    /// The place of the byte `offset` of `text`.
    pub(crate) fn position(&self, text: &str, offset: usize) -> lsp::Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &text[self.starts[line]..offset];
        lsp::Position {
            line: count(line),
            character: count(self.encoding.length(before)),
        }
    }

    /// The place of the bytes `range` of `text`.
    pub(crate) fn range(&self, text: &str, range: Range<usize>) -> lsp::Range {
        lsp::Range {
            start: self.position(text, range.start),
            end: self.position(text, range.end),
        }
    }

    /// The byte of `text` at `position`: the end of the line or of the text where
    /// that is nearer.
    pub(crate) fn offset(&self, text: &str, position: lsp::Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line) else {
            return text.len();
        };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text[*start..end].trim_end_matches(['\r', '\n']);
        let wanted = position.character as usize;
        let mut units = 0;
        for (at, letter) in content.char_indices() {
            units += match self.encoding {
                Encoding::Utf8 => letter.len_utf8(),
                Encoding::Utf16 => letter.len_utf16(),
            };
            // Within a letter is before it.
            if units > wanted {
                return start + at;
            }
        }
        start + content.len()
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_both_encodings() {
        let text = "a🦀ä\r\nb\rc\n";
        let at = |encoding, offset| {
            let place = Lines::of(text, encoding).position(text, offset);
            (place.line, place.character)
        };
        let cases = [
            (0, (0, 0), (0, 0)),
            (1, (0, 1), (0, 1)),
            (5, (0, 5), (0, 3)),
            (7, (0, 7), (0, 4)),
            (9, (1, 0), (1, 0)),
            (11, (2, 0), (2, 0)),
            (13, (3, 0), (3, 0)),
        ];
        for (offset, utf8, utf16) in cases {
            assert_eq!(at(Encoding::Utf8, offset), utf8, "{offset}");
            assert_eq!(at(Encoding::Utf16, offset), utf16, "{offset}");
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let lines = Lines::of(text, encoding);
                assert_eq!(lines.offset(text, lines.position(text, offset)), offset);
            }
        }
    }

    #[test]
    fn places_outside_are_the_nearest_inside() {
        let text = "a🦀\r\nb";
        let lines = Lines::of(text, Encoding::Utf16);
        let offset = |line, character| lines.offset(text, lsp::Position { line, character });
        assert_eq!(offset(0, 99), 5);
        assert_eq!(offset(0, 2), 1, "within a letter");
        assert_eq!(offset(9, 0), text.len());
        assert_eq!(
            lines.position(text, 99),
            lsp::Position {
                line: 1,
                character: 1
            }
        );
    }
}
