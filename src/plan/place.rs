//! Where a line of the plan was decided.

use std::cell::Cell;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::{SourceMap, Span};

/// A place in a file of the project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Place {
    /// The file, from the project's root.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode scalar values, from 1.
    pub column: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

/// Turns spans into places.
///
/// Counting columns from the start of the line for each of thousands of hosts
/// on one line would take time in the square of its length, so a place that
/// follows the one before it is counted from there.
pub(super) struct Places<'a> {
    sources: &'a SourceMap,
    last: Cell<Option<(Span, usize, usize)>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a SourceMap) -> Self {
        Self {
            sources,
            last: Cell::new(None),
        }
    }

    /// The place where `span` starts.
    pub(super) fn of(&self, span: Span) -> Place {
        let file = self.sources.file(span.file);
        let (line, column) = self.following(span).unwrap_or_else(|| {
            let position = file.position(span.start as usize);
            (position.line, position.column)
        });
        self.last.set(Some((span, line, column)));
        Place {
            path: file.path.clone(),
            line,
            column,
        }
    }

    /// Line and column of `span`, if it stands behind the last one on the same line.
    fn following(&self, span: Span) -> Option<(usize, usize)> {
        let (last, line, column) = self.last.get()?;
        if last.file != span.file {
            return None;
        }
        let text = &self.sources.file(span.file).text;
        let between = text.get(last.start as usize..span.start as usize)?;
        // A byte order mark takes no column; only the first place can have it before itself.
        if between.contains(['\n', '\u{feff}']) {
            return None;
        }
        Some((line, column + between.chars().count()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_same_in_any_order() {
        let mut sources = SourceMap::default();
        let text = "\u{feff}a = [\"ä\", \"b\"]\r\nc = [\"d\",\n \"e\", \"f\"]";
        let file = sources.add("x.raftt", text);
        let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let check = |offsets: &mut dyn Iterator<Item = &usize>| {
            let places = Places::new(&sources);
            for offset in offsets {
                let place = places.of(Span::new(file, *offset..*offset));
                let position = sources.file(file).position(*offset);
                let expected = (position.line, position.column);
                assert_eq!((place.line, place.column), expected, "at byte {offset}");
            }
        };
        check(&mut offsets.iter());
        check(&mut offsets.iter().rev());
        check(&mut offsets.iter().step_by(3));
    }
}
