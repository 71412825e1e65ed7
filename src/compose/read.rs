//! From the text of a compose file to values.

use std::collections::HashMap;
use std::ops::Range;

use super::Compose;
use super::interpolate::{Interpolated, Variables, interpolate};
use super::rules::{invalid_compose_file as invalid, invalid_interpolation};
use crate::kubernetes::{Data, Key, Value};
use crate::source::{Span, Text};
use crate::unknown::Unknown;
use crate::yaml::{self, Budget, Kind, NodeId, Scalar, Tree};

/// How many values the aliases and merge keys of a file may stand for, beyond what
/// is written.
const MAX_REPEATED: usize = 100_000;

/// How deep aliases may nest values. Text nests no deeper.
const MAX_DEPTH: usize = 512;

/// What the documents of `file` hold, their variables filled in. What is wrong with its
/// text goes to `compose`.
pub(super) fn read(file: &Text, variables: &Variables, compose: &mut Compose) -> Vec<Value> {
    let tree = yaml::parse(file.file, &file.text);
    for problem in &tree.problems {
        compose.diagnostics.push(invalid::diagnostic(problem));
    }
    compose.is_partial |= !tree.problems.is_empty();
    report_duplicates(&tree, compose);
    let mut reader = Reader {
        tree: &tree,
        file,
        variables,
        budget: Budget::new(tree.size() + MAX_REPEATED),
        compose,
        is_free: false,
    };
    let documents = tree.documents.iter();
    documents.map(|it| reader.value(it.root, 0)).collect()
}

/// A key may be set once in a mapping, beside what it merges.
fn report_duplicates(tree: &Tree, compose: &mut Compose) {
    for duplicate in tree.duplicate_keys() {
        compose.diagnostics.push(invalid::duplicate_key(&duplicate));
    }
}

struct Reader<'t> {
    tree: &'t Tree,
    file: &'t Text,
    variables: &'t Variables,
    budget: Budget,
    compose: &'t mut Compose,
    /// Whether what is read stands below a key `x-…`, which is free to hold anything.
    is_free: bool,
}

impl Reader<'_> {
    // The depth is bounded, so recursion is too.
    fn value(&mut self, id: NodeId, depth: usize) -> Value {
        let at = self.tree.span(id);
        let is_followed = depth <= MAX_DEPTH && self.budget.spend();
        self.compose.is_partial |= !is_followed;
        let data = match self.tree.kind(id) {
            _ if !is_followed => Data::Null,
            Kind::Scalar(scalar) => {
                let at = self.tree.alias_target(id).unwrap_or(at);
                self.scalar(scalar, at)
            }
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

    /// What a scalar that is written at `at` means.
    fn scalar(&mut self, scalar: &Scalar, at: Span) -> Data {
        let data = scalar_data(scalar);
        let Data::Text(text) = &data else {
            return data;
        };
        match interpolate(text, self.variables) {
            Ok(Interpolated::Known(text)) => Data::Text(text),
            Ok(Interpolated::Unknown(missing)) => Data::Unknown(Unknown {
                what: format!("${{{}}}", missing.name),
                from: Some(self.inside(at, text, missing.range).unwrap_or(at)),
            }),
            Err(mistake) => {
                let written = text.get(mistake.range.clone()).unwrap_or_default();
                let inside = self.inside(at, text, mistake.range);
                let (at, is_exact) = (inside.unwrap_or(at), inside.is_some());
                let kind = mistake.kind;
                if !self.is_free {
                    let diagnostic = invalid_interpolation::diagnostic(kind, written, at, is_exact);
                    self.compose.diagnostics.push(diagnostic);
                }
                Data::Unknown(Unknown {
                    what: written.to_owned(),
                    from: None,
                })
            }
        }
    }

    /// Where the part `range` of `text`, which is written at `at`, stands; nothing if
    /// that cannot be told.
    fn inside(&self, at: Span, text: &str, range: Range<usize>) -> Option<Span> {
        let written = self.file.text.get(at.range())?;
        let start = match written.strip_prefix(['"', '\'']) {
            Some(rest) if rest.starts_with(text) => 1,
            _ if written == text => 0,
            _ => {
                // Escapes and line folding move what is behind them.
                let part = text.get(range.clone())?;
                let mut places = written.match_indices(part);
                let (place, _) = places.next()?;
                if places.next().is_some() {
                    return None;
                }
                let start = at.range().start + place;
                return Some(Span::new(self.file.file, start..start + part.len()));
            }
        };
        let start = at.range().start + start;
        let range = start + range.start..start + range.end;
        Some(Span::new(self.file.file, range))
    }

    fn map(&mut self, id: NodeId, depth: usize) -> Vec<(Key, Value)> {
        let entries = self.tree.entries(id, &mut self.budget);
        let mut places: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
        let mut map = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(name) = self.tree.name(entry.key) else {
                continue;
            };
            let at = self.tree.span(entry.key);
            let name_of_key = name.to_owned();
            let key = Key {
                name: name_of_key,
                at,
            };
            let is_free = self.is_free;
            self.is_free |= name.starts_with("x-");
            let value = self.value(entry.value, depth + 1);
            self.is_free = is_free;
            // Of entries with the same key the last one counts.
            match places.get(name) {
                Some(place) => map[*place] = (key, value),
                None => {
                    places.insert(name, map.len());
                    map.push((key, value));
                }
            }
        }
        map
    }
}

/// What a scalar means. A number that is not written the usual way (`0644`, `1.50`)
/// stays as it is written: most values of compose files are texts.
fn scalar_data(scalar: &Scalar) -> Data {
    match scalar.value() {
        yaml::Value::Null => Data::Null,
        yaml::Value::Bool(value) => Data::Bool(value),
        yaml::Value::Number(_) => match scalar.text.parse::<i64>() {
            Ok(value) if value.to_string() == *scalar.text => Data::Int(value),
            _ => Data::Text(scalar.text.to_string()),
        },
        yaml::Value::Text(text) => Data::Text(text.to_owned()),
    }
}
