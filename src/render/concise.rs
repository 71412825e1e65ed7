//! One line for each diagnostic, in the form that editors and `grep` know.

use std::fmt::Write as _;

use super::Report;
use super::text::one_line;

/// `path:line:column: severity[rule] message`, one line each.
#[must_use]
pub fn concise(report: &Report<'_>) -> String {
    let mut lines = String::new();
    for item in &report.items {
        let diagnostic = item.diagnostic;
        let place = item
            .project
            .position(diagnostic.span, diagnostic.span.start);
        // Writing to a string cannot fail.
        _ = writeln!(
            lines,
            "{}:{}:{}: {}[{}] {}",
            one_line(&item.project.path_of(diagnostic.span)),
            place.line,
            place.column,
            diagnostic.severity.name(),
            diagnostic.rule.name,
            one_line(&diagnostic.message),
        );
    }
    lines
}
