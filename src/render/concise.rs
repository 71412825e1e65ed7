//! One line for each diagnostic, in the form that editors and `grep` know.

use std::fmt::Write as _;

use super::Report;
use super::paint::{Ink, Paint, ink};
use super::text::one_line;

/// `path:line:column: severity[rule] message`, one line each.
#[must_use]
pub fn concise(report: &Report<'_>, has_color: bool) -> String {
    let paint = Paint::new(has_color);
    let mut lines = String::new();
    for item in &report.items {
        let diagnostic = item.diagnostic;
        let place = item
            .project
            .position(diagnostic.span, diagnostic.span.start);
        let path = item.project.path_of(diagnostic.span);
        let kind = format!("{}[{}]", diagnostic.severity.name(), diagnostic.rule.name);
        // Writing to a string cannot fail.
        _ = writeln!(
            lines,
            "{}:{}:{}: {} {}",
            paint.on(&one_line(&path), Ink::Bold),
            place.line,
            place.column,
            paint.on(&kind, ink(diagnostic.severity)),
            one_line(&diagnostic.message),
        );
    }
    lines
}
