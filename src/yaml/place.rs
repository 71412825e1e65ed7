//! Looking around in a text: lines, their indentation, their first words.

use std::ops::Range;

use crate::source::FileId;

/// What may stand before the first letter of a line.
pub(super) const BLANK: [char; 4] = [' ', '\t', '\r', '\u{feff}'];

/// Where to look.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) file: FileId,
    pub(super) text: &'t str,
}

impl<'t> Place<'t> {
    /// From `at` to the end of its line, without a comment and blanks at its end.
    pub(super) fn rest_of_line(self, at: usize) -> Range<usize> {
        let rest = &self.text[at..line_end(self.text, at)];
        let comment = rest.find(" #").unwrap_or(rest.len());
        at..at + rest[..comment].trim_end().len()
    }

    pub(super) fn character(self, at: usize) -> Range<usize> {
        let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
        at..at + length
    }

    /// The first word of the line at `at`.
    pub(super) fn key_of(self, at: usize) -> &'t str {
        let line = &self.text[line_start(self.text, at)..line_end(self.text, at)];
        let line = line.trim_matches(BLANK);
        line.split([':', ' ']).next().unwrap_or(line)
    }

    /// The indentations of the entries that `line` could belong to.
    pub(super) fn indents_above(self, line: usize) -> Vec<usize> {
        let mut indents = Vec::new();
        let mut bound = usize::MAX;
        for above in self.text[..line].lines().rev() {
            let indent = indent_of(above);
            if above.trim().is_empty() || above.trim_start().starts_with('#') || indent >= bound {
                continue;
            }
            indents.push(indent);
            bound = indent;
            if indent == 0 {
                break;
            }
        }
        indents
    }

    /// How far one step of the file's own indentation is.
    pub(super) fn indent_unit(self) -> usize {
        let indents = self.lines().map(|(_, line)| {
            let rest = line.trim_start_matches(' ');
            (line.len() - rest.len(), rest.trim().is_empty())
        });
        let used = indents.filter(|(indent, is_blank)| *indent > 0 && !is_blank);
        used.map(|it| it.0).min().unwrap_or(2)
    }

    pub(super) fn lines(self) -> impl Iterator<Item = (usize, &'t str)> {
        let mut start = 0;
        self.text.split_inclusive('\n').map(move |line| {
            let at = start;
            start += line.len();
            (at, line)
        })
    }
}

/// How many bytes of white space begin `line`. A byte order mark is none.
pub(super) fn indent_of(line: &str) -> usize {
    line.bytes()
        .take_while(|it| matches!(it, b' ' | b'\t'))
        .count()
}

/// Where the line of the byte `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.rfind('\n').map_or(0, |line_break| line_break + 1)
}

/// Where the line of the byte `at` ends, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let end = rest.find('\n').unwrap_or(rest.len());
    at.min(text.len()) + end
}
