//! Lines that are indented like no line they could belong to.

use granit_parser::ErrorKind;

use super::{LeaveOut, Problem, shown};
use crate::diagnostic::{Edit, Fix, Safety};
use crate::source::Span;
use crate::yaml::place::{Place, indent_of, line_end, line_start};

impl Place<'_> {
    /// A key that is indented deeper than the key above, which has a value.
    pub(super) fn deeper_than_value(self, above: usize, at: usize) -> (Problem, LeaveOut) {
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

    /// A line whose indentation fits nothing above.
    pub(super) fn indentation(self, at: usize) -> (Problem, LeaveOut) {
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

    pub(super) fn not_an_item(self, at: usize) -> (Problem, LeaveOut) {
        let content = self.rest_of_line(at);
        let message = format!(
            "`{}` stands in a list, but is no entry",
            shown(self.key_of(at))
        );
        let problem = self.problem(content, message);
        let help = "begin it with `- `, or indent it as far as the text of the entry above";
        (problem.help(help), LeaveOut::Entry(at))
    }

    pub(super) fn item_behind_key(self, at: usize) -> (Problem, LeaveOut) {
        let problem = self
            .problem(self.rest_of_line(at), "a list cannot begin on the line of its key")
            .help("write each `- entry` on a line of its own; a text that begins with `-` needs quotes");
        (problem, LeaveOut::Entry(at))
    }

    /// Something behind what is already a whole document.
    pub(super) fn outside_document(self, at: usize) -> (Problem, LeaveOut) {
        let line = line_start(self.text, at);
        let above = self.text[..line].trim_start_matches('\u{feff}');
        let blank = above.len() - above.trim_start().len();
        let first = line_start(self.text, line - above.len() + blank);
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

    /// A tab that indents, if that is what stopped the parser.
    pub(super) fn tab(self, kind: &ErrorKind, at: usize) -> Option<(Problem, LeaveOut)> {
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
    pub(super) fn tabs_at(self, line: usize) -> (Problem, LeaveOut) {
        let indent = line..line + indent_of(&self.text[line..]);
        let (edits, safety) = self.without_tabs();
        let mut problem = self
            .problem(
                indent,
                "a tab indents this line, but YAML takes only spaces",
            )
            .help("indent with spaces");
        if self.text[line..].starts_with('\t') {
            problem.fix = Some(Fix {
                message: "replace the tabs with spaces".to_owned(),
                safety,
                edits,
            });
        }
        (problem, LeaveOut::Tabs)
    }

    /// The edits that indent every line with spaces. Among lines that are, the first line
    /// with tabs stands below the one before it if that is a key without a value, and else
    /// beside it, which is a guess.
    fn without_tabs(self) -> (Vec<Edit>, Safety) {
        let unit = self.indent_unit();
        let is_mixed = self
            .lines()
            .any(|(_, text)| text.starts_with(' ') && !text.trim().is_empty());
        let mut safety = Safety::Safe;
        let mut edits = Vec::new();
        let mut before = (0, false);
        // The tabs of the first line of a run of them, and how deep that is.
        let mut run: Option<(usize, usize)> = None;
        for (start, text) in self.lines() {
            let tabs = text.bytes().take_while(|byte| *byte == b'\t').count();
            let content = text.trim();
            if tabs == 0 {
                if !content.is_empty() {
                    before = (text.len() - text.trim_start().len(), content.ends_with(':'));
                    run = None;
                }
                continue;
            }
            let (first, depth) = *run.get_or_insert_with(|| match before {
                _ if !is_mixed => (0, 0),
                (indent, true) => (tabs, indent + unit),
                (indent, false) => {
                    if indent != tabs * unit {
                        safety = Safety::Unsafe;
                    }
                    (tabs, indent)
                }
            });
            let width = (depth + tabs * unit).saturating_sub(first * unit);
            edits.push(Edit {
                span: Span::new(self.file, start..start + tabs),
                text: " ".repeat(width),
            });
        }
        (edits, safety)
    }
}
