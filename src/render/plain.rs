//! Diagnostics for people who listen to them, and for whoever wants plain words: a
//! line of sentences each, without drawing, carets or colours.

use std::fmt::Write as _;

use super::text::one_line;
use super::{Checked, Report};
use crate::diagnostic::Safety;
use crate::source::Span;

/// One line for each diagnostic.
#[must_use]
pub fn plain(report: &Report<'_>) -> String {
    let mut text = String::new();
    for item in &report.items {
        let (project, diagnostic) = (item.project, item.diagnostic);
        let (first, rest) = diagnostic.severity.name().split_at(1);
        let mut line = format!(
            "{}{rest} in {}: {}.",
            first.to_uppercase(),
            place(project, diagnostic.span),
            diagnostic.message
        );
        // Writing to a string cannot fail.
        if let Some(label) = &diagnostic.label {
            _ = write!(line, " There: {label}.");
        }
        for label in &diagnostic.labels {
            _ = write!(
                line,
                " In {}: {}.",
                place(project, label.span),
                label.message
            );
        }
        for call in &diagnostic.trace {
            _ = write!(
                line,
                " Called by {} in {}.",
                call.function,
                place(project, call.span)
            );
        }
        if let Some(help) = &diagnostic.help {
            let end = if help.ends_with('?') { "" } else { "." };
            _ = write!(line, " Help: {help}{end}");
        }
        if let Some(fix) = &diagnostic.fix {
            let option = match fix.safety {
                Safety::Safe => "--fix",
                Safety::Unsafe => "--fix --unsafe-fixes",
            };
            _ = write!(line, " With {option}: {}.", fix.message);
        }
        _ = write!(line, " Rule: {}.", diagnostic.rule.name);
        _ = writeln!(text, "{}", one_line(&line));
    }
    text
}

fn place(project: &Checked, span: Span) -> String {
    let start = project.position(span, span.start);
    format!(
        "{}, line {}, column {}",
        project.path_of(span),
        start.line,
        start.column
    )
}
