//! The format of JUnit's reports: each diagnostic is a test that failed.

use super::Report;
use super::json::{DiagnosticRecord, Document};
use super::xml::escaped;

/// The report as JUnit's XML. A project without mistakes is a test that passed.
#[must_use]
pub fn junit(report: &Report<'_>) -> String {
    let document = Document::of(report);
    let failures = document.diagnostics.len();
    let passed: Vec<_> = match failures {
        0 => document.projects.iter().map(|it| passed(it)).collect(),
        _ => Vec::new(),
    };
    let failed: Vec<_> = document.diagnostics.iter().map(failed).collect();
    let tests = passed.len() + failures;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"raftt-config\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n\
         \x20 <testsuite name=\"raftt-config\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n\
         {}{}  </testsuite>\n</testsuites>\n",
        passed.concat(),
        failed.concat(),
    )
}

fn passed(project: &str) -> String {
    let project = escaped(project);
    format!("    <testcase name=\"check\" classname=\"{project}\"/>\n")
}

fn failed(record: &DiagnosticRecord) -> String {
    let path = escaped(&record.location.path);
    let (line, column) = (record.location.start.line, record.location.start.column);
    let help = record.help.as_ref();
    let help = help.map_or_else(String::new, |it| format!("\nhelp: {it}"));
    let severity = record.severity;
    format!(
        "    <testcase name=\"{}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">\n\
         \x20     <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
        record.rule,
        format!("{severity:?}").to_lowercase(),
        escaped(&record.message),
        escaped(&format!(
            "{}:{line}:{column}: {}{help}",
            record.location.path, record.message
        )),
    )
}
