//! Annotations of GitHub Actions: workflow commands on standard output.
//!
//! Source: GitHub's documentation of workflow commands.

use super::Report;
use super::json::{Document, SeverityName};

/// One workflow command for each diagnostic.
#[must_use]
pub fn github(report: &Report<'_>) -> String {
    let mut text = String::new();
    for record in Document::of(report).diagnostics {
        let command = match record.severity {
            SeverityName::Error => "error",
            SeverityName::Warning => "warning",
            SeverityName::Advice => "notice",
        };
        let message = match &record.help {
            Some(help) => format!("{}\nhelp: {help}", record.message),
            None => record.message.clone(),
        };
        let (start, end) = (record.location.start, record.location.end);
        // GitHub drops columns of what takes several lines.
        let columns = match start.line == end.line {
            true => format!(",col={},endColumn={}", start.column, end.column),
            false => String::new(),
        };
        text.push_str(&format!(
            "::{command} file={},line={},endLine={}{columns},title={}::{}\n",
            property(&record.location.path),
            start.line,
            end.line,
            property(record.rule),
            data(&message),
        ));
    }
    text
}

fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
