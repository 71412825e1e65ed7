//! Takes a script's text apart, whatever it is: for what has to know of a text that
//! may be broken where its words, strings and comments are.

use std::ops::Range;

/// A piece of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A name or a keyword.
    Name,
    Number,
    String,
    Operator,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    Comment,
    /// The end of a line, within brackets too.
    Newline,
}

impl Token {
    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// The quotes that `written` begins with.
pub(crate) fn quotes(written: &str) -> &'static str {
    ["\"\"\"", "'''", "\"", "'"]
        .into_iter()
        .find(|quotes| written.starts_with(quotes))
        .unwrap_or("")
}

/// The pieces of `text`, in their order. White space is none.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let kind = match byte {
            b' ' | b'\t' | b'\r' | 0x0c => {
                at += 1;
                continue;
            }
            b'\\' if is_continued(&bytes[at + 1..]) => {
                at += if bytes[at + 1] == b'\r' { 3 } else { 2 };
                continue;
            }
            b'\n' => {
                at += 1;
                TokenKind::Newline
            }
            b'#' => {
                at = line_end(bytes, at);
                TokenKind::Comment
            }
            b'(' | b'[' | b'{' => {
                at += 1;
                TokenKind::Open
            }
            b')' | b']' | b'}' => {
                at += 1;
                TokenKind::Close
            }
            b'"' | b'\'' => {
                at = string_end(text, at);
                TokenKind::String
            }
            b'0'..=b'9' => {
                at = number_end(bytes, at);
                TokenKind::Number
            }
            _ if is_name_part(byte) => {
                at = name_end(bytes, at);
                let is_prefix = at - start <= 2
                    && bytes[start..at].iter().all(|it| b"rRbBfF".contains(it))
                    && matches!(bytes.get(at), Some(b'"' | b'\''));
                if is_prefix {
                    at = string_end(text, at);
                    TokenKind::String
                } else {
                    TokenKind::Name
                }
            }
            _ => {
                at += operator_length(&bytes[at..]);
                TokenKind::Operator
            }
        };
        tokens.push(Token {
            kind,
            start,
            end: at,
        });
    }
    tokens
}

fn is_continued(rest: &[u8]) -> bool {
    rest.starts_with(b"\n") || rest.starts_with(b"\r\n")
}

/// What is not ASCII is taken for a letter: it stands in no other place.
fn is_name_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn name_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let length = rest.iter().position(|it| !is_name_part(*it));
    at + length.unwrap_or(rest.len())
}

fn number_end(bytes: &[u8], at: usize) -> usize {
    let end = name_end(bytes, at);
    let is_fraction =
        bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    if is_fraction {
        name_end(bytes, end + 1)
    } else {
        end
    }
}

/// Where the line ends, before its line break.
fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let end = at
        + rest
            .iter()
            .position(|it| *it == b'\n')
            .unwrap_or(rest.len());
    match end > at && bytes[end - 1] == b'\r' {
        true => end - 1,
        false => end,
    }
}

/// Where the string whose quotes begin at `at` ends. One that is not closed ends
/// with its line, or with the text where it may have several lines.
fn string_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let quotes = quotes(&text[at..]).as_bytes();
    let is_long = quotes.len() == 3;
    let mut at = at + quotes.len();
    while let Some(&byte) = bytes.get(at) {
        if bytes[at..].starts_with(quotes) {
            return at + quotes.len();
        }
        match byte {
            b'\\' if bytes.get(at + 1) == Some(&b'\r') && bytes.get(at + 2) == Some(&b'\n') => {
                at += 3
            }
            b'\\' => at += 2,
            b'\n' if !is_long => return at - usize::from(bytes[at - 1] == b'\r'),
            _ => at += 1,
        }
    }
    bytes.len()
}

fn operator_length(rest: &[u8]) -> usize {
    let long: [&[u8]; 21] = [
        b"//=", b"<<=", b">>=", b"**", b"==", b"!=", b"<=", b">=", b"+=", b"-=", b"*=", b"/=",
        b"%=", b"&=", b"|=", b"^=", b"//", b"<<", b">>", b"->", b"...",
    ];
    let known = long.iter().find(|operator| rest.starts_with(operator));
    known.map_or(1, |operator| operator.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|it| &text[it.range()]).collect()
    }

    #[test]
    fn every_text_is_taken_apart() {
        assert_eq!(
            words("a.b(c='x\\'y', 1.5)[0] # end\n"),
            [
                "a", ".", "b", "(", "c", "=", "'x\\'y'", ",", "1.5", ")", "[", "0", "]", "# end",
                "\n"
            ]
        );
        assert_eq!(words("x = \"open\ny"), ["x", "=", "\"open", "\n", "y"]);
        assert_eq!(words("x = \"open\r\ny"), ["x", "=", "\"open", "\n", "y"]);
        assert_eq!(words("\u{feff}ä = '''a\nb"), ["ä", "=", "'''a\nb"]);
        assert_eq!(words("\"a\\"), ["\"a\\"]);
        assert_eq!(words("a \\\r\n b"), ["a", "b"]);
    }
}
