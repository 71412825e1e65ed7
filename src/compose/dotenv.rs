//! `.env` files: the variables that compose files use.

use super::interpolate::{Interpolated, Variables, interpolate};

/// Adds the variables that `text` sets. Those that are set already stay, and what
/// is no variable is passed over.
pub(super) fn read(text: &str, variables: &mut Variables) {
    let mut own = Variables::default();
    let mut rest = text.trim_start_matches('\u{feff}');
    while !rest.is_empty() {
        let (line, next) = rest.split_once('\n').unwrap_or((rest, ""));
        let Some((name, value)) = name(line) else {
            rest = next;
            continue;
        };
        // A value in quotes may go over several lines.
        let (value, behind) = match value {
            Some(start) => {
                let offset = line.len() - start.len();
                read_value(&rest[offset..])
            }
            None => (Written::Later, next),
        };
        let value = value.resolve(variables, &own);
        own.set(name.to_owned(), value);
        rest = behind;
    }
    variables.extend(own);
}

/// A value as it is written.
enum Written {
    /// It may use variables.
    Template(String),
    Text(String),
    /// There is none: it is taken from where compose runs.
    Later,
}

impl Written {
    fn resolve(self, outer: &Variables, own: &Variables) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Later => None,
            Self::Template(text) if !text.contains('$') => Some(text),
            Self::Template(text) => {
                let mut all = outer.clone();
                all.extend(own.clone());
                match interpolate(&text, &all) {
                    Ok(Interpolated::Known(value)) => Some(value),
                    _ => None,
                }
            }
        }
    }
}

/// The name that `line` sets, and what stands behind the `=`.
fn name(line: &str) -> Option<(&str, Option<&str>)> {
    let line = line.trim_start();
    let line = match line.strip_prefix("export") {
        Some(rest) if rest.starts_with([' ', '\t']) => rest.trim_start(),
        _ => line,
    };
    let (name, value) = match line.find(['=', ':']) {
        Some(at) => (
            &line[..at],
            Some(line[at + 1..].trim_start_matches([' ', '\t'])),
        ),
        None => (line, None),
    };
    let name = name.trim_end();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']');
    (!name.is_empty() && name.chars().all(is_name)).then_some((name, value))
}

/// The value at the start of `text`, and the text from the next line on.
fn read_value(text: &str) -> (Written, &str) {
    let next_line = |from: usize| {
        text[from..]
            .find('\n')
            .map_or("", |it| &text[from + it + 1..])
    };
    let quote = text.chars().next().filter(|it| matches!(it, '\'' | '"'));
    if let Some(quote) = quote
        && let Some(end) = closing(text, quote)
    {
        let inside = &text[1..end];
        let value = match quote {
            '\'' => Written::Text(inside.to_owned()),
            _ => Written::Template(unescape(inside)),
        };
        return (value, next_line(end));
    }
    let line = text.split('\n').next().unwrap_or("");
    let comment = line.match_indices('#').find(|(at, _)| {
        let before = line[..*at].chars().next_back();
        before.is_none_or(char::is_whitespace)
    });
    let value = comment.map_or(line, |(at, _)| &line[..at]);
    (Written::Template(value.trim().to_owned()), next_line(0))
}

/// Where the quote that `text` begins with is closed.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return Some(at),
            _ => {}
        }
    }
    None
}

fn unescape(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => unescaped.push('\n'),
                Some('r') => unescaped.push('\r'),
                Some('t') => unescaped.push('\t'),
                Some('$') => unescaped.push_str("$$"),
                Some(other @ ('"' | '\\' | '\'')) => unescaped.push(other),
                Some(other) => unescaped.extend(['\\', other]),
                None => unescaped.push('\\'),
            },
            _ => unescaped.push(character),
        }
    }
    unescaped
}

#[cfg(test)]
mod tests {
    use super::{Variables, read};

    #[test]
    fn every_form_of_a_variable_is_read() {
        let text = "\u{feff}# a comment\nA=1\r\nexport B = two words # comment\nC='$A # x'\n\
            D=\"a\\n$A\"\n\nE=\"x\ny\" # comment\nF=a#b\nG: yaml\nH\nI=${A}-${NONE:-z}\nJ=$NONE\nK=\nnot a name=1\nL=\"open\nA=2\n";
        let mut variables = Variables::default();
        variables.set("K".to_owned(), Some("kept".to_owned()));
        read(text, &mut variables);
        let expected = [
            ("A", Some(Some("2"))),
            ("B", Some(Some("two words"))),
            ("C", Some(Some("$A # x"))),
            ("D", Some(Some("a\n1"))),
            ("E", Some(Some("x\ny"))),
            ("F", Some(Some("a#b"))),
            ("G", Some(Some("yaml"))),
            ("H", Some(None)),
            ("I", Some(Some("1-z"))),
            ("J", Some(None)),
            ("K", Some(Some("kept"))),
            ("L", Some(Some("\"open"))),
            ("M", None),
        ];
        for (name, value) in expected {
            assert_eq!(variables.get(name), value, "{name}");
        }
    }
}
