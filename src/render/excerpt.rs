//! The lines of a file that a diagnostic speaks of, cut to the terminal's width
//! and safe to show, and the drawing of labels below them.
//!
//! Only here is `miette` known. It gets the few lines that are shown, never the
//! file: it would read that from the start for every label.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::Checked;
use super::full::Terminal;
use super::line::Line;
use super::text::{one_line, width, wrap};
use crate::diagnostic::Severity;
use crate::source::{FileId, SourceFile, Span};

/// How far apart the lines of two labels may be to be shown together, with what is
/// between them.
pub(crate) const MAX_GAP: usize = 6;

/// The most lines of one label that are shown. Of a longer one, the first line is.
pub(crate) const MAX_LABEL_LINES: usize = 6;

/// The narrowest column that a label's words are wrapped to.
pub(crate) const MIN_LABEL_WIDTH: usize = 16;

/// A place with words about it.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    pub(crate) message: Option<String>,
    pub(crate) is_primary: bool,
}

/// Some lines of one file, with labels.
pub(crate) struct Excerpt {
    path: String,
    /// The shown lines, one after the other, each with a line break.
    text: String,
    lines: Vec<ShownLine>,
    labels: Vec<ShownLabel>,
    /// Labels that cannot be drawn, as place and words.
    pub(crate) left_over: Vec<(String, String)>,
}

struct ShownLine {
    /// The line's number, from 1.
    number: usize,
    /// Where it stands in the excerpt's text, with its line break.
    range: Range<usize>,
}

struct ShownLabel {
    /// Where it stands in the excerpt's text.
    range: Range<usize>,
    message: Option<String>,
    is_primary: bool,
    /// Its column in the file, from 1.
    column: usize,
}

/// A mark with its lines, and its bytes in the first and the last of them.
struct Placed {
    mark: Mark,
    first: usize,
    last: usize,
    start: usize,
    end: usize,
    column: usize,
}

impl Excerpt {
    pub(crate) fn new(
        project: &Checked,
        file: FileId,
        marks: Vec<Mark>,
        terminal: Terminal,
    ) -> Self {
        let source = project.analysis.sources.file(file);
        let path = match marks.first() {
            Some(mark) => one_line(&project.path_of(mark.span)).into_owned(),
            None => String::new(),
        };
        let mut excerpt = Self {
            path,
            text: String::new(),
            lines: Vec::new(),
            labels: Vec::new(),
            left_over: Vec::new(),
        };
        let mut placed = Vec::new();
        for mark in marks {
            let mark = Placed::new(source, mark);
            if placed.iter().any(|other| mark.covers_part_of(other)) {
                excerpt.leave_over(&mark);
            } else {
                placed.push(mark);
            }
        }
        excerpt.fill(source, placed, terminal);
        excerpt
    }

    fn leave_over(&mut self, mark: &Placed) {
        if let Some(message) = &mark.mark.message {
            let place = format!("{}:{}:{}", self.path, mark.first, mark.column);
            self.left_over.push((place, message.clone()));
        }
    }

    /// Lays out the lines with labels and one line around each.
    fn fill(&mut self, source: &SourceFile, marks: Vec<Placed>, terminal: Terminal) {
        let mut anchors: BTreeMap<usize, Option<Range<usize>>> = BTreeMap::new();
        for mark in &marks {
            let around = mark.first.saturating_sub(1).max(1)..=mark.last + 1;
            for number in around.filter(|number| *number <= shown_line_count(source)) {
                anchors.entry(number).or_default();
            }
            for number in mark.first..=mark.last {
                let anchor = anchors.entry(number).or_default();
                if anchor.is_none() || mark.mark.is_primary {
                    *anchor = Some(mark.range_in(number, source));
                }
            }
        }
        let numbers: Vec<usize> = anchors.keys().copied().collect();
        for pair in numbers
            .windows(2)
            .filter(|pair| pair[1] - pair[0] <= MAX_GAP)
        {
            for between in pair[0] + 1..pair[1] {
                anchors.insert(between, None);
            }
        }
        let gutter = anchors.keys().last().map_or(1, |it| it.to_string().len()) + 4;
        let arrows = if marks.iter().any(|it| it.first < it.last) {
            4
        } else {
            0
        };
        let room = terminal.width - gutter - arrows;

        let mut laid_out = BTreeMap::new();
        for (number, anchor) in anchors {
            let text = &source.text[source.line_range(number)];
            let line = Line::new(text, anchor, room, terminal.has_unicode);
            let start = self.text.len();
            self.text.push_str(&line.text);
            self.text.push('\n');
            let range = start..self.text.len();
            self.lines.push(ShownLine { number, range });
            laid_out.insert(number, (start, line));
        }
        for mark in marks {
            let at = |number: usize, byte: usize| {
                let (start, line) = laid_out.get(&number)?;
                Some(start + line.shown(byte)?)
            };
            match (at(mark.first, mark.start), at(mark.last, mark.end)) {
                (Some(start), end) => {
                    // What is cut off at the right is marked up to there.
                    let line_end = || laid_out.get(&mark.last).map(|(at, it)| at + it.text.len());
                    let end = end.or_else(line_end).unwrap_or(start).max(start);
                    self.labels.push(mark.shown(start..end, &self.text, room));
                }
                (None, _) => self.leave_over(&mark),
            }
        }
    }

    /// The lines with their labels.
    pub(crate) fn draw(&self, severity: Severity, terminal: Terminal) -> String {
        let mut theme = GraphicalTheme {
            characters: if terminal.has_unicode {
                ThemeCharacters::unicode()
            } else {
                ThemeCharacters::ascii()
            },
            styles: if terminal.has_color {
                ThemeStyles::ansi()
            } else {
                ThemeStyles::none()
            },
        };
        let primary = match severity {
            Severity::Error => theme.styles.error,
            Severity::Warning => theme.styles.warning,
            Severity::Advice => theme.styles.advice,
        };
        // Styles are given to labels in the order of their places.
        let mut labels: Vec<_> = self.labels.iter().collect();
        labels.sort_by_key(|label| label.range.start);
        let style = |label: &&ShownLabel| match label.is_primary {
            true => primary,
            false => theme.styles.help,
        };
        theme.styles.highlights = labels.iter().map(style).collect();
        if labels.is_empty() {
            return String::new();
        }
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(terminal.width)
            .with_links(false)
            .without_syntax_highlighting()
            .with_context_lines(1);
        let mut drawn = String::new();
        if handler.render_report(&mut drawn, self).is_err() {
            return String::new();
        }
        // The first line is for the message, which is written elsewhere.
        let lines = drawn.lines().skip(1);
        lines.map(|line| format!("{}\n", line.trim_end())).collect()
    }
}

impl Placed {
    fn new(source: &SourceFile, mark: Mark) -> Self {
        let position = source.position(mark.span.start as usize);
        let (first, mut last) = (position.line, source.position(mark.span.end as usize).line);
        let line = source.line_range(first);
        // A label that ends in a line break ends on the line before it.
        let end = mark.span.end as usize;
        if last > first && end == source.line_range(last).start {
            last -= 1;
        }
        let is_too_long = last - first >= MAX_LABEL_LINES;
        let last = if is_too_long { first } else { last };
        let last_line = source.line_range(last);
        Self {
            first,
            last,
            start: position.offset.clamp(line.start, line.end) - line.start,
            end: end.clamp(last_line.start, last_line.end) - last_line.start,
            column: position.column,
            mark,
        }
    }

    /// The mark's bytes in the line `number`, which it touches.
    fn range_in(&self, number: usize, source: &SourceFile) -> Range<usize> {
        let start = if number == self.first { self.start } else { 0 };
        let end = match number == self.last {
            true => self.end,
            false => source.line_range(number).len(),
        };
        start..end.max(start)
    }

    /// Whether both share text of one line; drawings of such labels are misleading.
    fn covers_part_of(&self, other: &Self) -> bool {
        let start = |it: &Self| (it.first, it.start);
        let end = |it: &Self| (it.last, it.end.max(it.start + 1));
        start(self) < end(other) && start(other) < end(self)
    }

    fn shown(self, range: Range<usize>, text: &str, room: usize) -> ShownLabel {
        let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let middle = if self.first == self.last {
            width(&text[line_start..range.start]) + width(&text[range.clone()]) / 2
        } else {
            0
        };
        let room = room.saturating_sub(middle + 4).max(MIN_LABEL_WIDTH);
        let message = self.mark.message.as_deref();
        ShownLabel {
            range,
            message: message.map(|it| wrap(&one_line(it), room, 0).join("\n")),
            is_primary: self.mark.is_primary,
            column: self.column,
        }
    }
}

/// How many lines can be shown: the empty line after the last line break is none.
fn shown_line_count(source: &SourceFile) -> usize {
    let count = source.line_count();
    if count > 1 && source.line_range(count).is_empty() {
        count - 1
    } else {
        count
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let line_of = |offset: usize| self.lines.partition_point(|it| it.range.end <= offset);
        let (start, end) = (span.offset(), span.offset() + span.len());
        let first = line_of(start);
        let last = line_of(end.saturating_sub(1).max(start));
        let number = |index: usize| self.lines.get(index).map(|line| line.number);
        // Lines that do not follow each other are no context of each other.
        let is_gapless = |from: usize, to: usize| match (number(from), number(to)) {
            (Some(a), Some(b)) => b - a == to - from,
            _ => false,
        };
        if !is_gapless(first, last) {
            return Err(MietteError::OutOfBounds);
        }
        // The excerpt holds what is to be seen and no more, so all of it is context.
        let mut from = first;
        while context_lines_before > 0 && from > 0 && is_gapless(from - 1, first) {
            from -= 1;
        }
        let mut to = last;
        while context_lines_after > 0 && is_gapless(last, to + 1) {
            to += 1;
        }
        let range = self.lines[from].range.start..self.lines[to].range.end;
        // Without context, the place of a label is asked for.
        let label = self.labels.iter().find(|it| it.range.start == start);
        let column = match label {
            Some(label) if context_lines_before == 0 => label.column - 1,
            _ => 0,
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone(),
            &self.text.as_bytes()[range.clone()],
            SourceSpan::new(range.start.into(), range.len()),
            self.lines[from].number - 1,
            column,
            to - from + 1,
        )))
    }
}

impl miette::Diagnostic for Excerpt {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().map(|label| {
            let place = SourceSpan::new(label.range.start.into(), label.range.len());
            let message = label.message.clone();
            match label.is_primary {
                true => LabeledSpan::new_primary_with_span(message, place),
                false => LabeledSpan::new_with_span(message, place),
            }
        })))
    }
}

impl std::error::Error for Excerpt {}

impl fmt::Display for Excerpt {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}
