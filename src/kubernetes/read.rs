//! From the text of a manifest to objects.
//!
//! The text is YAML or JSON, with any number of documents. A `List`, whatever it
//! is a list of, stands for its items.

use std::collections::HashSet;

use super::{Data, Key, Object, Value};
use crate::source::{FileId, Span};
use crate::yaml::{self, Budget, DuplicateKey, Entry, Kind, NodeId, Problem, Scalar, Style, Tree};

/// How many values the aliases and merge keys of a text may stand for, beyond what
/// is written.
const MAX_REPEATED: usize = 100_000;

/// How deep aliases may nest values. Text nests no deeper.
const MAX_DEPTH: usize = 512;

/// What a text holds.
#[derive(Debug, Default)]
pub(crate) struct Objects {
    /// The objects, in their order. What they lack is empty.
    pub(crate) objects: Vec<Object>,
    /// Documents, and items of lists, that are no mappings.
    pub(crate) strays: Vec<Span>,
    /// Where the text is neither YAML nor JSON.
    pub(crate) problems: Vec<Problem>,
    /// Where aliases stand for more than is followed.
    pub(crate) too_much: Option<Span>,
    /// The comments.
    pub(crate) comments: Vec<Span>,
    /// The keys that are set again in their mapping.
    pub(crate) duplicates: Vec<DuplicateKey>,
    /// The first `{{ … }}` without quotes, which YAML takes for a mapping.
    pub(crate) braces: Option<Span>,
}

/// The objects in `text`, the text of `file`.
pub(crate) fn read(file: FileId, text: &str) -> Objects {
    let tree = yaml::parse(file, text);
    let mut reader = Reader::new(&tree);
    let mut found = Objects::default();
    for document in &tree.documents {
        let value = reader.value(document.root, 0);
        found.add(value, None);
    }
    found.too_much = reader.too_much;
    found.duplicates = tree.duplicate_keys();
    // Of several mappings that are merged, each may be named on its own.
    found.duplicates.retain(|it| it.name != "<<");
    found.braces = tree.double_braces();
    found.problems = tree.problems;
    found.comments = tree.comments;
    found
}

/// The value that `text`, the text of `file`, holds in its first document, and
/// what is wrong with the text.
pub(crate) fn read_value(file: FileId, text: &str) -> (Option<Value>, Vec<Problem>) {
    let tree = yaml::parse(file, text);
    let root = tree.documents.first().map(|it| it.root);
    let value = root.map(|root| Reader::new(&tree).value(root, 0));
    (value, tree.problems)
}

impl Objects {
    /// Adds what a document or an item of a list holds. `list` is the list's own
    /// version and kind.
    fn add(&mut self, value: Value, list: Option<(&str, &str)>) {
        match &value.data {
            Data::Null => {}
            Data::List(_) if list.is_none() => {
                let Data::List(items) = value.data else {
                    return;
                };
                for item in items {
                    self.add(item, Some(("", "List")));
                }
            }
            Data::Map(_) if is_list(&value) => self.add_list(value),
            Data::Map(_) => self.objects.push(object(value, list)),
            _ => self.strays.push(value.at),
        }
    }

    fn add_list(&mut self, list: Value) {
        let head = |name| list.get(name).and_then(Value::text).unwrap_or_default();
        let api_version = head("apiVersion").to_owned();
        let kind = head("kind").to_owned();
        let Data::Map(entries) = list.data else {
            return;
        };
        let items = entries.into_iter().find(|(key, _)| key.name == "items");
        if let Some((_, items)) = items
            && let Data::List(items) = items.data
        {
            for item in items {
                self.add(item, Some((&api_version, &kind)));
            }
        }
    }
}

fn is_list(value: &Value) -> bool {
    let kind = value.get("kind").and_then(Value::text);
    let items = value.get("items").map(|it| &it.data);
    kind.is_some_and(|it| it.ends_with("List")) && matches!(items, Some(Data::List(_)))
}

/// The object that `value` is. What the API server lists (a `PodList`) says for all
/// its items of which kind they are.
fn object(mut value: Value, list: Option<(&str, &str)>) -> Object {
    let text = |value: &Value, path: &[&str]| {
        let text = value.at_path(path).and_then(Value::text);
        text.map(str::to_owned)
    };
    let item_kind = list.and_then(|(_, kind)| kind.strip_suffix("List"));
    if let (Some(kind), Some((api_version, _))) = (item_kind, list)
        && !kind.is_empty()
        && value.get("kind").is_none()
    {
        let at = value.at;
        if let Data::Map(entries) = &mut value.data {
            for (name, text) in [("kind", kind), ("apiVersion", api_version)] {
                if entries.iter().all(|(key, _)| key.name != name) {
                    let name = name.to_owned();
                    let text = Value::new(Data::Text(text.to_owned()), at);
                    entries.insert(0, (Key { name, at }, text));
                }
            }
        }
    }
    Object {
        api_version: text(&value, &["apiVersion"]).unwrap_or_default(),
        kind: text(&value, &["kind"]).unwrap_or_default(),
        name: text(&value, &["metadata", "name"]).unwrap_or_default(),
        namespace: text(&value, &["metadata", "namespace"]).filter(|it| !it.is_empty()),
        value,
    }
}

struct Reader<'t> {
    tree: &'t Tree,
    budget: Budget,
    too_much: Option<Span>,
}

impl<'t> Reader<'t> {
    fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            budget: Budget::new(tree.size() + MAX_REPEATED),
            too_much: None,
        }
    }

    // The depth is bounded, so recursion is too.
    fn value(&mut self, id: NodeId, depth: usize) -> Value {
        let at = self.tree.span(id);
        let is_followed = depth <= MAX_DEPTH && self.budget.spend();
        if !is_followed {
            self.too_much.get_or_insert(at);
        }
        let data = match self.tree.kind(id) {
            _ if !is_followed => Data::Null,
            Kind::Scalar(scalar) => scalar_data(scalar),
            Kind::Sequence(items) => {
                let items = items.iter().map(|item| self.value(*item, depth + 1));
                Data::List(items.collect())
            }
            Kind::Mapping(_) => Data::Map(self.map(id, depth)),
            Kind::Alias(_) | Kind::Unresolved => Data::Null,
        };
        let mut value = Value::new(data, at);
        value.origin = self.tree.alias_target(id);
        value
    }

    fn map(&mut self, id: NodeId, depth: usize) -> Vec<(Key, Value)> {
        let mut entries = self.tree.entries(id, &mut self.budget);
        self.keep_last(&mut entries);
        let mut map = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(name) = self.tree.name(entry.key) else {
                continue;
            };
            let key = Key {
                name: name.to_owned(),
                at: self.tree.span(entry.key),
            };
            map.push((key, self.value(entry.value, depth + 1)));
        }
        map
    }

    /// Of entries with the same key the last one counts.
    fn keep_last(&self, entries: &mut Vec<Entry>) {
        const FEW: usize = 16;
        let name = |entry: &Entry| self.tree.name(entry.key);
        let has_duplicates = match entries.len() {
            0..FEW => (1..entries.len()).any(|index| {
                let (before, rest) = entries.split_at(index);
                before.iter().any(|it| name(it) == name(&rest[0]))
            }),
            _ => {
                let names: HashSet<_> = entries.iter().map(name).collect();
                names.len() < entries.len()
            }
        };
        if has_duplicates {
            let mut seen = HashSet::new();
            entries.reverse();
            entries.retain(|entry| seen.insert(name(entry)));
            entries.reverse();
        }
    }
}

/// What a scalar means to the tools of Kubernetes, which read YAML 1.1: `yes`, `on` and
/// `y` are booleans, `0644` is octal, and `1_000` is a thousand.
fn scalar_data(scalar: &Scalar) -> Data {
    match scalar.value() {
        yaml::Value::Null => Data::Null,
        yaml::Value::Bool(value) => Data::Bool(value),
        yaml::Value::Number(value) => number(&scalar.text, value),
        yaml::Value::Text(text) if scalar.style == Style::Plain => match text {
            "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Data::Bool(true),
            "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Data::Bool(false),
            _ => old_number(text).unwrap_or_else(|| Data::Text(text.to_owned())),
        },
        yaml::Value::Text(text) => Data::Text(text.to_owned()),
    }
}

/// The number that `1_000` and `0b11` are in YAML 1.1.
fn old_number(text: &str) -> Option<Data> {
    let starts_like_one = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    if !starts_like_one || !(text.contains('_') || text.contains("0b")) {
        return None;
    }
    let plain = text.replace('_', "");
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    if let Some(digits) = unsigned.strip_prefix("0b") {
        let is_binary = digits.bytes().all(|it| matches!(it, b'0' | b'1'));
        let value = i64::from_str_radix(digits, 2).ok().filter(|_| is_binary)?;
        return Some(Data::Int(if plain.starts_with('-') {
            -value
        } else {
            value
        }));
    }
    let is_numeric = |it: u8| it.is_ascii_digit() || b".eE+-".contains(&it);
    let value = plain
        .parse()
        .ok()
        .filter(|_| plain.bytes().all(is_numeric))?;
    Some(number(&plain, value))
}

fn number(text: &str, value: f64) -> Data {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let radix = match unsigned.get(..2) {
        Some("0x") => Some((16, &unsigned[2..])),
        Some("0o") => Some((8, &unsigned[2..])),
        _ if unsigned.len() > 1 && unsigned.starts_with('0') => Some((8, unsigned)),
        _ => None,
    };
    if let Some((radix, digits)) = radix
        && let Ok(whole) = i64::from_str_radix(digits, radix)
    {
        return Data::Int(if text.starts_with('-') { -whole } else { whole });
    }
    // What overflows stays a text: `12e4567` may be the hash of a commit.
    match text.parse() {
        Ok(whole) => Data::Int(whole),
        Err(_) if value.is_infinite() && text.contains(|it: char| it.is_ascii_digit()) => {
            Data::Text(text.to_owned())
        }
        Err(_) => Data::Float(value),
    }
}

#[cfg(test)]
mod tests;
