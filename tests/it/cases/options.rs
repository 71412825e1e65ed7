//! The options of a case, from its `case.toml`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use raftt_config::{Options, Snapshot, SnapshotFile};

/// The options in a `case.toml`.
pub(super) fn options(path: &Path) -> Options {
    let mut options = Options::default();
    let Ok(text) = fs::read_to_string(path) else {
        return options;
    };
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{error}"));
    let text = |key| table.get(key).and_then(toml::Value::as_str);
    if let Some(snapshot) = text("snapshot") {
        let whole = path.with_file_name(snapshot);
        let content = fs::read(&whole).unwrap_or_else(|error| panic!("{snapshot}: {error}"));
        let files = [SnapshotFile {
            path: snapshot.to_owned(),
            content,
        }];
        let snapshot = Snapshot::read(&files, text("namespace"));
        let snapshot = snapshot.unwrap_or_else(|error| panic!("{error}"));
        options.snapshot = Some(Arc::new(snapshot));
    }
    for (key, value) in table {
        match (key.as_str(), value) {
            ("snapshot" | "namespace", toml::Value::String(_)) => {}
            ("script", toml::Value::String(script)) => options.script = Some(script),
            ("project_file", toml::Value::String(path)) => options.project_file = path,
            ("values", toml::Value::Table(values)) => options.values = pairs(values),
            ("secrets", toml::Value::Table(secrets)) => options.secrets = pairs(secrets),
            (key, _) => panic!("case.toml: `{key}` is no option, or has another type"),
        }
    }
    options
}

fn pairs(table: toml::Table) -> Vec<(String, String)> {
    let text = |value: toml::Value| match value {
        toml::Value::String(text) => text,
        other => panic!("case.toml: `{other}` is no string"),
    };
    table
        .into_iter()
        .map(|(name, value)| (name, text(value)))
        .collect()
}
