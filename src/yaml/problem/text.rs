//! Texts that need quotes, have wrong ones, or lack the `: ` of a key.

use super::super::build::Stop;
use super::{LeaveOut, Problem, shown};
use crate::diagnostic::Safety;
use crate::yaml::place::{BLANK, Place, line_start};
use crate::yaml::scalar::quoted;

impl Place<'_> {
    pub(super) fn unclosed_quote(self, at: usize) -> (Problem, LeaveOut) {
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

    pub(super) fn after_quote(self, stop: &Stop) -> (Problem, LeaveOut) {
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
    pub(super) fn colon(self, stop: &Stop) -> (Problem, LeaveOut) {
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
        let word = &self.text[scalar.clone()];
        let is_key = word.len() > 1 && word.chars().all(|c| c.is_ascii_alphanumeric());
        if is_key && !is_first {
            let above = self.key_of(at);
            let message = format!("`{word}:` stands on the line of `{above}:`");
            let help =
                format!("write `{word}` on a line of its own, indented; if it is a text, quote it");
            let problem = self.problem(value, message).help(help);
            return (problem, LeaveOut::Entry(at));
        }
        let problem = self
            .problem(value.clone(), "a text with `: ` in it needs quotes")
            .help(format!("write `{}`", shown(&quoted(written))))
            .fix(Safety::Unsafe, "quote it", value, quoted(written));
        (problem, LeaveOut::Entry(at))
    }

    /// A line among keys that is none.
    pub(super) fn not_a_key(self, at: usize) -> (Problem, LeaveOut) {
        let line = self.rest_of_line(at);
        let written = &self.text[line.clone()];
        let leave_out = LeaveOut::Entry(at);
        if written.starts_with("//") {
            let problem = self
                .problem(line, "`//` begins no comment")
                .help("begin the comment with `#`");
            return (problem, leave_out);
        }
        if written.len() > 1 && written.bytes().all(|it| it == b'-') {
            let problem = self
                .problem(line.clone(), format!("`{written}` separates nothing"))
                .help("write `---` between two documents")
                .fix(Safety::Safe, "write `---`", line.clone(), "---");
            return (problem, LeaveOut::Range(line));
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

    /// A character that cannot begin a plain text.
    pub(super) fn reserved(self, character: char, at: usize) -> (Problem, LeaveOut) {
        let value = self.rest_of_line(at);
        let written = &self.text[value.clone()];
        // Backticks are meant as quotes, perhaps.
        let (what, help, safety) = match character {
            '`' => (
                "a backtick".to_owned(),
                "put it in quotes".to_owned(),
                Safety::Unsafe,
            ),
            other => (
                format!("`{other}`"),
                format!("write `{}`", shown(&quoted(written))),
                Safety::Safe,
            ),
        };
        let message = format!("a text that begins with {what} needs quotes");
        let problem = self.problem(value.clone(), message).help(help).fix(
            safety,
            "quote it",
            value,
            quoted(written),
        );
        (problem, LeaveOut::Entry(at))
    }

    pub(super) fn escape(self, at: usize) -> (Problem, LeaveOut) {
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

    pub(super) fn closes_nothing(self, at: usize) -> (Problem, LeaveOut) {
        let bracket = self.character(at);
        let message = format!("this `{}` closes nothing", &self.text[bracket.clone()]);
        let problem = self.problem(bracket, message);
        (
            problem.help("remove it, or quote the text"),
            LeaveOut::Entry(at),
        )
    }
}
