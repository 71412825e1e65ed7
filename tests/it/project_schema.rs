//! The published schema of `raftt.yml` and the rules agree.
//!
//! The program itself does not validate against the schema: whatever it refuses,
//! a rule says better and with a place, as is shown here, and compiling it would
//! cost every run more than reading the file does.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use jsonschema::Validator;
use raftt_config::reference::SCHEMAS;
use raftt_config::{MemorySources, Options, Severity, analyze};
use serde_json::Value;

use crate::golden::{Checked, check_all, repository};

static SCHEMA: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft7::new(&schema()).expect("the schema is valid"));

/// Rules about what the schema describes, too.
const SHAPE_RULES: &[&str] = &[
    "empty-value",
    "invalid-service-account-name",
    "misplaced-key",
    "undocumented-value",
    "unknown-key",
    "wrong-value-type",
];

#[test]
fn schema_and_rules_agree_on_every_project_file() {
    let mut files = Vec::new();
    find(&repository("testdata"), &mut files);
    assert!(files.len() > 50, "{} project files", files.len());
    let texts = files.into_iter().filter_map(|path| {
        let text = fs::read_to_string(&path).ok()?;
        Some((path.display().to_string(), text))
    });
    check_all("project files", texts, |text| agree(text));
}

#[test]
fn schema_and_rules_agree_on_every_value_of_every_key() {
    let values = [
        "text",
        "''",
        "null",
        "true",
        "12",
        "1.5",
        "[]",
        "[a]",
        "[{}]",
        "[{a: b}]",
        "{}",
        "{a: b}",
        "{a: {}}",
        "{a: null}",
        "{a: [b]}",
        "'true'",
        "yes",
        "no-such",
        "2026-01-01",
        "A_B",
        "[1]",
        "{1: 2}",
        "[{service: a}]",
        "[{type: postgres}]",
        "[{type: x}]",
        "{a: {inputcommand: x}}",
        "{a: {inputcommand: 1}}",
        "{a: {other: 1}}",
        "{dockerComposeFile: x, workdir: .}",
        "{env: {A: b, C: 1, D: null}}",
        "{env: {A: [b]}}",
    ];
    let mut cases = Vec::new();
    let mut push = |text: String| cases.push((text.clone(), text));
    for value in values {
        for key in keys(&schema()) {
            let usual = ["envDefinition: env.raftt", "host: direct"];
            let others = usual
                .iter()
                .filter(|line| !line.starts_with(&format!("{key}:")));
            let others: Vec<_> = others.copied().collect();
            push(format!("{}\n{key}: {value}\n", others.join("\n")));
        }
        let options = &schema()["properties"]["directOptions"];
        for key in keys(options).chain(["other".to_owned()]) {
            push(format!(
                "envDefinition: env.raftt\nhost: direct\ndirectOptions:\n  {key}: {value}\n"
            ));
        }
        push(format!("envDefinition: env.raftt\nother: {value}\n"));
        push(format!("envDefinition: env.raftt\nx-other: {value}\n"));
        push(format!("{value}\n"));
    }
    check_all("texts", cases, |text| agree(text));
}

#[test]
fn the_schema_suits_editors() {
    let schema = schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert!(
        schema["$id"]
            .as_str()
            .is_some_and(|id| id.ends_with("/schemas/raftt.yml.schema.json"))
    );
    let mut open = vec![("", &schema)];
    while let Some((name, part)) = open.pop() {
        let properties = part["properties"].as_object().into_iter().flatten();
        for (name, property) in properties {
            let text = property["description"].as_str().unwrap_or_default();
            assert!(text.ends_with('.'), "{name}: {text}");
            assert!(property["type"].is_string(), "{name} has one type");
            let is_deprecated = property["deprecated"] == true;
            assert_eq!(text.starts_with("DEPRECATED: "), is_deprecated, "{name}");
            assert_eq!(
                property["deprecationMessage"].is_string(),
                is_deprecated,
                "{name}"
            );
            open.push((name, property));
        }
        for inner in ["items", "additionalProperties"] {
            if part[inner].is_object() {
                open.push((name, &part[inner]));
            }
        }
        for example in part["examples"].as_array().into_iter().flatten() {
            let mut instance = Value::Null;
            instance.clone_from(example);
            let own = jsonschema::draft7::new(part).expect("a part is a schema");
            assert!(own.is_valid(&instance), "{name}: {example}");
        }
    }
}

/// Whether schema and rules say the same about a project file.
fn agree(text: &str) -> Checked {
    let sources = MemorySources::default()
        .with("raftt.yml", text)
        .with("env.raftt", "deploy(namespace_resources())\n");
    let analysis = analyze(&sources, &Options::default());
    let found: Vec<_> = analysis
        .diagnostics
        .iter()
        .filter(|it| analysis.sources.file(it.span.file).path == "raftt.yml")
        .collect();
    let Some(json) = json(text) else {
        // What is no YAML, has duplicate keys or several documents.
        let is_told = found
            .iter()
            .any(|it| it.severity == Severity::Error || it.rule.name == "several-documents");
        return if is_told {
            Ok(())
        } else {
            Err("no YAML to others, but fine here".into())
        };
    };
    // Keys match in any case, and the schema cannot say that.
    if found.iter().any(|it| it.rule.name == "key-in-other-case") {
        return Ok(());
    }
    let problems: Vec<_> = SCHEMA
        .iter_errors(&json)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    let told: Vec<_> = found
        .iter()
        .filter(|it| it.severity > Severity::Advice)
        .collect();
    if !problems.is_empty() && told.is_empty() {
        return Err(format!(
            "only the schema refuses it: {}",
            problems.join("; ")
        ));
    }
    let shape = told.iter().find(|it| SHAPE_RULES.contains(&it.rule.name));
    match shape {
        Some(shape) if problems.is_empty() && !is_beyond_the_schema(&shape.message) => {
            Err(format!(
                "only the rules refuse it: [{}] {}",
                shape.rule.name, shape.message
            ))
        }
        _ => Ok(()),
    }
}

/// What rules say about a file that the schema takes, and why it does.
fn is_beyond_the_schema(message: &str) -> bool {
    // An entry of `data` may have keys that are not known, so the schema takes any.
    // A name that is close to a known one is a mistake all the same.
    let is_open = message.contains("of `data[]`") || message.contains("of `debugging[]`");
    // YAML 1.2 knows no key that is a number; in JSON it is the text of it.
    is_open || message == "a key must be a text"
}

/// The text as JSON, by another reader than the program's own.
fn json(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Some(Value::Null);
    }
    let mut value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
    value.apply_merge().ok()?;
    untagged(&mut value);
    serde_json::to_value(value).ok()
}

/// Takes tags off and makes keys texts, as JSON has neither tags nor other keys.
fn untagged(value: &mut serde_yaml::Value) {
    match value {
        serde_yaml::Value::Tagged(tagged) => {
            let mut inner = tagged.value.clone();
            untagged(&mut inner);
            *value = inner;
        }
        serde_yaml::Value::Sequence(items) => items.iter_mut().for_each(untagged),
        serde_yaml::Value::Mapping(entries) => entries.values_mut().for_each(untagged),
        _ => {}
    }
}

fn schema() -> Value {
    let schema = SCHEMAS.iter().find(|it| it.name == "raftt.yml");
    let text = schema.expect("the schema is published").text();
    serde_json::from_str(&text).expect("a schema is JSON")
}

fn keys(schema: &Value) -> impl Iterator<Item = String> {
    let properties = schema["properties"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    properties.into_iter().map(|it| it.0)
}

fn find(folder: &std::path::Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, files);
        } else if path.ends_with("raftt.yml") {
            files.push(path);
        }
    }
}
