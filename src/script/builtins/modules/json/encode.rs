//! From plain data to JSON, byte by byte as the Go implementation of Starlark
//! writes it.

use std::fmt::Write as _;

use crate::script::builtins::modules::text::{Encoded, MAX_TEXT};
use crate::script::values::Plain;

/// `value` as JSON: no white space, keys sorted.
pub(super) fn encode(value: &Plain) -> Encoded {
    let mut json = String::new();
    match push(value, &mut json) {
        Ok(()) if json.len() > MAX_TEXT => Encoded::TooLarge,
        Ok(()) => Encoded::Text(json),
        Err(problem) => problem,
    }
}

// Plain data is nested to a bound, so recursion is bounded, too.
fn push(value: &Plain, json: &mut String) -> Result<(), Encoded> {
    if json.len() > MAX_TEXT {
        return Err(Encoded::TooLarge);
    }
    match value {
        Plain::None => json.push_str("null"),
        Plain::Bool(value) => json.push_str(if *value { "true" } else { "false" }),
        Plain::Int(value) => _ = write!(json, "{value}"),
        Plain::Float(value) if value.is_finite() => json.push_str(&float(*value)),
        Plain::Float(value) => return Err(Encoded::Not(format!("`{value}` is no number of JSON"))),
        Plain::Text(text) => push_text(text, json),
        Plain::List(items) => {
            json.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    json.push(',');
                }
                push(item, json)?;
            }
            json.push(']');
        }
        Plain::Map(entries) => {
            let mut sorted = Vec::with_capacity(entries.len());
            for (key, value) in entries {
                let Plain::Text(key) = key else {
                    return Err(Encoded::Not("the keys of JSON are strings".to_owned()));
                };
                sorted.push((key, value));
            }
            sorted.sort_by_key(|(key, _)| *key);
            json.push('{');
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    json.push(',');
                }
                push_text(key, json);
                json.push(':');
                push(value, json)?;
            }
            json.push('}');
        }
    }
    Ok(())
}

fn push_text(text: &str, json: &mut String) {
    // The original hands what is not plain to Go's own encoder, which also
    // escapes what would matter in HTML.
    let is_plain = text.bytes().all(|byte| (0x20..0x80).contains(&byte));
    json.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => json.extend(['\\', letter]),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\u{8}' => json.push_str("\\b"),
            '\u{c}' => json.push_str("\\f"),
            '<' | '>' | '&' if !is_plain => _ = write!(json, "\\u{:04x}", u32::from(letter)),
            '\0'..'\u{20}' | '\u{2028}' | '\u{2029}' => {
                _ = write!(json, "\\u{:04x}", u32::from(letter));
            }
            _ => json.push(letter),
        }
    }
    json.push('"');
}

/// A fraction in as few digits as tell it apart, as Go's `%g` writes it, and
/// always with a point or an exponent.
fn float(value: f64) -> String {
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && !(-4..6).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    let plain = format!("{value}");
    if plain.contains('.') {
        plain
    } else {
        format!("{plain}.0")
    }
}

/// `json`, which is valid, with line breaks and indentation.
pub(super) fn indent(json: &str, prefix: &str, indent: &str) -> Encoded {
    let mut text = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut is_quoted = false;
    let mut is_escaped = false;
    // A bracket was opened, and nothing stands in it yet.
    let mut is_fresh = false;
    let break_line = |text: &mut String, depth: usize| {
        text.push('\n');
        text.push_str(prefix);
        if text.len() + indent.len() * depth <= MAX_TEXT {
            text.push_str(&indent.repeat(depth));
        }
    };
    let end = json.trim_end_matches([' ', '\t', '\n', '\r']).len();
    for letter in json[..end].chars() {
        if text.len() + prefix.len() + indent.len().saturating_mul(depth) > MAX_TEXT {
            return Encoded::TooLarge;
        }
        if is_quoted {
            text.push(letter);
            is_quoted = is_escaped || letter != '"';
            is_escaped = !is_escaped && letter == '\\';
            continue;
        }
        if matches!(letter, ' ' | '\t' | '\n' | '\r') {
            continue;
        }
        if is_fresh && !matches!(letter, ']' | '}') {
            break_line(&mut text, depth);
        }
        match letter {
            '"' => {
                is_quoted = true;
                text.push(letter);
            }
            '[' | '{' => {
                depth += 1;
                text.push(letter);
            }
            ']' | '}' => {
                depth = depth.saturating_sub(1);
                if !is_fresh {
                    break_line(&mut text, depth);
                }
                text.push(letter);
            }
            ',' => {
                text.push(letter);
                break_line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            _ => text.push(letter),
        }
        is_fresh = matches!(letter, '[' | '{');
    }
    text.push_str(&json[end..]);
    Encoded::Text(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Plain {
        Plain::Text(text.to_owned())
    }

    #[test]
    fn values_are_written_as_go_writes_them() {
        let cases = [
            (Plain::None, "null"),
            (Plain::Float(1.0), "1.0"),
            (Plain::Float(1_234_567.0), "1.234567e+06"),
            (Plain::Float(0.0), "0.0"),
            (Plain::Float(1.5e300), "1.5e+300"),
            (Plain::Float(0.000_01), "1e-05"),
            (text("a<b"), r#""a<b""#),
            (text("é<"), r#""é\u003c""#),
            (text("a\"\\\n\u{1}"), r#""a\"\\\n\u0001""#),
            (
                Plain::Map(vec![
                    (text("b"), Plain::Int(1.into())),
                    (text("a"), Plain::List(vec![])),
                ]),
                r#"{"a":[],"b":1}"#,
            ),
        ];
        for (value, expected) in cases {
            assert_eq!(encode(&value), Encoded::Text(expected.to_owned()));
        }
        let keys = Plain::Map(vec![(Plain::None, Plain::None)]);
        assert!(matches!(encode(&keys), Encoded::Not(_)));
        assert!(matches!(encode(&Plain::Float(f64::NAN)), Encoded::Not(_)));
    }

    #[test]
    fn json_is_indented_as_go_indents_it() {
        let json = r#"{"a": [], "b":[1,{"c":"x, y"}]} "#;
        let expected = "{\n>  \"a\": [],\n>  \"b\": [\n>    1,\n>    {\n>      \"c\": \"x, y\"\n>    }\n>  ]\n>} ";
        assert_eq!(indent(json, ">", "  "), Encoded::Text(expected.to_owned()));
    }

    #[test]
    fn nothing_grows_past_the_bound() {
        let deep = "[".repeat(1000) + &"]".repeat(1000);
        assert_eq!(indent(&deep, "", &" ".repeat(10_000)), Encoded::TooLarge);
        let wide = format!("[{}1]", "1,".repeat(10_000));
        assert_eq!(indent(&wide, &" ".repeat(10_000), ""), Encoded::TooLarge);
        assert_eq!(encode(&text(&"\u{1}".repeat(1 << 20))), Encoded::TooLarge);
    }
}
