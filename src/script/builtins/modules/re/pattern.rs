//! Go's regular expressions, for the library that runs them here.

use regex::{Regex, RegexBuilder};

/// The largest program that is made of a regular expression, in bytes.
const MAX_SIZE: usize = 1 << 20;

/// A regular expression of Go.
pub(super) enum Pattern {
    Regex(Regex),
    /// One that the library reads otherwise than Go, or not at all.
    OfGo,
    /// None, and why.
    Wrong(String),
}

/// Mistakes for Go as well as for the library.
const CERTAIN: &[&str] = &[
    "unclosed group",
    "unopened group",
    "unclosed character class",
    "repetition operator missing expression",
    "invalid repetition count range, the start must be <= the end",
    "incomplete escape sequence, reached end of pattern prematurely",
    "invalid character class range, the start must be <= the end",
    "look-around, including look-ahead and look-behind, is not supported",
    "backreferences are not supported",
];

/// Reads `pattern` as Go does.
pub(super) fn compile(pattern: &str) -> Pattern {
    let Some(translated) = translate(pattern) else {
        return Pattern::OfGo;
    };
    let regex = RegexBuilder::new(&translated)
        .size_limit(MAX_SIZE)
        .dfa_size_limit(MAX_SIZE)
        .nest_limit(64)
        .build();
    match regex {
        Ok(regex) => Pattern::Regex(regex),
        Err(error) => {
            let error = error.to_string();
            let why = error.lines().last().unwrap_or_default();
            let why = why.strip_prefix("error: ").unwrap_or(why);
            match CERTAIN.contains(&why) {
                true => Pattern::Wrong(why.to_owned()),
                false => Pattern::OfGo,
            }
        }
    }
}

/// `pattern` in the library's syntax. `\d`, `\s` and `\w` are ASCII in Go. None where
/// the two differ in more than that.
fn translate(pattern: &str) -> Option<String> {
    let mut written = String::with_capacity(pattern.len());
    let mut letters = pattern.chars().peekable();
    let mut is_in_class = false;
    // `]` right behind the beginning of a class is an ordinary letter.
    let mut is_first = false;
    while let Some(letter) = letters.next() {
        let was_first = std::mem::take(&mut is_first);
        match letter {
            '\\' => {
                let Some(escaped) = letters.next() else {
                    written.push('\\');
                    break;
                };
                match (escaped, is_in_class) {
                    ('d', false) => written.push_str("[0-9]"),
                    ('d', true) => written.push_str("0-9"),
                    ('D', false) => written.push_str("[^0-9]"),
                    ('s', false) => written.push_str(r"[\t\n\x0C\r ]"),
                    ('s', true) => written.push_str(r"\t\n\x0C\r "),
                    ('S', false) => written.push_str(r"[^\t\n\x0C\r ]"),
                    ('w', false) => written.push_str("[0-9A-Za-z_]"),
                    ('w', true) => written.push_str("0-9A-Za-z_"),
                    ('W', false) => written.push_str("[^0-9A-Za-z_]"),
                    ('b', false) => written.push_str(r"(?-u:\b)"),
                    ('D' | 'S' | 'W' | 'b', true) | ('B' | 'C' | 'Q' | 'E' | '<' | '>', _) => {
                        return None;
                    }
                    _ => written.extend(['\\', escaped]),
                }
            }
            '[' if is_in_class => {
                // Named classes are the same in both; else it is a letter in Go.
                let is_named = letters.peek() == Some(&':');
                written.push_str(if is_named { "[" } else { "\\[" });
                if is_named {
                    for letter in letters.by_ref() {
                        written.push(letter);
                        if letter == ']' {
                            break;
                        }
                    }
                }
            }
            '[' => {
                is_in_class = true;
                is_first = true;
                written.push('[');
                if letters.next_if_eq(&'^').is_some() {
                    written.push('^');
                }
            }
            ']' if is_in_class && was_first => written.push_str("\\]"),
            ']' => {
                is_in_class = false;
                written.push(']');
            }
            // Pairs of these are operators in the library's classes.
            '&' | '~' if is_in_class => written.extend(['\\', letter]),
            '-' if is_in_class && letters.peek() == Some(&'-') => return None,
            '(' if !is_in_class && letters.peek() == Some(&'?') => {
                written.push('(');
                let flags: String = letters
                    .clone()
                    .skip(1)
                    .take_while(|it| *it != ')')
                    .collect();
                let flags = flags.split(':').next().unwrap_or_default();
                let is_flags = !flags.starts_with(['P', '<', '=', '!']);
                if is_flags && flags.contains(['x', 'R', 'u']) {
                    return None;
                }
            }
            other => written.push(other),
        }
    }
    Some(written)
}
