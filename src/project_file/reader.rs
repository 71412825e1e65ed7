//! From a tree to the values of known keys.

use std::collections::HashMap;

use schemars::{Schema, SchemaGenerator, json_schema};

use super::entry::{Entry, Variable};
use super::key::{FromNode, Key, Mapping, Unknown};
use super::keys::{Build, DataSource, Debugging, DeclaredSecret, DirectOptions};
use super::rules::{
    duplicate_key, empty_value, key_in_other_case, legacy_key, undocumented_value, unknown_key,
    wrong_value_type,
};
use super::schema;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Located, SourceMap, Span};
use crate::yaml::{Budget, Entry as Pair, Kind, NodeId, Tree, Value};

/// How many diagnostics reading a file gives.
const MAX_DIAGNOSTICS: usize = 500;

/// What reading needs, and what it finds.
pub(crate) struct Reader<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) map: &'a SourceMap,
    pub(crate) diagnostics: &'a mut Vec<Diagnostic>,
    /// Bounds what merge keys bring.
    pub(crate) budget: Budget,
    /// Whether nothing had to be left out.
    pub(crate) is_complete: bool,
    pub(crate) unknown_keys_told: usize,
}

/// A key and the node of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    pub(crate) key: Span,
    pub(crate) node: NodeId,
}

/// The entries of a mapping that was read.
#[derive(Debug)]
pub(crate) struct Filled {
    /// The names of the known keys that it has.
    pub(crate) known: Vec<&'static str>,
    /// The entries with other keys.
    pub(crate) unknown: Vec<Pair>,
}

impl Reader<'_> {
    /// Fills `target` from the mapping `node`, and gives the entries whose keys it
    /// does not know, with those that it has.
    pub(crate) fn fill<T: Mapping>(&mut self, target: &mut T, node: NodeId) -> Filled {
        let tree = self.tree;
        let mut unknown = Vec::new();
        let mut seen: HashMap<usize, NodeId> = HashMap::new();
        for entry in tree.entries(node, &mut self.budget) {
            let name = tree.name(entry.key).unwrap_or_default();
            let known = T::KEYS.iter();
            let index = known
                .clone()
                .position(|key| key.name.eq_ignore_ascii_case(name));
            let Some(index) = index else {
                unknown.push(entry);
                continue;
            };
            let key = &T::KEYS[index];
            let span = tree.span(entry.key);
            if name != key.name && !entry.is_merged {
                self.report(key_in_other_case::diagnostic(self.map, key, name, span));
            }
            // The same spelling twice is found for all mappings of the file at once.
            let first = seen.insert(index, entry.key);
            if let Some(first) = first.filter(|first| tree.name(*first) != Some(name)) {
                if entry.is_merged {
                    // The mapping's own key counts, in whatever case.
                    seen.insert(index, first);
                    continue;
                }
                self.report(duplicate_key::diagnostic(name, span, tree.span(first)));
            }
            if let Some(instead) = key.status.replacement()
                && let Some(diagnostic) = legacy_key::diagnostic::<T>(key, instead, span)
            {
                self.report(diagnostic);
            }
            let node = entry.value;
            target.set(index, self, At { key: span, node });
        }
        Filled {
            known: seen.into_keys().map(|index| T::KEYS[index].name).collect(),
            unknown,
        }
    }

    /// Fills `target` and reports the keys that it does not know.
    fn fill_all<T: Mapping>(&mut self, target: &mut T, node: NodeId) {
        let filled = self.fill(target, node);
        unknown_key::report::<T>(self, &filled.known, &filled.unknown);
    }

    /// Reports `diagnostic`, unless so much was reported that nobody reads on.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports what leaves a value unread.
    pub(crate) fn report_unread(&mut self, diagnostic: Diagnostic) {
        self.is_complete = false;
        self.report(diagnostic);
    }

    /// Whether the value at `at` is there. One that is not is reported, unless a
    /// syntax error swallowed it.
    fn is_given(&mut self, key: &'static Key, at: At, severity: Severity) -> bool {
        let is_null = match self.tree.kind(at.node) {
            Kind::Scalar(scalar) => scalar.value() == Value::Null,
            Kind::Unresolved => {
                self.is_complete = false;
                return false;
            }
            _ => return true,
        };
        if is_null {
            self.is_complete = false;
            if !self.is_unread(at.key) {
                let diagnostic = empty_value::missing(key, at.key);
                self.report(diagnostic.severity(severity));
            }
        }
        !is_null
    }

    /// Whether a syntax error swallowed the value of `key`.
    pub(crate) fn is_unread(&self, key: Span) -> bool {
        let text = &self.map.file(key.file).text;
        self.tree.is_unread_behind(key, text)
    }

    /// The text of a node that must be one.
    fn text(&mut self, key: &'static Key, at: At) -> Option<String> {
        if !self.is_given(key, at, severity_of(key)) {
            return None;
        }
        let span = self.tree.span(at.node);
        match self.tree.scalar(at.node).map(|it| (it, it.value())) {
            Some((_, Value::Text(text))) if text.trim().is_empty() => {
                let diagnostic = empty_value::blank(key, span).severity(severity_of(key));
                self.report_unread(diagnostic);
                None
            }
            // A block ends with a line break that nobody means.
            Some((_, Value::Text(text))) => Some(text.trim_end_matches('\n').to_owned()),
            Some((scalar, _)) => {
                self.report(wrong_value_type::not_quoted(key, span, &scalar.text));
                Some(scalar.text.to_string())
            }
            None => {
                let (diagnostic, meant) = wrong_value_type::not_text(self, key, at.node);
                self.report(diagnostic);
                self.is_complete &= meant.is_some();
                meant
            }
        }
    }

    /// The nodes of a list.
    fn items(&mut self, key: &'static Key, at: At) -> Vec<NodeId> {
        if !self.is_given(key, at, Severity::Warning) {
            return Vec::new();
        }
        match self.tree.kind(at.node) {
            Kind::Sequence(items) => items.clone(),
            _ => {
                let found = wrong_value_type::not_a_list(self, key, at);
                self.report_unread(found);
                Vec::new()
            }
        }
    }

    /// Whether the value at `at` is a mapping; what else it is, is reported.
    fn is_mapping(&mut self, key: &'static Key, at: At) -> bool {
        if !self.is_given(key, at, Severity::Warning) {
            return false;
        }
        let is_mapping = matches!(self.tree.kind(at.node), Kind::Mapping(_));
        if !is_mapping {
            let found = wrong_value_type::not_a_mapping(self, key.name, at.node);
            self.report_unread(found);
        }
        is_mapping
    }
}

/// How bad it is that a key has no value: what only legacy files have is not worth an error.
fn severity_of(key: &Key) -> Severity {
    match key.status.replacement() {
        Some(_) => Severity::Warning,
        None => Severity::Error,
    }
}

impl FromNode for Option<Entry<String>> {
    fn read(&mut self, reader: &mut Reader<'_>, key: &'static Key, at: At) {
        let Some(text) = reader.text(key, at) else {
            return;
        };
        let span = reader.tree.span(at.node);
        if !key.choices.is_empty() && !key.choices.contains(&text.as_str()) {
            reader.report(undocumented_value::diagnostic(key, &text, span));
        }
        *self = Some(Entry {
            key: at.key,
            value: Located::new(text, span),
        });
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1 })
    }
}

impl FromNode for Option<Entry<bool>> {
    fn read(&mut self, reader: &mut Reader<'_>, key: &'static Key, at: At) {
        if !reader.is_given(key, at, severity_of(key)) {
            return;
        }
        let span = reader.tree.span(at.node);
        let value = match reader.tree.scalar(at.node).map(|it| it.value()) {
            Some(Value::Bool(value)) => Some(value),
            _ => {
                let (diagnostic, meant) = wrong_value_type::not_a_boolean(reader, key, at.node);
                reader.report(diagnostic);
                reader.is_complete &= meant.is_some();
                meant
            }
        };
        *self = value.map(|value| Entry {
            key: at.key,
            value: Located::new(value, span),
        });
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "boolean" })
    }
}

impl FromNode for Option<DirectOptions> {
    fn read(&mut self, reader: &mut Reader<'_>, key: &'static Key, at: At) {
        // Without a value it is still there: keys that lost their indentation are
        // read into it, and an empty one is theirs to explain.
        let is_null = reader
            .tree
            .scalar(at.node)
            .is_some_and(|it| it.value() == Value::Null);
        let mut options = DirectOptions::new(at.key);
        if !is_null && reader.is_mapping(key, at) {
            reader.fill_all(&mut options, at.node);
        }
        *self = Some(options);
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::mapping::<DirectOptions>(generator)
    }
}

impl FromNode for Option<Build> {
    fn read(&mut self, reader: &mut Reader<'_>, key: &'static Key, at: At) {
        let mut build = Build::new(at.key);
        if reader.is_mapping(key, at) {
            reader.fill_all(&mut build, at.node);
        }
        *self = Some(build);
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::mapping::<Build>(generator)
    }
}

impl FromNode for Vec<DeclaredSecret> {
    fn read(&mut self, reader: &mut Reader<'_>, key: &'static Key, at: At) {
        if !reader.is_mapping(key, at) {
            return;
        }
        for entry in reader.tree.entries(at.node, &mut reader.budget) {
            let Some(name) = reader.tree.name(entry.key) else {
                continue;
            };
            let span = reader.tree.span(entry.key);
            let mut secret = DeclaredSecret::new(Located::new(name.to_owned(), span));
            match reader.tree.kind(entry.value) {
                Kind::Mapping(_) => reader.fill_all(&mut secret, entry.value),
                // Its keys are there, but could not be read.
                _ if reader.is_unread(span) => reader.is_complete = false,
                _ => {
                    let found = wrong_value_type::not_a_secret(reader, name, span, entry.value);
                    reader.report_unread(found);
                }
            }
            self.push(secret);
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let secret = schema::mapping::<DeclaredSecret>(generator);
        json_schema!({ "type": "object", "additionalProperties": secret })
    }
}

impl FromNode for Vec<Variable> {
    fn read(&mut self, reader: &mut Reader<'_>, key: &'static Key, at: At) {
        if !reader.is_mapping(key, at) {
            return;
        }
        for entry in reader.tree.entries(at.node, &mut reader.budget) {
            let tree = reader.tree;
            let (Some(name), Some(value)) = (tree.name(entry.key), tree.name(entry.value)) else {
                let found = wrong_value_type::not_a_variable(reader, entry.value);
                reader.report_unread(found);
                continue;
            };
            self.push(Variable {
                name: Located::new(name.to_owned(), tree.span(entry.key)),
                value: Located::new(value.to_owned(), tree.span(entry.value)),
            });
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        // One type each: strict readers of schemas refuse a list of types.
        let types = ["string", "number", "boolean", "null"];
        let types = types.map(|name| json_schema!({ "type": name }));
        json_schema!({ "type": "object", "additionalProperties": { "anyOf": types } })
    }
}

impl FromNode for Vec<DataSource> {
    fn read(&mut self, reader: &mut Reader<'_>, key: &'static Key, at: At) {
        read_items(self, reader, key, at, DataSource::new);
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let items = schema::mapping::<DataSource>(generator);
        json_schema!({ "type": "array", "items": items })
    }
}

impl FromNode for Vec<Debugging> {
    fn read(&mut self, reader: &mut Reader<'_>, key: &'static Key, at: At) {
        read_items(self, reader, key, at, Debugging::new);
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let items = schema::mapping::<Debugging>(generator);
        json_schema!({ "type": "array", "items": items })
    }
}

/// Reads a list of mappings.
fn read_items<T: Mapping>(
    into: &mut Vec<T>,
    reader: &mut Reader<'_>,
    key: &'static Key,
    at: At,
    new: impl Fn(Span) -> T,
) {
    for item in reader.items(key, at) {
        let mut value = new(reader.tree.span(item));
        if matches!(reader.tree.kind(item), Kind::Mapping(_)) {
            reader.fill_all(&mut value, item);
            into.push(value);
        } else {
            let name = format!("{}[]", key.name);
            let found = wrong_value_type::not_a_mapping(reader, &name, item);
            reader.report_unread(found);
        }
    }
}

/// Whether every key that `T` does not know is a mistake.
pub(crate) fn is_closed<T: Mapping>() -> bool {
    T::UNKNOWN != Unknown::Accepted
}
