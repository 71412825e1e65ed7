//! The published JSON Schema of `raftt.yml`, from the declared keys.
//!
//! It is for editors. Checking a project does not validate against it: compiling
//! the schema takes 0.7 ms, several times what reading and judging a project file
//! does, and what it refuses a rule says with a place, an explanation and a fix.
//! That this is so is tested, in both directions, with every project file of the
//! test data and every type of value for every key (`tests/it/project_schema.rs`).

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, json};

use super::key::{Key, Mapping, Status};
use super::keys::ProjectFile;
use super::reader::is_closed;

/// The schema of `raftt.yml`, draft-07, which editors understand best.
pub(crate) fn project_file() -> Schema {
    let mut generator = SchemaGenerator::default();
    let mut schema = mapping::<ProjectFile>(&mut generator);
    let mut head = Map::new();
    let entries = [
        ("$schema", "http://json-schema.org/draft-07/schema#".into()),
        (
            "$id",
            json!(format!(
                "{}/raw/main/schemas/raftt.yml.schema.json",
                crate::rule::REPOSITORY
            )),
        ),
        ("title", json!("raftt.yml")),
    ];
    for (name, value) in entries {
        head.insert(name.to_owned(), value);
    }
    let rest = std::mem::take(schema.ensure_object());
    head.extend(rest);
    // By convention, keys that begin with `x-` hold what anchors share.
    head.insert("patternProperties".to_owned(), json!({ "^x-": true }));
    Schema::from(head)
}

/// The schema of the mapping `T`.
pub(super) fn mapping<T: Mapping>(generator: &mut SchemaGenerator) -> Schema {
    let mut properties = Map::new();
    for key in T::KEYS {
        let value = property(key, generator).to_value();
        properties.insert(key.name.to_owned(), value);
    }
    let mut schema = json_schema!({
        "description": plain(T::DOCS),
        "type": "object",
        "properties": properties,
    });
    if is_closed::<T>() {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
    schema
}

fn property(key: &Key, generator: &mut SchemaGenerator) -> Schema {
    let mut schema = (key.schema)(generator);
    let docs = plain(key.docs);
    let description = match key.status {
        Status::Current => docs,
        Status::Legacy(instead) => format!("DEPRECATED: use {instead}. {docs}"),
        Status::Obsolete(instead) => format!("DEPRECATED: use {instead}. UNDOCUMENTED. {docs}"),
        Status::Undocumented => format!("UNDOCUMENTED. {docs}"),
    };
    schema.insert("description".to_owned(), description.into());
    if let Some(instead) = key.status.replacement() {
        schema.insert("deprecated".to_owned(), true.into());
        let message = format!("use {instead}");
        schema.insert("deprecationMessage".to_owned(), message.into());
    }
    if !key.choices.is_empty() {
        schema.insert("enum".to_owned(), json!(key.choices));
        // Each choice is longer than the empty text.
        schema.remove("minLength");
    }
    if let Some(pattern) = key.pattern {
        schema.insert("pattern".to_owned(), pattern.into());
        // The pattern wants a letter, too.
        schema.remove("minLength");
    }
    if !key.examples.is_empty() {
        schema.insert("examples".to_owned(), json!(key.examples));
    }
    schema
}

/// The lines of a doc comment as running text.
fn plain(docs: &str) -> String {
    let lines: Vec<_> = docs.lines().map(str::trim).collect();
    lines.join(" ").trim().to_owned()
}
