//! From a tree to JSON, which validators read.

use serde_json::Number;

use super::scalar::Value;
use super::{Budget, Kind, NodeId, Tree};

/// The deepest JSON that is built. Text nests no deeper, but aliases may.
const MAX_DEPTH: usize = 512;

impl Tree {
    /// `id` as JSON, aliases and merge keys followed; of duplicate keys the last
    /// counts. None when `budget` is exceeded or aliases nest too deep.
    pub(crate) fn to_json(&self, id: NodeId, budget: &mut Budget) -> Option<serde_json::Value> {
        self.json_at(id, budget, 0)
    }

    // The depth is bounded, so recursion is too.
    fn json_at(&self, id: NodeId, budget: &mut Budget, depth: usize) -> Option<serde_json::Value> {
        budget.take()?;
        if depth > MAX_DEPTH {
            return None;
        }
        Some(match self.kind(id) {
            Kind::Scalar(scalar) => match scalar.value() {
                Value::Null => serde_json::Value::Null,
                Value::Bool(value) => value.into(),
                Value::Text(text) => text.into(),
                Value::Number(value) => json_number(&scalar.text, value),
            },
            Kind::Sequence(items) => {
                let items = items.iter();
                let values = items.map(|item| self.json_at(*item, budget, depth + 1));
                serde_json::Value::Array(values.collect::<Option<_>>()?)
            }
            Kind::Mapping(_) => {
                let mut object = serde_json::Map::new();
                for entry in self.entries(id, budget) {
                    let value = self.json_at(entry.value, budget, depth + 1)?;
                    if let Some(key) = self.name(entry.key) {
                        object.insert(key.to_owned(), value);
                    }
                }
                serde_json::Value::Object(object)
            }
            Kind::Alias(_) | Kind::Unresolved => serde_json::Value::Null,
        })
    }
}

/// Whole numbers stay whole; what JSON cannot say stays text.
fn json_number(text: &str, value: f64) -> serde_json::Value {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = digits.parse::<i64>() {
        return whole.into();
    }
    if let Ok(whole) = digits.parse::<u64>() {
        return whole.into();
    }
    let is_whole = value.fract() == 0.0 && value.abs() < 9e15;
    if is_whole && text.starts_with("0") && !text.contains(['.', 'e', 'E']) {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
        return (value as i64).into();
    }
    Number::from_f64(value).map_or_else(|| text.into(), serde_json::Value::Number)
}
