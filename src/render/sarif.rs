//! SARIF 2.1.0, as GitHub's code scanning reads it.
//!
//! Source: OASIS SARIF 2.1.0, and GitHub's documentation of its support for it.

use serde_json::{Map, Value, json};

use super::Report;
use super::fingerprint::fingerprints;
use super::json::{DiagnosticRecord, Document, Location, Place, SeverityName};
use crate::diagnostic::Severity;
use crate::rule::{REPOSITORY, Rule};
use crate::suppress::Suppressed;

/// The longest description that GitHub takes.
const MAX_DESCRIPTION: usize = 1024;

/// The report as a SARIF log with one run.
#[must_use]
pub fn sarif(report: &Report<'_>) -> String {
    let mut records = Document::of(report).diagnostics;
    let suppressed = report.suppressed.iter();
    records.extend(suppressed.map(|it| DiagnosticRecord::of(&it.0)));
    let suppressed = report.suppressed.iter().map(|it| &it.0);
    let items = report.items.iter().chain(suppressed);
    let mut rules: Vec<&Rule> = items.map(|it| it.diagnostic.rule).collect();
    rules.sort_by_key(|rule| rule.name);
    rules.dedup_by_key(|rule| rule.name);
    let results = records.iter().zip(fingerprints(&records));
    let reported = report.items.len();
    let results: Vec<_> = results
        .enumerate()
        .map(|(position, (record, fingerprint))| {
            let index = rules.iter().position(|rule| rule.name == record.rule);
            let mut result = result(record, index, &fingerprint);
            let suppressed = position.checked_sub(reported);
            if let Some((_, suppressed)) = suppressed.and_then(|it| report.suppressed.get(it)) {
                result["suppressions"] = json!([suppression(suppressed)]);
            }
            result
        })
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "raftt-config",
                "fullName": concat!("raftt-config ", env!("CARGO_PKG_VERSION")),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": REPOSITORY,
                "rules": rules.into_iter().map(descriptor).collect::<Vec<_>>(),
            }},
            "automationDetails": {"id": "raftt-config/"},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// That a comment silences a result, and why.
fn suppression(suppressed: &Suppressed) -> Value {
    let mut suppression = json!({"kind": "inSource"});
    if let Some(reason) = &suppressed.reason {
        suppression["justification"] = json!(reason);
    }
    suppression
}

fn descriptor(rule: &Rule) -> Value {
    let (sections, _) = rule
        .documentation
        .split_once("## Example")
        .unwrap_or((rule.documentation, ""));
    let why: Vec<_> = sections.lines().map(str::trim).skip(1).collect();
    let why = why.join("\n").replace("## Why is this wrong?", "");
    let full: String = why.trim().chars().take(MAX_DESCRIPTION).collect();
    let full = match full.is_empty() {
        true => rule.summary().to_owned(),
        false => full,
    };
    json!({
        "id": rule.name,
        "name": pascal_case(rule.name),
        "shortDescription": {"text": rule.summary()},
        "fullDescription": {"text": full},
        "help": {"text": rule.documentation.trim(), "markdown": rule.markdown()},
        "helpUri": rule.url(),
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"precision": "very-high", "tags": ["raftt"]},
    })
}

fn result(record: &DiagnosticRecord, rule: Option<usize>, fingerprint: &str) -> Value {
    let message = match &record.help {
        Some(help) => format!("{}. {help}", record.message),
        None => record.message.clone(),
    };
    let mut result = json!({
        "ruleId": record.rule,
        "level": match record.severity {
            SeverityName::Error => "error",
            SeverityName::Warning => "warning",
            SeverityName::Advice => "note",
        },
        "message": {"text": sentence(&message)},
        "locations": [{"physicalLocation": physical(&record.location)}],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    });
    let Some(fields) = result.as_object_mut() else {
        return result;
    };
    if let Some(rule) = rule {
        fields.insert("ruleIndex".to_owned(), rule.into());
    }
    if !record.labels.is_empty() {
        let labels = record.labels.iter().enumerate().map(|(id, label)| {
            json!({
                "id": id,
                "physicalLocation": physical(&label.location),
                "message": {"text": sentence(&label.message)},
            })
        });
        fields.insert("relatedLocations".to_owned(), labels.collect());
    }
    if !record.trace.is_empty() {
        fields.insert("codeFlows".to_owned(), json!([flow(record)]));
    }
    fix(record, fields);
    result
}

/// The calls that led to the diagnostic, outermost first, and the place itself.
fn flow(record: &DiagnosticRecord) -> Value {
    let step = |location: &Location, text: String| {
        json!({"location": {
            "physicalLocation": physical(location),
            "message": {"text": sentence(&text)},
        }})
    };
    let calls = record.trace.iter();
    let calls = calls.map(|it| step(&it.location, format!("`{}` is called", it.function)));
    let place = step(&record.location, record.message.clone());
    let steps: Vec<_> = calls.chain([place]).collect();
    json!({"threadFlows": [{"locations": steps}]})
}

fn fix(record: &DiagnosticRecord, fields: &mut Map<String, Value>) {
    let Some(fix) = &record.fix else { return };
    let mut paths: Vec<&str> = fix.edits.iter().map(|it| it.path.as_str()).collect();
    paths.dedup();
    let changes = paths.into_iter().map(|path| {
        let edits = fix.edits.iter().filter(|it| it.path == path);
        let replacements = edits.map(|edit| {
            json!({
                "deletedRegion": region(edit.start, edit.end),
                "insertedContent": {"text": edit.text},
            })
        });
        json!({
            "artifactLocation": {"uri": uri(path)},
            "replacements": replacements.collect::<Vec<_>>(),
        })
    });
    let changes: Vec<_> = changes.collect();
    let description = json!({"text": sentence(&fix.message)});
    let fixes = json!([{"description": description, "artifactChanges": changes}]);
    fields.insert("fixes".to_owned(), fixes);
}

fn physical(location: &Location) -> Value {
    json!({
        "artifactLocation": {"uri": uri(&location.path)},
        "region": region(location.start, location.end),
    })
}

fn region(start: Place, end: Place) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.utf16_column,
        "endLine": end.line,
        "endColumn": end.utf16_column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// A path as a relative URI.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// Viewers show messages as sentences.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    let end = if text.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    format!("{}{}{end}", first.unwrap_or_default(), letters.as_str())
}

fn pascal_case(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|it| it.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}
