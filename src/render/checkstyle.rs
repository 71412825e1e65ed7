//! The format of Checkstyle, which many CI servers read.

use super::Report;
use super::json::{Document, SeverityName};
use super::xml::escaped;

/// The report as Checkstyle's XML, one `file` for each path.
#[must_use]
pub fn checkstyle(report: &Report<'_>) -> String {
    let mut text =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
    // Diagnostics are in the order of their paths.
    let records = Document::of(report).diagnostics;
    for of_file in records.chunk_by(|a, b| a.location.path == b.location.path) {
        let path = escaped(&of_file[0].location.path);
        text.push_str(&format!("  <file name=\"{path}\">\n"));
        for record in of_file {
            let severity = match record.severity {
                SeverityName::Error => "error",
                SeverityName::Warning => "warning",
                SeverityName::Advice => "info",
            };
            let help = record.help.as_ref();
            let help = help.map_or_else(String::new, |it| format!("\nhelp: {it}"));
            text.push_str(&format!(
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" \
                 source=\"raftt-config.{}\"/>\n",
                record.location.start.line,
                record.location.start.column,
                escaped(&format!("{}{help}", record.message)),
                record.rule,
            ));
        }
        text.push_str("  </file>\n");
    }
    text + "</checkstyle>\n"
}
