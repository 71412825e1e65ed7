//! A code quality report of GitLab.
//!
//! Source: GitLab's documentation of code quality, which takes a part of Code Climate's
//! format.

use serde_json::{Value, json};

use super::Report;
use super::fingerprint::fingerprints;
use super::json::{Document, SeverityName};

/// The report as a list of code quality issues.
#[must_use]
pub fn gitlab(report: &Report<'_>) -> String {
    let records = Document::of(report).diagnostics;
    let fingerprints = fingerprints(&records).into_iter();
    let issues = records
        .iter()
        .zip(fingerprints)
        .map(|(record, fingerprint)| {
            let (start, end) = (record.location.start, record.location.end);
            json!({
                "description": record.message,
                "check_name": record.rule,
                "fingerprint": fingerprint,
                "severity": match record.severity {
                    SeverityName::Error => "major",
                    SeverityName::Warning => "minor",
                    SeverityName::Advice => "info",
                },
                "location": {
                    "path": record.location.path,
                    "positions": {
                        "begin": {"line": start.line, "column": start.column},
                        "end": {"line": end.line, "column": end.column},
                    },
                },
            })
        });
    format!("{:#}\n", Value::Array(issues.collect()))
}
