//! What is wrong with a text that is no YAML, in words for the one who wrote it.
//!
//! The parser says where it could not go on. Where that is not where the mistake
//! is (a bracket that is never closed), the place is looked for here.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::build::{MAX_NESTING, Stop};
use super::place::{BLANK, Place, indent_of, line_end, line_start};
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

/// An error inside a bracket that began on an earlier line, or at the end of the
/// file, is mostly that bracket's: its end is missing.
fn unclosed_bracket(place: Place<'_>, stop: &Stop) -> Option<(Problem, LeaveOut)> {
    let open = stop.open_bracket?;
    let is_at_end = place.text[stop.at..].trim().is_empty();
    let is_below = place.text.get(open..stop.at)?.contains('\n');
    if stop.kind == ErrorKind::RecursionLimitExceeded || !(is_at_end || is_below) {
        return None;
    }
    let (bracket, closing) = match place.text.as_bytes().get(open)? {
        b'[' => ('[', ']'),
        _ => ('{', '}'),
    };
    let problem = place
        .problem(open..open + 1, format!("this `{bracket}` is not closed"))
        .help(format!("write a `{closing}` behind its last entry"));
    Some((problem, LeaveOut::Entry(open)))
}

impl Place<'_> {
    fn nested_too_deep(self, at: usize) -> (Problem, LeaveOut) {
        let message = format!("more than {MAX_NESTING} lists and mappings are nested here");
        let problem = self.problem(self.character(at), message);
        (problem.help("is this the right file?"), LeaveOut::Nothing)
    }

    fn unclosed_quote(self, at: usize) -> (Problem, LeaveOut) {
        let quote = self.text[at..].chars().next().unwrap_or('"');
        let value = self.rest_of_line(at);
        let problem = self
            .problem(value.clone(), format!("the closing `{quote}` is missing"))
            .help(format!("write `{quote}` where the text ends"))
            .fix(
                Safety::Unsafe,
                "close the quotes",
                value.end..value.end,
                quote,
            );
        (problem, LeaveOut::Entry(at))
    }

    fn after_quote(self, stop: &Stop) -> (Problem, LeaveOut) {
        let from = stop.last_scalar.as_ref().map_or(0, |it| it.end);
        let before = self.text.get(from..stop.at).unwrap_or_default();
        // The quotes that begin on an earlier line end at the next ones that open.
        if let Some(opening) = before.find(['"', '\''])
            && before[opening..].contains('\n')
        {
            return self.unclosed_quote(from + opening);
        }
        let rest = self.rest_of_line(stop.at);
        let problem = self
            .problem(rest, "text follows the closing quote")
            .help("put the whole value in quotes, or none of it");
        (problem, LeaveOut::Entry(stop.at))
    }

    /// A `: ` where none may stand.
    fn colon(self, stop: &Stop) -> (Problem, LeaveOut) {
        let at = stop.at;
        let scalar = stop.last_scalar.clone().filter(|it| it.end <= at);
        let Some(scalar) = scalar.filter(|it| self.text[it.end..at].trim().is_empty()) else {
            let problem = self
                .problem(self.character(at), "this `:` belongs to no key")
                .help("a text with `: ` in it needs quotes");
            return (problem, LeaveOut::Entry(at));
        };
        let own_line = line_start(self.text, scalar.start);
        let is_first = self.text[own_line..scalar.start]
            .trim_matches(BLANK)
            .is_empty();
        let spans_lines = self.text[scalar.clone()].contains('\n');
        if spans_lines && is_first {
            // `host direct` runs on into the key of the next line.
            return self.not_a_key(scalar.start);
        }
        if spans_lines {
            return self.deeper_than_value(own_line, at);
        }
        let value = self.rest_of_line(scalar.start);
        let written = &self.text[value.clone()];
        let problem = self
            .problem(value.clone(), "a text with `: ` in it needs quotes")
            .help(format!("write `{}`", shown(&quoted(written))))
            .fix(Safety::Unsafe, "quote it", value, quoted(written));
        (problem, LeaveOut::Entry(at))
    }

    /// A key that is indented deeper than the key above, which has a value.
    fn deeper_than_value(self, above: usize, at: usize) -> (Problem, LeaveOut) {
        let line = line_start(self.text, at);
        let indent = indent_of(&self.text[line..]);
        let wanted = indent_of(&self.text[above..]);
        let (key, above_key) = (self.key_of(line), self.key_of(above));
        if self.text[line..line + indent].contains('\t') {
            return self.tabs_at(line);
        }
        let problem = self
            .problem(
                line + indent..self.rest_of_line(line + indent).end,
                format!("`{key}` is indented deeper than `{above_key}`, which has a value"),
            )
            .help(format!("indent `{key}` as far as `{above_key}`"))
            .fix(
                Safety::Unsafe,
                format!("indent as far as `{above_key}`"),
                line..line + indent,
                " ".repeat(wanted),
            );
        (problem, LeaveOut::Entry(at))
    }

    /// A line among keys that is none.
    fn not_a_key(self, at: usize) -> (Problem, LeaveOut) {
        let line = self.rest_of_line(at);
        let written = &self.text[line.clone()];
        let leave_out = LeaveOut::Entry(at);
        if let Some(marker) = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
            .into_iter()
            .find(|marker| written.starts_with(marker))
        {
            let problem = self
                .problem(
                    line,
                    format!("`{marker}` is left over from a merge conflict"),
                )
                .help("keep one side of the conflict, and remove its marks");
            return (problem, leave_out);
        }
        let word = written.split([' ', ':', '=']).next().unwrap_or(written);
        let rest = written[word.len()..].trim_start();
        let behind = line.start + word.len();
        let end = line.end;
        let is_name = !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || "_-.".contains(c));
        if let (true, Some(value)) = (is_name, rest.strip_prefix(':').filter(|it| !it.is_empty())) {
            let problem = self
                .problem(line, format!("a space is missing behind `{word}:`"))
                .help(format!("write `{word}: {}`", shown(value)))
                .fix(Safety::Safe, "insert a space", behind + 1..behind + 1, ' ');
            return (problem, leave_out);
        }
        let problem = match rest {
            _ if !is_name => self
                .problem(line, format!("`{}` is no key", shown(written)))
                .help("every line at this place is `key: value`"),
            "" => self
                .problem(line, format!("a `:` is missing behind `{word}`"))
                .help(format!("write `{word}:`"))
                .fix(Safety::Unsafe, "insert a colon", behind..behind, ':'),
            _ => {
                let value = rest.trim_start_matches(['=', ' ']);
                let wrong = if rest.starts_with('=') {
                    "`=`"
                } else {
                    "a space"
                };
                self.problem(
                    line,
                    format!("`{word}` and its value are separated by {wrong} instead of `: `"),
                )
                .help(format!("write `{word}: {}`", shown(value)))
                .fix(
                    Safety::Unsafe,
                    "insert a colon",
                    behind..end - value.len(),
                    ": ",
                )
            }
        };
        (problem, leave_out)
    }

    /// A line whose indentation fits nothing above.
    fn indentation(self, at: usize) -> (Problem, LeaveOut) {
        let line = line_start(self.text, at);
        let indent = indent_of(&self.text[line..]);
        if self.text[line..line + indent].contains('\t') {
            return self.tabs_at(line);
        }
        let content = self.rest_of_line(line + indent);
        let leave_out = LeaveOut::Entry(at);
        if self.text[content.clone()].starts_with("- ") {
            let problem = self.problem(content, "a list entry stands among keys");
            return (problem.help("put it below a key of its own"), leave_out);
        }
        if indent == 0 {
            return self.not_a_key(content.start);
        }
        let fitting = self.indents_above(line);
        let spaces = |count: usize| match count {
            0 => "not at all".to_owned(),
            1 => "by 1 space".to_owned(),
            count => format!("by {count} spaces"),
        };
        let choices: Vec<_> = fitting.iter().map(|count| spaces(*count)).collect();
        let key = self.key_of(line);
        let problem = self
            .problem(
                content,
                format!(
                    "`{key}` is indented {}, like no line above it",
                    spaces(indent)
                ),
            )
            .help(format!("indent it {}", choices.join(", or ")));
        (problem, leave_out)
    }

    fn not_an_item(self, at: usize) -> (Problem, LeaveOut) {
        let content = self.rest_of_line(at);
        let message = format!(
            "`{}` stands in a list, but is no entry",
            shown(self.key_of(at))
        );
        let problem = self.problem(content, message);
        let help = "begin it with `- `, or indent it as far as the text of the entry above";
        (problem.help(help), LeaveOut::Entry(at))
    }

    fn item_behind_key(self, at: usize) -> (Problem, LeaveOut) {
        let problem = self
            .problem(self.rest_of_line(at), "a list cannot begin on the line of its key")
            .help("write each `- entry` on a line of its own; a text that begins with `-` needs quotes");
        (problem, LeaveOut::Entry(at))
    }

    /// Something behind what is already a whole document.
    fn outside_document(self, at: usize) -> (Problem, LeaveOut) {
        let line = line_start(self.text, at);
        let above = self.text[..line].trim_start_matches('\u{feff}');
        let first = self.text[..line].len() - above.trim_start_matches(['\n', '\r']).len();
        let indent = indent_of(&self.text[first..]);
        if indent > 0 && indent_of(&self.text[line..]) < indent {
            let problem = self
                .problem(
                    self.rest_of_line(first + indent),
                    format!(
                        "`{}` is indented, but the lines below are not",
                        self.key_of(first)
                    ),
                )
                .help("remove the spaces before it");
            return (problem, LeaveOut::Range(first..line));
        }
        let message = "this does not belong to what stands above";
        (
            self.problem(self.rest_of_line(at), message),
            LeaveOut::Entry(at),
        )
    }

    /// A character that cannot begin a plain text.
    fn reserved(self, character: char, at: usize) -> (Problem, LeaveOut) {
        let value = self.rest_of_line(at);
        let written = &self.text[value.clone()];
        let (what, help) = match character {
            '`' => ("a backtick".to_owned(), "put it in quotes".to_owned()),
            other => (
                format!("`{other}`"),
                format!("write `{}`", shown(&quoted(written))),
            ),
        };
        let problem = self
            .problem(
                value.clone(),
                format!("a text that begins with {what} needs quotes"),
            )
            .help(help)
            .fix(Safety::Safe, "quote it", value, quoted(written));
        (problem, LeaveOut::Entry(at))
    }

    fn closes_nothing(self, at: usize) -> (Problem, LeaveOut) {
        let bracket = self.character(at);
        let message = format!("this `{}` closes nothing", &self.text[bracket.clone()]);
        let problem = self.problem(bracket, message);
        (
            problem.help("remove it, or quote the text"),
            LeaveOut::Entry(at),
        )
    }

    fn escape(self, at: usize) -> (Problem, LeaveOut) {
        let known = "0abtnvfre \"/\\N_LPxuU\n\r\t";
        let mut characters = self.text[at..].char_indices();
        let mut wrong = self.character(at);
        while let Some((offset, character)) = characters.next() {
            if character != '\\' {
                continue;
            }
            let escaped = characters.next();
            if let Some((end, escaped)) = escaped.filter(|it| !known.contains(it.1)) {
                wrong = at + offset..at + end + escaped.len_utf8();
                break;
            }
        }
        let message = format!(
            "`{}` means nothing in double quotes",
            &self.text[wrong.clone()]
        );
        let problem = self.problem(wrong, message);
        let help = r"use single quotes, which take `\` as it is, or write `\\`";
        (problem.help(help), LeaveOut::Entry(at))
    }

    /// A tab that indents, if that is what stopped the parser.
    fn tab(self, kind: &ErrorKind, at: usize) -> Option<(Problem, LeaveOut)> {
        let is_about_tabs = matches!(
            kind,
            ErrorKind::TabInBlockIndentation
                | ErrorKind::TabInIndentation
                | ErrorKind::TabInPlainScalar
                | ErrorKind::TabNotAllowed
                | ErrorKind::TabAtBlockScalarStart
        );
        let mut line = line_start(self.text, at);
        while is_about_tabs && line < self.text.len() {
            let indent = indent_of(&self.text[line..]);
            if self.text[line..line + indent].contains('\t') {
                return Some(self.tabs_at(line));
            }
            line = line_end(self.text, line) + 1;
        }
        None
    }

    /// The line at `line` is indented with tabs.
    fn tabs_at(self, line: usize) -> (Problem, LeaveOut) {
        let indent = line..line + indent_of(&self.text[line..]);
        let unit = " ".repeat(self.indent_unit());
        let edits = self.lines().filter_map(|(start, text)| {
            let tabs = text.bytes().take_while(|byte| *byte == b'\t').count();
            (tabs > 0).then(|| Edit {
                span: Span::new(self.file, start..start + tabs),
                text: unit.repeat(tabs),
            })
        });
        let mut problem = self
            .problem(
                indent,
                "a tab indents this line, but YAML takes only spaces",
            )
            .help("indent with spaces");
        let edits: Vec<_> = edits.collect();
        if self.text[line..].starts_with('\t') {
            problem.fix = Some(Fix {
                message: "replace the tabs with spaces".to_owned(),
                safety: Safety::Safe,
                edits,
            });
        }
        (problem, LeaveOut::Tabs)
    }

    fn other(self, kind: &ErrorKind, at: usize) -> (Problem, LeaveOut) {
        let span = self.character(at);
        let problem = self.problem(span, format!("this is no YAML: {kind}"));
        (problem, LeaveOut::Entry(at))
    }

    fn problem(self, range: Range<usize>, message: impl Into<String>) -> Problem {
        Problem {
            span: Span::new(self.file, range),
            message: message.into(),
            help: None,
            fix: None,
        }
    }
}

impl Problem {
    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn fix(
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
fn shown(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
