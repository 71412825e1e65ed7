//! The registry hosts that files mention: listed for a helper, or in an image.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Edit, Frame, Safety};
use crate::kubernetes::Workload;
use crate::names::{MistakeKind, RegistryMistake};
use crate::rule::Rule;
use crate::source::{Located, SourceMap, Span};

/// A text that names a registry, and what is wrong with that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention<'a> {
    /// The text: a registry, or an image with its registry first.
    pub(crate) text: &'a Located<String>,
    /// Its mistakes, with the bytes that are wrong.
    pub(crate) mistakes: &'a [RegistryMistake],
    /// Where the host without its port begins in the text, and where it ends.
    pub(crate) host: (usize, usize),
    /// Whose image it is, where its place does not show that.
    pub(crate) owner: Option<&'a Workload>,
    /// How the script came there.
    pub(crate) trace: &'a [Frame],
    pub(crate) sources: &'a SourceMap,
}

impl<'a> Mention<'a> {
    /// The host without its port, in lower case.
    pub(crate) fn name(&self) -> String {
        let (start, end) = self.host;
        self.text.value[start..end].to_ascii_lowercase()
    }

    /// What `pick` picks of the mistakes, with the bytes that are wrong.
    pub(crate) fn found<T>(
        &self,
        pick: impl Fn(&'a MistakeKind) -> Option<T>,
    ) -> impl Iterator<Item = (T, Range<usize>)> {
        let mistakes = self.mistakes.iter();
        mistakes.filter_map(move |it| Some((pick(&it.kind)?, it.range.clone())))
    }

    /// A diagnostic at `range` of the text, or at the whole text where the
    /// file does not show it letter by letter.
    pub(crate) fn at(
        &self,
        rule: &'static Rule,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let inside = self.inside(self.text.span, range.clone());
        let origin = self.origin(range);
        let message = worded(message.into(), self.owner);
        rule.at(inside.unwrap_or(self.text.span), message)
            .decided_at(origin)
            .trace(self.trace)
    }

    /// Offers to replace ranges of the text, where the file shows it. What is
    /// decided elsewhere may be used elsewhere, too.
    pub(crate) fn fix(
        &self,
        diagnostic: Diagnostic,
        message: impl Into<String>,
        changes: &[(Range<usize>, &str)],
    ) -> Diagnostic {
        let edits = |place: &dyn Fn(Range<usize>) -> Option<Span>| -> Option<Vec<Edit>> {
            let edits = changes.iter().map(|(range, text)| {
                Some(Edit {
                    span: place(range.clone())?,
                    text: (*text).to_owned(),
                })
            });
            edits.collect()
        };
        let at = |literal: Span| edits(&|range| self.inside(literal, range));
        if let Some(edits) = at(self.text.span) {
            return diagnostic.fix_all(Safety::Safe, message, edits);
        }
        let pieces = || edits(&|range| self.piece(range));
        match self.text.origin.and_then(at).or_else(pieces) {
            Some(edits) => diagnostic.fix_all(Safety::Unsafe, message, edits),
            None => diagnostic,
        }
    }

    /// Offers to replace ranges of the text by what is only probably meant.
    pub(crate) fn guess(
        &self,
        diagnostic: Diagnostic,
        message: impl Into<String>,
        changes: &[(Range<usize>, &str)],
    ) -> Diagnostic {
        let mut diagnostic = self.fix(diagnostic, message, changes);
        if let Some(fix) = &mut diagnostic.fix {
            fix.safety = Safety::Unsafe;
        }
        diagnostic
    }

    /// Where `range` of the text was decided: the literal that shows it, or the
    /// place that decided the whole.
    fn origin(&self, range: Range<usize>) -> Option<Span> {
        let origin = self.text.origin;
        let shown = origin.and_then(|origin| self.inside(origin, range.clone()));
        shown.or_else(|| self.piece(range)).or(origin)
    }

    /// The place of `range` of the text in the only literal that could have
    /// become that part of it.
    fn piece(&self, range: Range<usize>) -> Option<Span> {
        let part = self.text.value.get(range)?;
        if part.is_empty() {
            return None;
        }
        let pieces = self.text.pieces.iter();
        let mut pieces = pieces.filter(|piece| piece.text.contains(part));
        let piece = pieces.next()?;
        if pieces.any(|other| other.span != piece.span) {
            return None;
        }
        let start = piece.text.find(part)?;
        let range = start..start + part.len();
        self.sources.inside(piece.span, &piece.text, range)
    }

    fn inside(&self, literal: Span, range: Range<usize>) -> Option<Span> {
        self.sources.inside(literal, &self.text.value, range)
    }
}

/// `message`, and whose image it speaks of.
pub(crate) fn worded(message: String, owner: Option<&Workload>) -> String {
    match owner {
        Some(owner) => format!("{message}, in {}", owner.in_words()),
        None => message,
    }
}
