//! Diagnostics for programs that read line by line.

use super::Report;
use super::json::Document;

/// Each diagnostic as `check --output-format json` has it, one line each.
#[must_use]
pub fn json_lines(report: &Report<'_>) -> String {
    let records = Document::of(report).diagnostics.into_iter();
    // Strings, numbers and lists always serialize.
    let lines = records.map(|it| serde_json::to_string(&it).unwrap_or_default() + "\n");
    lines.collect()
}
