//! How the values of known keys are read.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::entry::{Entry, Variable};
use super::key::{FromNode, Key, Mapping};
use super::keys::{Build, DataSource, Debugging, DeclaredSecret, DirectOptions};
use super::reader::{At, Reader, severity_of};
use super::rules::{misplaced_key, secret_without_command, undocumented_value, wrong_value_type};
use super::schema;
use crate::source::{Located, Span};
use crate::yaml::{Kind, Value};

impl FromNode for Option<Entry<String>> {
    fn read(&mut self, reader: &mut Reader<'_>, key: &'static Key, at: At) {
        let Some(text) = reader.text(key, at) else {
            return;
        };
        let span = reader.tree.span(at.node);
        let scalar = reader.tree.scalar(at.node);
        let is_text = scalar.is_some_and(|it| matches!(it.value(), Value::Text(_)));
        if !key.choices.is_empty() && !key.choices.contains(&text.as_str()) {
            reader.report(undocumented_value::diagnostic(key, &text, span));
        }
        *self = Some(Entry {
            key: at.key,
            value: Located::new(text, span),
            is_mended: !is_text,
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
        let (value, is_mended) = match reader.tree.scalar(at.node).map(|it| it.value()) {
            Some(Value::Bool(value)) => (Some(value), false),
            _ => {
                let (diagnostic, meant) = wrong_value_type::not_a_boolean(reader, key, at.node);
                reader.report(diagnostic);
                reader.is_complete &= meant.is_some();
                (meant, true)
            }
        };
        *self = value.map(|value| Entry {
            key: at.key,
            value: Located::new(value, span),
            is_mended,
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
        // Given twice, both are read: what is wrong below either is worth knowing.
        let mut options = self.take().unwrap_or_else(|| DirectOptions::new(at.key));
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
        let mut is_nameless = false;
        for entry in reader.tree.entries(at.node, &mut reader.budget) {
            let Some(name) = reader.tree.name(entry.key) else {
                continue;
            };
            let span = reader.tree.span(entry.key);
            let is_mapping = matches!(reader.tree.kind(entry.value), Kind::Mapping(_));
            let mut keys = DeclaredSecret::KEYS.iter();
            if let Some(key) = keys.find(|key| key.name.eq_ignore_ascii_case(name))
                && !is_mapping
            {
                // The name of the secret is missing: once is enough.
                if !std::mem::replace(&mut is_nameless, true) {
                    let path = DeclaredSecret::PATH;
                    let found = misplaced_key::diagnostic(path, key.name, name, span, "secrets");
                    reader.report_unread(found);
                }
                continue;
            }
            let mut secret = DeclaredSecret::new(Located::new(name.to_owned(), span));
            match reader.tree.kind(entry.value) {
                Kind::Mapping(_) => {
                    let told = reader.diagnostics.len();
                    reader.fill_all(&mut secret, entry.value);
                    // A key that is wrong may well be the one that is missing.
                    if secret.input_command.is_none() && reader.diagnostics.len() == told {
                        reader.report(secret_without_command::diagnostic(name, span));
                    }
                }
                // Its keys are there, but could not be read.
                _ if reader.is_unread(span) => reader.is_complete = false,
                Kind::Scalar(scalar) if scalar.value() == Value::Null => {
                    reader.report_unread(secret_without_command::diagnostic(name, span));
                }
                _ => {
                    let found = wrong_value_type::not_a_secret(reader, name, entry.value);
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
