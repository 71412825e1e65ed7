//! From JSON to plain data, by the rules of the Go implementation of Starlark.

use num_bigint::BigInt;

use crate::script::builtins::modules::text::Problem;
use crate::script::values::Plain;
use crate::script::values::plain::{MAX_DEPTH, MAX_PARTS};

/// The most digits of a whole number: reading one takes time in their square.
const MAX_DIGITS: usize = 4_000;

/// The value that `text` stands for.
pub(super) fn decode(text: &str) -> Result<Plain, Problem> {
    let mut reader = Reader {
        text,
        at: 0,
        left: MAX_PARTS,
    };
    let value = reader.value(0)?;
    match reader.peek() {
        None => Ok(value),
        Some(byte) => {
            let found = reader.shown(byte);
            reader.fail(format!("{found} follows the value"))
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    left: usize,
}

impl Reader<'_> {
    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let blank = rest
            .iter()
            .take_while(|it| matches!(it, b' ' | b'\t' | b'\n' | b'\r'));
        self.at += blank.count();
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Result<u8, Problem> {
        match self.peek() {
            Some(byte) => Ok(byte),
            None => self.fail("the text ends too early"),
        }
    }

    // The depth is bounded, so recursion is too.
    fn value(&mut self, depth: usize) -> Result<Plain, Problem> {
        if depth > MAX_DEPTH || self.left == 0 {
            return Err(Problem::TooLarge);
        }
        self.left -= 1;
        let byte = self.next()?;
        match byte {
            b'"' => self.string().map(Plain::Text),
            b'[' => self.list(depth),
            b'{' => self.object(depth),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(byte),
        }
    }

    fn word(&mut self, byte: u8) -> Result<Plain, Problem> {
        let words = [
            ("null", Plain::None),
            ("true", Plain::Bool(true)),
            ("false", Plain::Bool(false)),
        ];
        let rest = &self.text[self.at..];
        for (word, value) in words {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        let lower = rest.get(..5).unwrap_or(rest).to_ascii_lowercase();
        let found = self.shown(byte);
        match byte {
            b'\'' => self.fail("strings stand in `\"`, not in `'`"),
            b']' | b'}' => self.fail(format!("a value is missing before {found}")),
            b'T' | b'F' if lower.starts_with("true") || lower == "false" => {
                self.fail("truth values are lower case: `true`, `false`")
            }
            b'N' if lower.starts_with("none") => self.fail("nothing is `null`, not `None`"),
            b'#' => self.fail("JSON has no comments"),
            b'/' if rest.starts_with("//") || rest.starts_with("/*") => {
                self.fail("JSON has no comments")
            }
            _ => self.fail(format!("no value begins with {found}")),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Plain, Problem> {
        let mut items = Vec::new();
        self.at += 1;
        if self.next()? != b']' {
            loop {
                items.push(self.value(depth + 1)?);
                match self.next()? {
                    b',' => self.at += 1,
                    b']' => break,
                    byte => {
                        let found = self.shown(byte);
                        return self.fail(format!("expected `,` or `]`, not {found}"));
                    }
                }
            }
        }
        self.at += 1;
        Ok(Plain::List(items))
    }

    fn object(&mut self, depth: usize) -> Result<Plain, Problem> {
        let mut entries = Vec::new();
        self.at += 1;
        if self.next()? != b'}' {
            loop {
                let byte = self.next()?;
                if byte != b'"' {
                    let found = self.shown(byte);
                    return match byte {
                        b'}' => self.fail("no `,` stands before the closing `}`"),
                        _ => self.fail(format!("expected a key in `\"`, not {found}")),
                    };
                }
                let key = self.value(depth + 1)?;
                let byte = self.next()?;
                if byte != b':' {
                    let found = self.shown(byte);
                    return self.fail(format!("expected `:` after the key, not {found}"));
                }
                self.at += 1;
                entries.push((key, self.value(depth + 1)?));
                match self.next()? {
                    b',' => self.at += 1,
                    b'}' => break,
                    byte => {
                        let found = self.shown(byte);
                        return self.fail(format!("expected `,` or `}}`, not {found}"));
                    }
                }
            }
        }
        self.at += 1;
        Ok(Plain::Map(entries))
    }

    fn string(&mut self) -> Result<String, Problem> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        let mut is_plain = true;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_plain = false;
                    end += 2;
                }
                Some(byte) => {
                    is_plain &= byte.is_ascii();
                    end += 1;
                }
                None => return self.fail("the string is not closed"),
            }
        }
        let inner = &self.text[start + 1..end];
        self.at = end + 1;
        // As the original does: plain ASCII is taken as it is.
        if is_plain {
            return Ok(inner.to_owned());
        }
        unescape(inner).map_err(|(at, message)| Problem::At {
            at: start + 1 + at,
            message,
        })
    }

    fn number(&mut self) -> Result<Plain, Problem> {
        let rest = &self.text[self.at..];
        let is_part = |byte: u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = rest.bytes().take_while(|byte| is_part(*byte)).count();
        let written = &rest[..length];
        let digits = written.strip_prefix('-').unwrap_or(written);
        let is_padded = digits.len() > 1 && digits.starts_with('0') && {
            let second = digits.as_bytes()[1];
            second.is_ascii_digit()
        };
        if is_padded {
            return self.fail("a number begins with no `0`");
        }
        if length > MAX_DIGITS {
            return Err(Problem::TooLarge);
        }
        let value = if digits.is_empty() {
            None
        } else if written.contains(['.', 'e', 'E']) {
            let number = written.parse::<f64>().ok();
            number.filter(|it| it.is_finite()).map(Plain::Float)
        } else {
            written.parse::<BigInt>().ok().map(Plain::Int)
        };
        match value {
            Some(value) => {
                self.at += length;
                Ok(value)
            }
            None => self.fail(format!("`{written}` is no number")),
        }
    }

    /// The character at the place, for people.
    fn shown(&self, byte: u8) -> String {
        match self.text[self.at..].chars().next() {
            Some('`') => "a backtick".to_owned(),
            Some(letter) if !letter.is_control() => format!("`{letter}`"),
            _ => format!("the byte {byte:#04x}"),
        }
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, Problem> {
        Err(Problem::At {
            at: self.at,
            message: message.into(),
        })
    }
}

/// What stands between quotes, its escapes undone.
fn unescape(inner: &str) -> Result<String, (usize, String)> {
    let mut text = String::with_capacity(inner.len());
    let mut letters = inner.char_indices();
    while let Some((at, letter)) = letters.next() {
        if u32::from(letter) < 0x20 {
            return Err((at, "a control character must be escaped".to_owned()));
        }
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        let Some((_, escaped)) = letters.next() else {
            return Err((at, "the escape is not finished".to_owned()));
        };
        let meaning = match escaped {
            '"' | '\\' | '/' => escaped,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let Some(first) = hexadecimal(inner, at) else {
                    return Err((at, "`\\u` needs four hexadecimal digits".to_owned()));
                };
                (0..4).for_each(|_| _ = letters.next());
                // Two surrogates make one letter; one alone makes none.
                let second =
                    hexadecimal(inner, at + 6).filter(|_| (0xd800..0xdc00).contains(&first));
                match second.filter(|it| (0xdc00..0xe000).contains(it)) {
                    Some(second) => {
                        (0..6).for_each(|_| _ = letters.next());
                        let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
                    }
                    None => char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
                }
            }
            other => return Err((at, format!("`\\{other}` is no escape of JSON"))),
        };
        text.push(meaning);
    }
    Ok(text)
}

/// The number in `\u0041` at the byte `at`.
fn hexadecimal(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Plain {
        Plain::Text(text.to_owned())
    }

    #[test]
    fn values_are_read_as_go_reads_them() {
        let cases = [
            (" null ", Plain::None),
            ("-0", Plain::Int(0.into())),
            ("1e2", Plain::Float(100.0)),
            (
                "123456789012345678901234567890",
                Plain::Int("123456789012345678901234567890".parse().unwrap()),
            ),
            (r#""a\nb""#, text("a\nb")),
            (r#""\ud83e\udd80""#, text("🦀")),
            (r#""\ud83e""#, text("\u{fffd}")),
            (r#""é\u00e9""#, text("éé")),
            (
                r#"{"a": [1, true], "b": {}}"#,
                Plain::Map(vec![
                    (
                        text("a"),
                        Plain::List(vec![Plain::Int(1.into()), Plain::Bool(true)]),
                    ),
                    (text("b"), Plain::Map(vec![])),
                ]),
            ),
        ];
        for (json, expected) in cases {
            assert_eq!(decode(json), Ok(expected), "{json}");
        }
    }

    #[test]
    fn mistakes_have_their_place() {
        let cases = [
            ("", 0, "ends too early"),
            ("{\"a\": 1,}", 8, "before the closing"),
            ("[1,]", 3, "a value is missing"),
            ("[1 2]", 3, "`,` or `]`"),
            ("{'a': 1}", 1, "a key in"),
            ("['a']", 1, "not in `'`"),
            ("[True]", 1, "lower case"),
            ("01", 0, "begins with no `0`"),
            ("-", 0, "no number"),
            ("1.2.3", 0, "no number"),
            ("1 x", 2, "`x` follows"),
            ("\"abc", 0, "not closed"),
            ("\"ab\\x\"", 3, "no escape"),
            ("{\"a\" 1}", 5, "after the key"),
            ("// x", 0, "no comments"),
        ];
        for (json, expected, words) in cases {
            match decode(json) {
                Err(Problem::At { at, message }) => {
                    assert_eq!(at, expected, "{json}: {message}");
                    assert!(message.contains(words), "{json}: {message}");
                }
                other => panic!("{json}: {other:?}"),
            }
        }
    }

    #[test]
    fn what_is_too_much_is_refused() {
        let deep = "[".repeat(100_000);
        let wide = format!("[{}1]", "1,".repeat(300_000));
        let long = "1".repeat(100_000);
        for json in [deep, wide, long] {
            assert_eq!(decode(&json), Err(Problem::TooLarge));
        }
    }
}
