//! The Reviewdog Diagnostic Format. Its columns count bytes.

use serde_json::{Value, json};

use super::{Item, Report};
use crate::diagnostic::Severity;
use crate::source::Span;

/// The report as one document of the format.
#[must_use]
pub fn rdjson(report: &Report<'_>) -> String {
    let diagnostics: Vec<_> = report.items.iter().map(diagnostic).collect();
    let document = json!({
        "source": {"name": "raftt-config", "url": crate::rule::REPOSITORY},
        "diagnostics": diagnostics,
    });
    format!("{document:#}\n")
}

fn diagnostic(item: &Item<'_>) -> Value {
    let diagnostic = item.diagnostic;
    let path = item.project.path_of(diagnostic.span);
    let fix = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
    // Suggestions are about the file of the diagnostic.
    let fix = fix.filter(|edit| edit.span.file == diagnostic.span.file);
    let suggestions: Vec<_> = fix
        .map(|edit| json!({"range": range(item, edit.span), "text": edit.text}))
        .collect();
    json!({
        "message": diagnostic.message,
        "location": {"path": path, "range": range(item, diagnostic.span)},
        "severity": match diagnostic.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Advice => "INFO",
        },
        "code": {"value": diagnostic.rule.name, "url": diagnostic.rule.url()},
        "suggestions": suggestions,
    })
}

fn range(item: &Item<'_>, span: Span) -> Value {
    let text = &item.project.analysis.sources.file(span.file).text;
    let place = |offset: u32| {
        let line = item.project.position(span, offset).line;
        let before = text.get(..offset as usize).unwrap_or(text);
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1;
        json!({"line": line, "column": column})
    };
    json!({"start": place(span.start), "end": place(span.end)})
}
