//! From plain data to YAML.

use num_bigint::BigInt;
use serde_yaml::{Mapping, Number, Value};

use super::scalar::resolve;
use crate::script::builtins::modules::text::{Encoded, MAX_TEXT};
use crate::script::values::Plain;
use crate::script::values::plain::MAX_DEPTH;

/// How deep what is written may be nested.
const MAX_WRITTEN_DEPTH: usize = 200;
const _: () = assert!(MAX_WRITTEN_DEPTH < MAX_DEPTH);

/// `value` as YAML, keys sorted.
pub(super) fn dump(value: &Plain) -> Encoded {
    let mut writer = Writer {
        room: MAX_TEXT,
        mark: mark(value),
        quoted: Vec::new(),
    };
    let Some(value) = writer.yaml(value, 0) else {
        return Encoded::TooLarge;
    };
    match serde_yaml::to_string(&value) {
        Ok(text) if text.len() > MAX_TEXT => Encoded::TooLarge,
        Ok(text) => Encoded::Text(writer.quote(&text)),
        Err(error) => Encoded::Not(error.to_string()),
    }
}

struct Writer {
    /// How many bytes may still be written.
    room: usize,
    /// What stands for texts that need quotes, until they are written.
    mark: String,
    quoted: Vec<String>,
}

impl Writer {
    // The depth is bounded, so recursion is too.
    fn yaml(&mut self, value: &Plain, depth: usize) -> Option<Value> {
        // Every part takes a line at most, which is indented.
        let room = match value {
            Plain::Text(text) => text.len() + depth * 2 * (1 + text.matches('\n').count()),
            _ => depth * 2,
        };
        self.room = self.room.checked_sub(room + 1)?;
        if depth > MAX_WRITTEN_DEPTH {
            return None;
        }
        Some(match value {
            Plain::None => Value::Null,
            Plain::Bool(value) => Value::Bool(*value),
            Plain::Int(value) => number(value),
            Plain::Float(value) => fraction(*value),
            Plain::Text(text) => Value::String(self.text(text)),
            Plain::List(items) => {
                let items = items.iter();
                let items = items.map(|item| self.yaml(item, depth + 1));
                Value::Sequence(items.collect::<Option<_>>()?)
            }
            Plain::Map(entries) => {
                let mut sorted: Vec<_> = entries.iter().collect();
                sorted.sort_by_cached_key(|(key, _)| rank(key));
                let mut mapping = Mapping::new();
                for (key, value) in sorted {
                    let key = self.yaml(key, depth + 1)?;
                    mapping.insert(key, self.yaml(value, depth + 1)?);
                }
                Value::Mapping(mapping)
            }
        })
    }

    /// `text`, or a mark for it: `serde_yaml` leaves unquoted what only a reader of
    /// YAML 1.1 takes for something else than text.
    fn text(&mut self, text: &str) -> String {
        let is_plain = matches!(resolve(text), Plain::Text(_)) && !is_sexagesimal(text);
        if is_plain || text.is_empty() {
            return text.to_owned();
        }
        // Keys that need quotes must stay apart.
        let mark = format!("{}{}x", self.mark, self.quoted.len());
        self.quoted.push(text.to_owned());
        mark
    }

    /// `yaml` with the texts in quotes that marks stand for.
    fn quote(&self, yaml: &str) -> String {
        let mut parts = yaml.split(self.mark.as_str());
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (quoted, part) in self.quoted.iter().zip(parts) {
            let rest = part.trim_start_matches(|letter: char| letter.is_ascii_digit());
            let rest = rest.strip_prefix('x').unwrap_or(rest);
            // Such texts have neither quotes nor backslashes in them.
            text.push_str(&format!("\"{quoted}\"{rest}"));
        }
        text
    }
}

/// The beginning of words that no text in `value` holds.
fn mark(value: &Plain) -> String {
    let mut longest = 0;
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            Plain::Text(text) => {
                let runs = text.split(|letter| letter != 'q').map(str::len);
                longest = runs.chain([longest]).max().unwrap_or(0);
            }
            Plain::List(items) => pending.extend(items),
            Plain::Map(entries) => pending.extend(entries.iter().flat_map(|(k, v)| [k, v])),
            _ => {}
        }
    }
    format!("x{}", "q".repeat(longest + 1))
}

/// Whether some readers of YAML 1.1 take `text` for a number in base 60: `22:22`.
fn is_sexagesimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|it| matches!(it, b'0'..=b'9' | b'_' | b'.'))
    };
    unsigned.contains(':') && unsigned.split(':').all(is_part)
}

fn number(value: &BigInt) -> Value {
    let small = i64::try_from(value.clone()).ok().map(Number::from);
    let number = small.or_else(|| u64::try_from(value.clone()).ok().map(Number::from));
    // What has more than 64 bits reads back as a text in most languages anyway.
    number.map_or_else(|| Value::String(value.to_string()), Value::Number)
}

/// Go writes whole fractions without a point.
fn fraction(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
    Value::Number(match value.fract() == 0.0 && value.abs() < 1e6 {
        true => Number::from(value as i64),
        false => Number::from(value),
    })
}

/// What keys are sorted by.
fn rank(key: &Plain) -> (u8, String) {
    match key {
        Plain::Int(number) => (0, format!("{number:>80}")),
        Plain::Float(number) => (0, number.to_string()),
        Plain::Bool(value) => (1, value.to_string()),
        Plain::Text(text) => (2, text.clone()),
        _ => (3, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::load::load;
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let text = |text: &str| Plain::Text(text.to_owned());
        let texts = [
            "yes",
            "no",
            "on",
            "off",
            "y",
            "n",
            "~",
            "null",
            "010",
            "0x1f",
            "1e3",
            "1_000",
            ".5",
            "-",
            "",
            " a ",
            "a: b",
            "# a",
            "a\nb\n",
            "- a",
            "<<",
            "*a",
            "&a",
            "!a",
            "22:22",
            "é",
            "\u{1}",
            "'",
            "\"",
            "=",
            "2001-12-14",
            "08",
            "0b1",
            "Yes",
            "NO",
            "+1",
            "1.",
            "[",
        ];
        let value = Plain::Map(vec![
            (
                text("texts"),
                Plain::List(texts.iter().map(|it| text(it)).collect()),
            ),
            (text("a"), Plain::Map(vec![])),
            (text("b"), Plain::List(vec![])),
            (text("c"), Plain::Float(1.5)),
            (text("d"), Plain::Int(u64::MAX.into())),
            (text("e"), Plain::None),
            (text("yes"), Plain::Bool(true)),
        ]);
        let Encoded::Text(written) = dump(&value) else {
            panic!("it can be written");
        };
        let read = load(&written).expect("it is YAML");
        let Plain::Map(entries) = &read else {
            panic!("it is a mapping");
        };
        let Plain::Map(expected) = &value else {
            panic!("it is a mapping");
        };
        for (key, value) in expected {
            let found = entries.iter().find(|(known, _)| known == key);
            assert_eq!(found.map(|it| &it.1), Some(value), "{key:?} in\n{written}");
        }
        let keys: Vec<_> = entries.iter().map(|(key, _)| format!("{key:?}")).collect();
        assert!(keys.is_sorted(), "{keys:?}");
    }

    #[test]
    fn nothing_grows_past_the_bound() {
        let mut deep = Plain::None;
        for _ in 0..900 {
            deep = Plain::List(vec![deep]);
        }
        assert_eq!(dump(&deep), Encoded::TooLarge);
        let wide = Plain::List(vec![Plain::Text("x".repeat(100)); 20_000]);
        assert_eq!(dump(&wide), Encoded::TooLarge);
    }
}
