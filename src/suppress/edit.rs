//! Writes comments that silence diagnostics.

use std::collections::BTreeMap;
use std::ops::Range;

use super::comment::{self, Scope};
use super::layout::{Language, Layout, line_end, line_start};
use super::silence::{Comment, in_file};
use super::{RULES, language};
use crate::diagnostic::{Diagnostic, Edit};
use crate::script::ScriptFacts;
use crate::source::{FileId, SourceMap, Span};

/// How long a line may become, in characters, before the comment goes above it.
const MAX_WIDTH: usize = 100;

/// Rules about texts that could not be read: what is written into such a text may be no
/// comment.
const UNREADABLE: &[&str] = &[
    "invalid-yaml",
    "syntax-error",
    "undecodable-text",
    "unreadable-project-file",
    "unreadable-script",
];

/// Where a comment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Into the brackets of a comment that is there, before this closing one.
    Into(usize),
    /// At the end of the line that ends here.
    Behind(usize),
    /// Above the line that begins here.
    Above(usize),
    /// At the beginning of the file, for all of it.
    File(usize),
}

/// The edits that silence `diagnostics`, one for each comment. What cannot be silenced
/// is passed over: what is wrong with such comments themselves, what stands in files
/// without comments, and texts that could not be read.
pub(crate) fn ignore(
    sources: &SourceMap,
    script: &ScriptFacts,
    diagnostics: &[&Diagnostic],
    reason: Option<&str>,
) -> Vec<Edit> {
    let mut by_file: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let is_about_comments = RULES.iter().any(|it| it.name == diagnostic.rule.name);
        if !is_about_comments && !UNREADABLE.contains(&diagnostic.rule.name) {
            by_file
                .entry(diagnostic.span.file)
                .or_default()
                .push(diagnostic);
        }
    }
    let mut edits = Vec::new();
    for (file, diagnostics) in by_file {
        if let Some(language) = language(sources, script, file) {
            let text = File::new(language, file, &sources.file(file).text);
            edits.extend(text.ignore(&diagnostics, reason));
        }
    }
    edits
}

/// A file that comments are written to.
struct File<'t> {
    language: Language,
    file: FileId,
    text: &'t str,
    layout: Layout,
    comments: Vec<Comment>,
}

impl<'t> File<'t> {
    fn new(language: Language, file: FileId, text: &'t str) -> Self {
        let layout = Layout::of(language, file, text);
        let comments = match comment::may_be_in(text) {
            true => in_file(file, text, &layout, |_| false),
            false => Vec::new(),
        };
        Self {
            language,
            file,
            text,
            layout,
            comments,
        }
    }

    /// The edits that silence `diagnostics`, tried out: where a text is broken, what is
    /// written may be no comment.
    fn ignore(&self, diagnostics: &[&Diagnostic], reason: Option<&str>) -> Vec<Edit> {
        // Behind the line, above it, or not at all.
        let mut wanted: Vec<_> = diagnostics
            .iter()
            .map(|it| (*it, Place::Behind(0)))
            .collect();
        for (diagnostic, place) in &mut wanted {
            *place = self.place(diagnostic.span.range(), true);
        }
        let mut tries = 0;
        loop {
            let mut names: BTreeMap<Place, Vec<&str>> = BTreeMap::new();
            for (diagnostic, place) in &wanted {
                let names = names.entry(*place).or_default();
                if !names.contains(&diagnostic.rule.name) {
                    names.push(diagnostic.rule.name);
                }
            }
            let edits = names
                .into_iter()
                .map(|(place, names)| self.write(place, &names, reason));
            let mut edits: Vec<Edit> = edits.collect();
            edits.sort_by_key(|it| it.span);
            let after = After::of(self, &edits);
            let has_failed = |it: &(&Diagnostic, Place)| !after.silences(it.0);
            if !wanted.iter().any(has_failed) {
                return edits;
            }
            tries += 1;
            if tries == 1 {
                for one in wanted.iter_mut().filter(|it| has_failed(it)) {
                    one.1 = self.place(one.0.span.range(), false);
                }
            } else {
                wanted.retain(|it| !has_failed(it));
            }
        }
    }

    /// Where a comment for what stands at `range` is written.
    fn place(&self, range: Range<usize>, may_be_behind: bool) -> Place {
        let start = range.start.min(self.text.len());
        let first = line_start(self.text, start);
        let line = first..line_end(self.text, first.max(start));
        let code = match self.layout.comment_on(&line) {
            Some(comment) => line.start..comment.start,
            None => line.clone(),
        };
        if self.text[code.clone()].trim().is_empty() {
            return self.of_file();
        }
        if let Some(place) = self.existing(&line) {
            return place;
        }
        let is_in_text = self.layout.text_around(line.end).is_some();
        let width = self.text[line.clone()].chars().count();
        if may_be_behind && code.end == line.end && !is_in_text && width + 40 <= MAX_WIDTH {
            return Place::Behind(line.end);
        }
        // Above the line where the text begins that this line is a part of.
        let mut above = line.start;
        while let Some(around) = self.layout.text_around(above) {
            let start = line_start(self.text, around.start);
            if start >= above {
                break;
            }
            above = start;
        }
        if let Some(place) = self.existing(&(above..line_end(self.text, above))) {
            return place;
        }
        Place::Above(above)
    }

    /// A comment that speaks of `line` and takes more names.
    fn existing(&self, line: &Range<usize>) -> Option<Place> {
        let mut comments = self.comments.iter();
        let found = comments.find_map(|comment| {
            let directive = comment.content.as_ref().ok()?;
            let is_of_line = directive.scope == Scope::Line && comment.extent.start == line.start;
            is_of_line.then_some(comment.range.start + directive.closing)
        });
        found.map(Place::Into)
    }

    fn of_file(&self) -> Place {
        let mut comments = self.comments.iter();
        let found = comments.find_map(|comment| {
            let directive = comment.content.as_ref().ok()?;
            let is_of_file = directive.scope == Scope::File;
            is_of_file.then_some(Place::Into(comment.range.start + directive.closing))
        });
        found.unwrap_or(Place::File(line_start(self.text, 0)))
    }

    fn write(&self, place: Place, names: &[&str], reason: Option<&str>) -> Edit {
        let names = names.join(", ");
        let reason = reason.map_or_else(String::new, |it| format!(" {it}"));
        let comment = |scope: Scope| format!("# raftt: {}[{names}]{reason}", scope.word());
        let line_break = match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        };
        let (at, text) = match place {
            Place::Into(at) => {
                let before = self.text[..at].trim_end();
                let comma = if before.ends_with(',') { " " } else { ", " };
                (at, format!("{comma}{names}"))
            }
            Place::Behind(at) => {
                let blanks = self.text[..at].len() - self.text[..at].trim_end_matches(' ').len();
                let gap = " ".repeat(2_usize.saturating_sub(blanks));
                (at, format!("{gap}{}", comment(Scope::Line)))
            }
            Place::Above(at) => {
                let line = &self.text[at..];
                let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
                (at, format!("{indent}{}{line_break}", comment(Scope::Line)))
            }
            Place::File(at) => (at, format!("{}{line_break}", comment(Scope::File))),
        };
        Edit {
            span: Span::new(self.file, at..at),
            text,
        }
    }
}

/// A file after edits.
struct After<'e> {
    edits: &'e [Edit],
    text: String,
    comments: Vec<Comment>,
}

impl<'e> After<'e> {
    /// The file with `edits`, which are in their order.
    fn of(file: &File<'_>, edits: &'e [Edit]) -> Self {
        let mut text = String::with_capacity(file.text.len());
        let mut end = 0;
        for edit in edits {
            let at = edit.span.range().start;
            text.push_str(&file.text[end..at]);
            text.push_str(&edit.text);
            end = at;
        }
        text.push_str(&file.text[end..]);
        let comments = File::new(file.language, file.file, &text).comments;
        Self {
            edits,
            text,
            comments,
        }
    }

    /// Whether a comment silences `diagnostic`, which was found before the edits.
    fn silences(&self, diagnostic: &Diagnostic) -> bool {
        let moved = |offset: usize| {
            let before = self
                .edits
                .iter()
                .take_while(|it| it.span.range().start <= offset);
            offset + before.map(|it| it.text.len()).sum::<usize>()
        };
        let range = diagnostic.span.range();
        // What is inserted at its end stands behind it.
        let start = moved(range.start);
        let span = Span::new(diagnostic.span.file, start..start + range.len());
        let mut comments = self.comments.iter();
        comments.any(|comment| {
            comment.content.as_ref().is_ok_and(|directive| {
                let own = &self.text[comment.range.clone()];
                let mut names = directive.names.iter().map(|it| &own[it.clone()]);
                names.any(|it| it == diagnostic.rule.name) && comment.covers(directive.scope, span)
            })
        })
    }
}
