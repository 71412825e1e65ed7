//! What is wrong with a text that is no YAML, in words for the one who wrote it.
//!
//! The parser says where it could not go on. Where that is not where the mistake
//! is (a bracket that is never closed), the place is looked for here.

mod indentation;
mod text;

use std::ops::Range;

use granit_parser::ErrorKind;

use super::build::{MAX_NESTING, Stop};
use super::conflict::Conflict;
use super::place::{Place, indent_of, line_start};
use super::scalar::quoted;
use crate::diagnostic::{Edit, Fix, Safety};
use crate::source::{FileId, Span};

/// A place where a text is no YAML.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) fix: Option<Fix>,
}

/// What to overwrite so that the rest of a text can be read.
#[derive(Clone, Debug)]
pub(super) enum LeaveOut {
    /// The rest cannot be read.
    Nothing,
    /// The line of this byte with all that is indented deeper below.
    Entry(usize),
    Range(Range<usize>),
    /// The tabs that indent lines.
    Tabs,
}

/// What is wrong where the parser stopped, and what to leave out to go on.
pub(super) fn explain(file: FileId, text: &str, stop: &Stop) -> (Problem, LeaveOut) {
    let place = Place { file, text };
    if let Some(found) = unclosed_bracket(place, stop) {
        return found;
    }
    let at = stop.at;
    match &stop.kind {
        ErrorKind::RecursionLimitExceeded => place.nested_too_deep(at),
        ErrorKind::UnclosedFlowCollection { .. } => place.unclosed(at),
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            place.unclosed_quote(at)
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => place.after_quote(stop),
        ErrorKind::MappingValueNotAllowed => place.colon(stop),
        ErrorKind::SimpleKeyExpected => place.not_a_key(at),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation => place.indentation(at),
        ErrorKind::ExpectedBlockSequenceEntry => place.not_an_item(at),
        ErrorKind::BlockSequenceEntryNotAllowed => place.item_behind_key(at),
        ErrorKind::ExpectedDocumentStart => place.outside_document(at),
        ErrorKind::UnexpectedCharacter {
            character: character @ ('@' | '`' | '%'),
        } => place.reserved(*character, at),
        ErrorKind::MisplacedFlowCollectionEnd => place.closes_nothing(at),
        ErrorKind::UnknownQuotedScalarEscape => place.escape(at),
        kind => place.tab(kind, at).unwrap_or_else(|| place.other(kind, at)),
    }
}

/// An alias whose anchor does not exist.
pub(super) fn unresolved_alias(text: &str, alias: Span) -> Problem {
    let written = text.get(alias.range()).unwrap_or_default();
    let name = written.trim_start_matches('*');
    Problem {
        span: alias,
        message: format!("`{written}` refers to the anchor `&{name}`, which is not set before"),
        help: Some(format!(
            "to write a text that begins with `*`, quote it: `{}`",
            quoted(written)
        )),
        fix: None,
    }
}

/// What a merge left.
pub(super) fn unresolved_conflict(file: FileId, conflict: &Conflict) -> Problem {
    let problem = Problem {
        span: Span::new(file, conflict.mark.clone()),
        message: "a merge conflict is not resolved".to_owned(),
        help: None,
        fix: None,
    };
    problem.help("keep what is right of both sides, and remove the marks")
}

/// An error inside a bracket that began on an earlier line, or at the end of the
/// file, is mostly that bracket's: its end is missing.
fn unclosed_bracket(place: Place<'_>, stop: &Stop) -> Option<(Problem, LeaveOut)> {
    let open = stop.open_bracket?;
    let is_at_end = place.text[stop.at..].trim().is_empty();
    let is_below = place.text.get(open..stop.at)?.contains('\n');
    if stop.kind == ErrorKind::RecursionLimitExceeded || !(is_at_end || is_below) {
        return None;
    }
    if let Some(end) = place.closing(open).filter(|end| *end > stop.at) {
        return place.missing_comma(open..end, stop);
    }
    Some(place.unclosed(open))
}

impl Place<'_> {
    /// Where the bracket at `open` is closed, if it is.
    fn closing(self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut quote = None;
        for (offset, character) in self.text[open..].char_indices() {
            match (quote, character) {
                (Some(open), character) if open == character => quote = None,
                (None, '"' | '\'') => quote = Some(character),
                (None, '[' | '{') => depth += 1,
                (None, ']' | '}') => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 {
                return Some(open + offset + 1);
            }
        }
        None
    }

    /// In brackets over several lines, an entry follows one without a comma between.
    fn missing_comma(self, brackets: Range<usize>, stop: &Stop) -> Option<(Problem, LeaveOut)> {
        let is_separator = matches!(
            stop.kind,
            ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator
        );
        if !is_separator {
            return None;
        }
        let next = line_start(self.text, stop.at);
        let before = self.text.get(brackets.start..next)?.trim_end().len();
        let behind = brackets.start + before;
        let problem = self
            .problem(
                self.rest_of_line(next + indent_of(&self.text[next..])),
                "a `,` is missing before this entry",
            )
            .help("write a `,` behind the entry above")
            .fix(Safety::Unsafe, "insert a comma", behind..behind, ',');
        Some((problem, LeaveOut::Range(brackets)))
    }

    /// The bracket at `open` has no end.
    fn unclosed(self, open: usize) -> (Problem, LeaveOut) {
        let (bracket, closing) = match self.text.as_bytes().get(open) {
            Some(b'{') => ('{', '}'),
            _ => ('[', ']'),
        };
        let problem = self
            .problem(open..open + 1, format!("this `{bracket}` is not closed"))
            .help(format!("write a `{closing}` behind its last entry"));
        (problem, LeaveOut::Entry(open))
    }

    fn nested_too_deep(self, at: usize) -> (Problem, LeaveOut) {
        let message = format!("more than {MAX_NESTING} lists and mappings are nested here");
        let problem = self.problem(self.character(at), message);
        (problem.help("is this the right file?"), LeaveOut::Nothing)
    }

    fn other(self, kind: &ErrorKind, at: usize) -> (Problem, LeaveOut) {
        let span = self.character(at);
        let problem = self.problem(span, format!("this is no YAML: {kind}"));
        (problem, LeaveOut::Entry(at))
    }

    pub(super) fn problem(self, range: Range<usize>, message: impl Into<String>) -> Problem {
        Problem {
            span: Span::new(self.file, range),
            message: message.into(),
            help: None,
            fix: None,
        }
    }
}

impl Problem {
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn fix(
        mut self,
        safety: Safety,
        message: impl Into<String>,
        range: Range<usize>,
        text: impl Into<String>,
    ) -> Self {
        self.fix = Some(Fix {
            message: message.into(),
            safety,
            edits: vec![Edit {
                span: Span::new(self.span.file, range),
                text: text.into(),
            }],
        });
        self
    }
}

/// At most 40 characters of `text`.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
