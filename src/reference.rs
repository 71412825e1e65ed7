//! What is generated from the program itself: schemas and reference pages.
//!
//! The files in the repository are these texts; `UPDATE_GOLDEN=1 cargo test`
//! writes them, and a test keeps them true.

#[cfg(feature = "cli")]
pub(crate) mod language;
#[cfg(feature = "cli")]
mod rules;

use std::sync::Arc;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use crate::kubernetes::{Snapshot, SnapshotFile};
use crate::options::Options;
use crate::rule::{Example, SNAPSHOT};

#[cfg(feature = "cli")]
pub(crate) use rules::entry as rule_entry;

/// A schema that is published in `schemas/` and printed by `raftt-config schema`.
#[derive(Clone, Copy, Debug)]
pub struct PublishedSchema {
    /// The name on the command line.
    pub name: &'static str,
    /// What it describes, in a few words.
    pub about: &'static str,
    generate: fn() -> Schema,
}

/// Every published schema, by name.
pub const SCHEMAS: &[PublishedSchema] = &[
    PublishedSchema {
        name: "diagnostics",
        about: "what `check --output-format json` prints",
        generate: output_schema::<crate::render::json::Document>,
    },
    PublishedSchema {
        name: "plan",
        about: "the registry-access plan, as `plan --format json` prints it",
        generate: output_schema::<crate::plan::Plan>,
    },
    PublishedSchema {
        name: "raftt.yml",
        about: "the project file, for editors",
        generate: crate::project_file::schema::project_file,
    },
    PublishedSchema {
        name: "resolve",
        about: "what `resolve --format json` prints",
        generate: output_schema::<crate::plan::Resolutions>,
    },
    #[cfg(feature = "cli")]
    PublishedSchema {
        name: "settings",
        about: "`raftt-config.toml`, for editors",
        generate: input_schema::<crate::settings::Document>,
    },
];

impl PublishedSchema {
    /// The schema as JSON that ends in a line break.
    #[must_use]
    pub fn text(&self) -> String {
        let schema = (self.generate)();
        // A schema is plain JSON already.
        let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        format!("{text}\n")
    }

    /// Its file in the repository.
    #[must_use]
    pub fn path(&self) -> String {
        format!("schemas/{}.schema.json", self.name)
    }
}

/// The files in the repository that are generated, as path and text.
#[must_use]
pub fn files() -> Vec<(String, String)> {
    let schemas = SCHEMAS.iter().map(|it| (it.path(), it.text()));
    #[cfg(feature = "cli")]
    let pages = [
        ("docs/builtins.md".to_owned(), language::page()),
        ("docs/rules.md".to_owned(), rules::page()),
    ];
    #[cfg(not(feature = "cli"))]
    let pages = [];
    schemas.chain(pages).collect()
}

/// What the project that `example` shows is analyzed with. A file `namespace.yaml`
/// of it is the snapshot of the namespace.
#[must_use]
pub fn options(example: &Example) -> Options {
    let snapshot = example.file(SNAPSHOT).map(|file| SnapshotFile {
        path: file.path.clone(),
        content: file.text.clone().into_bytes(),
    });
    let snapshot = snapshot.and_then(|it| Snapshot::read(&[it], None).ok());
    Options {
        snapshot: snapshot.map(Arc::new),
        ..Options::default()
    }
}

/// The draft-07 schema, which editors understand best, of something that is printed.
fn output_schema<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft07().for_serialize();
    settings.into_generator().into_root_schema_for::<T>()
}

/// The draft-07 schema of something that people write.
#[cfg(feature = "cli")]
fn input_schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<T>()
}
