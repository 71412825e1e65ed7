//! Looks at a script's text before the parser does.
//!
//! The parser, the compiler and the destructors of the syntax tree all recurse,
//! so text that nests too deep overflows the stack. This one pass over the
//! bytes refuses it first, and remembers brackets that are never closed, since
//! the parser only sees their consequences.

use std::ops::Range;

/// How deep an expression may nest: brackets, and operators, calls and
/// conditions that follow one another.
pub(crate) const MAX_NESTING: usize = 1_000;
/// How deep blocks may be indented into one another.
pub(crate) const MAX_BLOCKS: usize = 50;
/// How many `elif` may follow one `if`.
pub(crate) const MAX_BRANCHES: usize = 500;

/// What the text is made of, as far as brackets and lines go.
#[derive(Debug, Default)]
pub(crate) struct Screening {
    /// The first thing that nests too deep.
    pub(crate) too_deep: Option<TooDeep>,
    /// The opening bracket that is probably the one that lacks its closing one.
    pub(crate) unclosed: Option<usize>,
    /// Tabs outside of strings and comments.
    pub(crate) tabs: Vec<usize>,
    /// The first line whose indentation matches no block around it.
    pub(crate) misindented: Option<usize>,
    /// The brackets of the top level: where each opens, and closes.
    pub(crate) brackets: Vec<(usize, usize)>,
}

/// Something that nests too deep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TooDeep {
    Expression(usize),
    Block(usize),
    Branches(usize),
}

/// Screens `text`.
pub(crate) fn screen(text: &str) -> Screening {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        brackets: Vec::new(),
        level: Level::default(),
        indents: vec![0],
        branches: (0, 0),
        has_stray_closing: false,
        found: Screening::default(),
    };
    scanner.run();
    scanner.found
}

/// The depth of the expression between two commas of one bracket.
#[derive(Clone, Copy, Debug, Default)]
struct Level {
    /// The depth since the last comma.
    current: usize,
    /// The greatest depth before it.
    peak: usize,
}

struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    /// Open brackets with the level around them.
    brackets: Vec<(usize, Level)>,
    level: Level,
    indents: Vec<usize>,
    /// The indentation of the last `elif`, and how many there were.
    branches: (usize, usize),
    /// Whether a bracket was closed that is not open.
    has_stray_closing: bool,
    found: Screening,
}

impl Scanner<'_> {
    fn run(&mut self) {
        self.line_start();
        while self.at < self.bytes.len() && self.found.too_deep.is_none() {
            let byte = self.bytes[self.at];
            match byte {
                b'#' => self.skip_to_line_end(),
                b'\t' => {
                    self.found.tabs.push(self.at);
                    self.at += 1;
                }
                b'"' | b'\'' => self.skip_string(),
                b'\\' => self.at += 2,
                b'\n' => {
                    self.at += 1;
                    if self.brackets.is_empty() {
                        self.level = Level::default();
                        self.line_start();
                    } else {
                        self.look_for_unclosed();
                    }
                }
                b'(' | b'[' | b'{' => {
                    self.deepen();
                    self.brackets.push((self.at, self.level));
                    self.level = Level::default();
                    self.level.current = self.brackets.len();
                    self.check_depth();
                    self.at += 1;
                }
                b')' | b']' | b'}' => {
                    let inner = self.level.current.max(self.level.peak);
                    self.look_for_mismatch(byte);
                    if let Some((opening, mut outer)) = self.brackets.pop() {
                        if self.brackets.is_empty() {
                            self.found.brackets.push((opening, self.at));
                        }
                        outer.current += inner.saturating_sub(self.brackets.len());
                        self.level = outer;
                        self.check_depth();
                    }
                    self.at += 1;
                }
                b',' | b';' => {
                    self.level.peak = self.level.peak.max(self.level.current);
                    self.level.current = self.brackets.len();
                    self.at += 1;
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
                b'+' | b'-' | b'*' | b'/' | b'%' | b'|' | b'&' | b'^' | b'<' | b'>' | b'='
                | b'!' | b'~' | b'.' => {
                    self.deepen();
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        if self.found.unclosed.is_none() {
            self.found.unclosed = self.brackets.last().map(|(at, _)| *at);
        }
    }

    fn deepen(&mut self) {
        self.level.current += 1;
        self.check_depth();
    }

    fn check_depth(&mut self) {
        if self.level.current > MAX_NESTING {
            self.found
                .too_deep
                .get_or_insert(TooDeep::Expression(self.at));
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let word = self.word_range(start);
        self.at = word.end;
        match &self.bytes[word] {
            b"not" | b"and" | b"or" | b"in" | b"if" | b"else" | b"for" | b"lambda" => {
                self.deepen();
            }
            _ => {}
        }
    }

    fn word_range(&self, start: usize) -> Range<usize> {
        let rest = &self.bytes[start..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let length = rest.iter().position(|byte| !is_part(byte));
        start..start + length.unwrap_or(rest.len())
    }

    /// Looks at the indentation and the first word of a line.
    fn line_start(&mut self) {
        let rest = &self.bytes[self.at..];
        let indent = rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        match rest.get(indent) {
            None | Some(b'\n' | b'\r' | b'#') => return,
            _ => {}
        }
        let is_dedent = self.indents.last().is_some_and(|last| *last > indent);
        while self.indents.last().is_some_and(|last| *last > indent) {
            self.indents.pop();
        }
        if is_dedent && self.indents.last().is_some_and(|last| *last < indent) {
            self.found.misindented.get_or_insert(self.at + indent);
        }
        if self.indents.last().is_some_and(|last| *last < indent) {
            self.indents.push(indent);
        }
        if self.indents.len() > MAX_BLOCKS + 1 {
            self.found
                .too_deep
                .get_or_insert(TooDeep::Block(self.at + indent));
        }
        let word = &self.bytes[self.word_range(self.at + indent)];
        match word {
            b"elif" if self.branches.0 == indent => self.branches.1 += 1,
            b"elif" => self.branches = (indent, 1),
            b"else" => {}
            _ if indent <= self.branches.0 => self.branches = (0, 0),
            _ => {}
        }
        if self.branches.1 > MAX_BRANCHES {
            self.found
                .too_deep
                .get_or_insert(TooDeep::Branches(self.at + indent));
        }
    }

    /// A statement that starts at the beginning of a line while a bracket is
    /// open tells that the bracket was meant to be closed before it.
    fn look_for_unclosed(&mut self) {
        if self.found.unclosed.is_some()
            || !self.bytes[self.at..]
                .first()
                .is_some_and(u8::is_ascii_alphabetic)
        {
            return;
        }
        let word = self.word_range(self.at);
        let after = self.bytes[word.end..].trim_ascii_start();
        let is_statement = matches!(
            &self.bytes[word.clone()],
            b"def" | b"load" | b"for" | b"if" | b"return"
        ) || (after.first() == Some(&b'=') && after.get(1) != Some(&b'='));
        // `name = value` also stands between the arguments of a call; only
        // there it is not at the beginning of a line in any formatted script.
        if is_statement {
            let innermost_call = self
                .brackets
                .last()
                .is_some_and(|(at, _)| self.bytes[*at] == b'(');
            let is_assignment = after.first() == Some(&b'=');
            if !(is_assignment && innermost_call) {
                self.found.unclosed = self.brackets.last().map(|(at, _)| *at);
            }
        }
    }

    /// A closing bracket that closes an outer one tells that the inner one never is.
    fn look_for_mismatch(&mut self, closing: u8) {
        let opening = match closing {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        let is_match = |(at, _): &(usize, Level)| self.bytes[*at] == opening;
        let Some((innermost, _)) = self.brackets.last().filter(|it| !is_match(it)) else {
            return;
        };
        if self.found.unclosed.is_some() || self.has_stray_closing {
            return;
        }
        match self.brackets.iter().rposition(is_match) {
            Some(outer) => {
                self.found.unclosed = Some(*innermost);
                self.brackets.truncate(outer + 1);
            }
            // Looked for once: what follows is guesswork.
            None => self.has_stray_closing = true,
        }
    }

    fn skip_to_line_end(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(rest.len());
    }

    fn skip_string(&mut self) {
        let quote = self.bytes[self.at];
        let is_triple = self.bytes[self.at..].starts_with(&[quote; 3]);
        self.at += if is_triple { 3 } else { 1 };
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 2,
                b'\n' if !is_triple => return,
                byte if *byte == quote => {
                    if !is_triple {
                        self.at += 1;
                        return;
                    }
                    if self.bytes[self.at..].starts_with(&[quote; 3]) {
                        self.at += 3;
                        return;
                    }
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nests_too_deep_is_refused() {
        let deep = [
            "[".repeat(100_000),
            "x = ".to_owned() + &"not ".repeat(2_000) + "x",
            "x = ".to_owned() + &"-".repeat(2_000) + "1",
            "x = 1".to_owned() + &"+1".repeat(2_000),
            "f".to_owned() + &"(f".repeat(2_000),
            "f".to_owned() + &"()".repeat(2_000),
            "x = ".to_owned() + &"1 if x else ".repeat(2_000) + "1",
            (0..60).map(|depth| " ".repeat(depth) + "if x:\n").collect(),
            "if x:\n  y\n".to_owned() + &"elif x:\n  y\n".repeat(600),
            "x".to_owned() + &".y".repeat(2_000),
            "x = ".to_owned() + &"lambda: ".repeat(2_000) + "1",
            "x = ".to_owned() + &"(".repeat(400) + "1" + &"+1)".repeat(400) + &"+1".repeat(400),
        ];
        for text in deep {
            assert!(
                screen(&text).too_deep.is_some(),
                "{}",
                &text[..40.min(text.len())]
            );
        }
    }

    #[test]
    fn long_scripts_are_not_deep() {
        let flat = [
            "x = 1\n".repeat(100_000),
            "x = [".to_owned() + &"f(a.b + 1, [2]), ".repeat(50_000) + "]",
            "# ".to_owned() + &"[".repeat(100_000),
            "x = '".to_owned() + &"(".repeat(100_000) + "'",
            "x = \"\"\"".to_owned() + &"(\n".repeat(100_000) + "\"\"\"",
            "if x:\n  y\n".repeat(10_000),
        ];
        for text in flat {
            assert_eq!(
                screen(&text).too_deep,
                None,
                "{}",
                &text[..40.min(text.len())]
            );
        }
    }

    #[test]
    fn brackets_that_are_never_closed_are_found() {
        let unclosed = |text: &str| screen(text).unclosed;
        assert_eq!(unclosed("a = [1, 2\nb = 3\n"), Some(4));
        assert_eq!(unclosed("f(\n  a = [1,\n  b = 2)\n"), Some(9));
        assert_eq!(unclosed("f(\nprovider = 1,\n)\n"), None);
        assert_eq!(unclosed("f(a,\ndef g():\n  pass\n"), Some(1));
        assert_eq!(unclosed("f(a)\n"), None);
        assert_eq!(unclosed("f(a = [1, b = {2: 3})\n"), Some(6));
        assert_eq!(unclosed("f(a])\n"), None);
    }
}
