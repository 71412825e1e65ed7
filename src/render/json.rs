//! Diagnostics for programs: the document that `check --output-format json` prints.
//!
//! `schemas/diagnostics.schema.json` is generated from these types.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Checked, Item, Report};
use crate::diagnostic::{Edit, Fix, Safety, Severity};
use crate::source::Span;

/// The report as a JSON document that ends in a line break. Equal reports give
/// equal bytes.
#[must_use]
pub fn json(report: &Report<'_>) -> String {
    let document = Document::of(report);
    // Strings, numbers and lists always serialize.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// What `raftt-config check --output-format json` prints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "raftt-config diagnostics")]
pub struct Document {
    /// The version of this format. It grows when a reader would have to change.
    #[schemars(extend("const" = 1))]
    pub version: u32,
    /// The project files that were checked, and the scripts that were checked alone,
    /// from the working directory, `/` between the parts.
    pub projects: Vec<String>,
    /// What was found, by path and offset.
    pub diagnostics: Vec<DiagnosticRecord>,
    /// How many diagnostics there are of each severity.
    pub summary: Summary,
}

/// One thing that is wrong.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Diagnostic")]
pub struct DiagnosticRecord {
    /// The name of the rule that found it; `raftt-config explain NAME` says more.
    #[schemars(extend("pattern" = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub rule: &'static str,
    /// How bad it is.
    pub severity: SeverityName,
    /// What is wrong. Readable alone.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Where the rule's documentation stands on the web.
    pub url: Option<String>,
    /// The smallest text that is wrong.
    pub location: Location,
    /// Other places that matter, and words about the place itself.
    pub labels: Vec<LabelRecord>,
    /// The calls that led there, outermost first.
    pub trace: Vec<FrameRecord>,
    /// The change that mends it, if there is one.
    pub fix: Option<FixRecord>,
}

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Severity")]
pub enum SeverityName {
    /// It will not work.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing; nothing needs to change.
    Advice,
}

/// A range of a file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Location {
    /// The file, from the working directory, `/` between the parts.
    pub path: String,
    /// The first character.
    pub start: Place,
    /// The character after the last one.
    pub end: Place,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Position")]
pub struct Place {
    /// The line, from 1.
    #[schemars(range(min = 1))]
    pub line: usize,
    /// The column in Unicode scalar values, from 1.
    #[schemars(range(min = 1))]
    pub column: usize,
    /// The offset in bytes, from 0.
    pub offset: usize,
    /// The column in UTF-16 code units, from 1, for formats that count in these.
    #[serde(skip)]
    pub(super) utf16_column: usize,
}

/// A place that explains a diagnostic.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Label")]
pub struct LabelRecord {
    /// What the place has to do with the diagnostic.
    pub message: String,
    /// The place.
    pub location: Location,
}

/// A call on the way to a diagnostic.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Frame")]
pub struct FrameRecord {
    /// The function that was called.
    pub function: String,
    /// The call.
    pub location: Location,
}

/// A change that mends a diagnostic.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Fix")]
pub struct FixRecord {
    /// What the change does, as an order.
    pub message: String,
    /// Whether the change may be made without being looked at.
    pub safety: SafetyName,
    /// Replacements that do not overlap.
    pub edits: Vec<EditRecord>,
}

/// Whether a fix may be made without being looked at.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Safety")]
pub enum SafetyName {
    /// The right text is certain.
    Safe,
    /// Probably right; it may change what the file means.
    Unsafe,
}

/// A replacement of one range of text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Edit")]
pub struct EditRecord {
    /// The file, from the working directory, `/` between the parts.
    pub path: String,
    /// The first character to replace.
    pub start: Place,
    /// The character after the last one.
    pub end: Place,
    /// The new text.
    pub text: String,
}

/// How many diagnostics there are of each severity.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Pieces of advice.
    pub advice: usize,
}

impl Document {
    /// The report as plain data.
    #[must_use]
    pub fn of(report: &Report<'_>) -> Self {
        let counts = report.counts();
        Self {
            version: 1,
            projects: report.projects.iter().map(Checked::path).collect(),
            diagnostics: report.items.iter().map(DiagnosticRecord::of).collect(),
            summary: Summary {
                errors: counts.errors,
                warnings: counts.warnings,
                advice: counts.advice,
            },
        }
    }
}

impl DiagnosticRecord {
    pub(super) fn of(item: &Item<'_>) -> Self {
        let Item {
            project,
            diagnostic,
        } = item;
        let location = |span| Location::of(project, span);
        let own = diagnostic
            .label
            .iter()
            .map(|label| (label, diagnostic.span));
        let others = diagnostic.labels.iter().map(|it| (&it.message, it.span));
        Self {
            rule: diagnostic.rule.name,
            severity: match diagnostic.severity {
                Severity::Error => SeverityName::Error,
                Severity::Warning => SeverityName::Warning,
                Severity::Advice => SeverityName::Advice,
            },
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            url: Some(diagnostic.rule.url()),
            location: location(diagnostic.span),
            labels: own
                .chain(others)
                .map(|(message, span)| LabelRecord {
                    message: message.clone(),
                    location: location(span),
                })
                .collect(),
            trace: diagnostic
                .trace
                .iter()
                .map(|frame| FrameRecord {
                    function: frame.function.clone(),
                    location: location(frame.span),
                })
                .collect(),
            fix: diagnostic.fix.as_ref().map(|it| FixRecord::of(project, it)),
        }
    }
}

impl FixRecord {
    fn of(project: &Checked, fix: &Fix) -> Self {
        Self {
            message: fix.message.clone(),
            safety: match fix.safety {
                Safety::Safe => SafetyName::Safe,
                Safety::Unsafe => SafetyName::Unsafe,
            },
            edits: fix
                .edits
                .iter()
                .map(|it| EditRecord::of(project, it))
                .collect(),
        }
    }
}

impl EditRecord {
    fn of(project: &Checked, edit: &Edit) -> Self {
        let Location { path, start, end } = Location::of(project, edit.span);
        Self {
            path,
            start,
            end,
            text: edit.text.clone(),
        }
    }
}

impl Location {
    fn of(project: &Checked, span: Span) -> Self {
        Self {
            path: project.path_of(span),
            start: Place::of(project, span, span.start),
            end: Place::of(project, span, span.end),
        }
    }
}

impl Place {
    fn of(project: &Checked, span: Span, offset: u32) -> Self {
        let file = project.analysis.sources.file(span.file);
        let position = project.position(span, offset);
        Self {
            line: position.line,
            column: position.column,
            offset: position.offset,
            utf16_column: position.column + file.surrogates(position),
        }
    }
}
