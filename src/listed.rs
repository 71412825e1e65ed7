//! The registries that a script lists, each with its mistakes.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::names::{MistakeKind, Provider};
use crate::plan::{ReadCall, ReadHost};
use crate::rule::Rule;
use crate::script::CredHelperCall;
use crate::source::{Located, SourceMap, Span};

/// A registry that a script lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed<'a> {
    /// The call that lists it.
    pub(crate) call: &'a CredHelperCall,
    /// The provider it is listed for; none when that is no provider.
    pub(crate) provider: Option<Provider>,
    /// The text, taken apart, with its mistakes.
    pub(crate) host: &'a ReadHost<'a>,
    /// Whether the plan knows it: it is not listed on another way through the
    /// script only.
    pub(crate) is_planned: bool,
    sources: &'a SourceMap,
}

/// Every registry that is listed, in order: by the calls that the plan knows, and
/// `elsewhere`.
pub(crate) fn listed<'a>(
    sources: &'a SourceMap,
    planned: &'a [ReadCall<'a>],
    elsewhere: &'a [ReadCall<'a>],
) -> Vec<Listed<'a>> {
    let of = |calls: &'a [ReadCall<'a>], is_planned| {
        calls.iter().flat_map(move |call| {
            call.hosts.iter().map(move |host| Listed {
                call: call.fact,
                provider: call.provider,
                host,
                is_planned,
                sources,
            })
        })
    };
    of(planned, true).chain(of(elsewhere, false)).collect()
}

impl<'a> Listed<'a> {
    /// The text as it is written.
    pub(crate) fn text(&self) -> &'a Located<String> {
        self.host.text
    }

    /// The host and its port, as they should have been written.
    pub(crate) fn clean(&self) -> String {
        self.host.clean.clone()
    }

    /// The host without its port, in lower case.
    pub(crate) fn name(&self) -> String {
        self.text().value[self.host.parts.host.clone()].to_ascii_lowercase()
    }

    /// What `pick` picks of the mistakes, with the bytes that are wrong.
    pub(crate) fn found<T>(
        &self,
        pick: impl Fn(&'a MistakeKind) -> Option<T>,
    ) -> impl Iterator<Item = (T, Range<usize>)> {
        self.host
            .mistakes
            .iter()
            .filter_map(move |it| Some((pick(&it.kind)?, it.range.clone())))
    }

    /// A diagnostic at `range` of the text, or at the whole element where the
    /// script does not show the text letter by letter.
    pub(crate) fn at(
        &self,
        rule: &'static Rule,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let inside = self.inside(self.text().span, range.clone());
        let origin = self.origin(range);
        rule.at(inside.unwrap_or(self.text().span), message)
            .decided_at(origin)
            .trace(&self.call.trace)
    }

    /// Offers to replace ranges of the text, where the script shows it. What is
    /// decided elsewhere may be used elsewhere, too.
    pub(crate) fn fix(
        &self,
        diagnostic: Diagnostic,
        message: impl Into<String>,
        changes: &[(Range<usize>, &str)],
    ) -> Diagnostic {
        let at = |literal: Span| -> Option<Vec<Edit>> {
            let edits = changes.iter().map(|(range, text)| {
                Some(Edit {
                    span: self.inside(literal, range.clone())?,
                    text: (*text).to_owned(),
                })
            });
            edits.collect()
        };
        if let Some(edits) = at(self.text().span) {
            return diagnostic.fix_all(Safety::Safe, message, edits);
        }
        let pieces = || -> Option<Vec<Edit>> {
            let edits = changes.iter().map(|(range, text)| {
                Some(Edit {
                    span: self.piece(range.clone())?,
                    text: (*text).to_owned(),
                })
            });
            edits.collect()
        };
        match self.text().origin.and_then(at).or_else(pieces) {
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
        let origin = self.text().origin;
        let shown = origin.and_then(|origin| self.inside(origin, range.clone()));
        shown.or_else(|| self.piece(range)).or(origin)
    }

    /// The place of `range` of the text in the only literal that could have
    /// become that part of it.
    fn piece(&self, range: Range<usize>) -> Option<Span> {
        let part = self.text().value.get(range)?;
        if part.is_empty() {
            return None;
        }
        let pieces = self.text().pieces.iter();
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
        self.sources.inside(literal, &self.text().value, range)
    }
}
