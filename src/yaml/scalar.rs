//! Scalars, and what they mean by the core schema of YAML 1.2.

use std::borrow::Cow;

/// A text, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// The text, escapes and line folding undone; empty where nothing is written.
    pub(crate) text: Box<str>,
    pub(crate) style: Style,
    /// The type that its tag names, such as `str` for `!!str`.
    pub(super) tag: Option<Box<str>>,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Nothing stands there: `key:`.
    Absent,
    Plain,
    Quoted,
    /// `|` or `>`.
    Block,
}

/// What a scalar means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value<'t> {
    Null,
    Bool(bool),
    /// An integer or a decimal fraction.
    Number(f64),
    Text(&'t str),
}

impl Scalar {
    /// What the scalar means: quoted, it is a text, whatever it looks like.
    pub(crate) fn value(&self) -> Value<'_> {
        let is_typed = match self.tag.as_deref() {
            Some("str") => false,
            Some("bool" | "int" | "float" | "null") => true,
            _ => matches!(self.style, Style::Plain | Style::Absent),
        };
        if !is_typed {
            return Value::Text(&self.text);
        }
        match &*self.text {
            "" | "~" | "null" | "Null" | "NULL" => Value::Null,
            "true" | "True" | "TRUE" => Value::Bool(true),
            "false" | "False" | "FALSE" => Value::Bool(false),
            text => number(text).map_or(Value::Text(text), Value::Number),
        }
    }

    /// The type that its tag names, such as `str` for `!!str`.
    pub(crate) fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// What the text would mean as a boolean to a reader of YAML 1.1, or to a
    /// person: `yes`, `on`, `"true"`.
    pub(crate) fn as_loose_boolean(&self) -> Option<bool> {
        match self.text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" => Some(true),
            "false" | "no" | "off" | "n" => Some(false),
            _ => None,
        }
    }
}

/// `text` as a scalar in quotes.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains(char::is_control) {
        // JSON's strings are YAML's.
        return serde_json::Value::from(text).to_string();
    }
    let text: Cow<'_, str> = match text.contains('\'') {
        true => text.replace('\'', "''").into(),
        false => text.into(),
    };
    format!("'{text}'")
}

fn number(text: &str) -> Option<f64> {
    let radix = |digits: &str, radix| {
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = u64::from_str_radix(digits, radix).ok();
        #[expect(clippy::cast_precision_loss, reason = "JSON's numbers are no better")]
        value.filter(|_| is_plain).map(|value| value as f64)
    };
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_negative = text.starts_with('-');
    match unsigned {
        ".inf" | ".Inf" | ".INF" if is_negative => return Some(f64::NEG_INFINITY),
        ".inf" | ".Inf" | ".INF" => return Some(f64::INFINITY),
        _ if matches!(text, ".nan" | ".NaN" | ".NAN") => return Some(f64::NAN),
        _ => {}
    }
    // Rust reads `inf`, `nan` and more as numbers, so letters are looked at first.
    let starts_like_one = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let is_numeric = unsigned
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    if starts_like_one && is_numeric && unsigned.contains(|c: char| c.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}
