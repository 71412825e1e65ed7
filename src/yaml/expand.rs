//! What a tree means once aliases and merge keys are followed: bounded, because
//! a short text can stand for more than any memory holds.

use std::collections::HashSet;

use serde_json::Number;

use super::scalar::{Style, Value};
use super::{Kind, NodeId, Tree};

/// The deepest JSON that is built. Text nests no deeper, but aliases may.
const MAX_DEPTH: usize = 512;

/// How many more nodes may be visited.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    left: usize,
}

impl Budget {
    /// May visit `nodes` nodes.
    pub(crate) fn new(nodes: usize) -> Self {
        Self { left: nodes }
    }

    /// Whether there was too little of it, and something was left out.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.left == 0
    }

    /// Takes one; `None` once nothing is left.
    fn take(&mut self) -> Option<()> {
        self.left = self.left.saturating_sub(1);
        (self.left > 0).then_some(())
    }
}

/// A key and its value in a mapping, its merge keys followed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) key: NodeId,
    pub(crate) value: NodeId,
    /// Whether it comes from another mapping, through `<<`.
    pub(crate) is_merged: bool,
}

impl Tree {
    /// The entries of the mapping `id`: its own in their order, duplicates included,
    /// then what its merge keys bring and it does not have itself. None when it is
    /// no mapping.
    pub(crate) fn entries(&self, id: NodeId, budget: &mut Budget) -> Vec<Entry> {
        let mut merge = Merge {
            tree: self,
            visited: HashSet::new(),
            waiting: Vec::new(),
        };
        let mut entries = merge.own(id, false, budget);
        if merge.waiting.is_empty() {
            return entries;
        }
        let mut names: HashSet<_> = entries.iter().map(|it| self.name(it.key)).collect();
        while let Some(source) = merge.waiting.pop() {
            let own = merge.own(source, true, budget).into_iter();
            entries.extend(own.filter(|entry| names.insert(self.name(entry.key))));
        }
        entries
    }

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

    /// The text of a key. A key that is no scalar has none.
    pub(crate) fn name(&self, key: NodeId) -> Option<&str> {
        self.scalar(key).map(|scalar| &*scalar.text)
    }

    /// Whether `key` is `<<`.
    pub(crate) fn is_merge_key(&self, key: NodeId) -> bool {
        self.scalar(key)
            .is_some_and(|it| it.style == Style::Plain && &*it.text == "<<")
    }
}

struct Merge<'t> {
    tree: &'t Tree,
    /// Mappings are merged once at most, so circles end.
    visited: HashSet<*const Kind>,
    /// Mappings to merge yet, the next one last.
    waiting: Vec<NodeId>,
}

impl Merge<'_> {
    /// The entries of the mapping `id` itself. What it merges comes before all
    /// that waits already.
    fn own(&mut self, id: NodeId, is_merged: bool, budget: &mut Budget) -> Vec<Entry> {
        let kind = self.tree.kind(id);
        let Kind::Mapping(pairs) = kind else {
            return Vec::new();
        };
        if !self.visited.insert(kind) {
            return Vec::new();
        }
        let mut own = Vec::new();
        let mut sources = Vec::new();
        for pair in pairs {
            if self.tree.is_merge_key(pair.key) {
                match self.tree.kind(pair.value) {
                    Kind::Sequence(items) => sources.extend(items),
                    _ => sources.push(pair.value),
                }
            } else if is_merged && budget.take().is_none() {
                break;
            } else {
                own.push(Entry {
                    key: pair.key,
                    value: pair.value,
                    is_merged,
                });
            }
        }
        self.waiting.extend(sources.into_iter().rev());
        own
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
