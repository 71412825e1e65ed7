//! Parses a script, passing over the statements that cannot be parsed.
//!
//! A broken statement is replaced by blanks of the same length, so that every
//! place in the rest stays where it is, and the text is parsed again.

use std::ops::Range;

use starlark::syntax::{AstModule, Dialect, DialectTypes};

use crate::diagnostic::Diagnostic;
use crate::project_file::setting_in_wrong_file;
use crate::script::parsed::range;
use crate::script::rules::{limit_exceeded, syntax_error};
use crate::script::screen::{Screening, TooDeep, screen};
use crate::source::{FileId, Span};
use crate::yaml::{Conflict, conflicts};

/// How many broken statements are passed over.
const MAX_BROKEN: usize = 30;

/// Superset of what real scripts use; what other implementations refuse is
/// advice, see `portability`.
const DIALECT: Dialect = Dialect {
    enable_def: true,
    enable_lambda: true,
    enable_load: true,
    enable_keyword_only_arguments: true,
    enable_positional_only_arguments: true,
    enable_types: DialectTypes::ParseOnly,
    enable_load_reexport: false,
    enable_top_level_stmt: true,
    enable_f_strings: true,
    _non_exhaustive: (),
};

/// A script's syntax tree.
pub(crate) struct Parsed {
    pub(crate) module: AstModule,
    /// The text that was parsed: the author's, with blanks for what is broken.
    pub(crate) source: String,
    /// The names that broken statements would have bound.
    pub(crate) lost_names: Vec<String>,
}

/// Parses `text`. Nothing but a text that nests too deep gives no tree.
pub(crate) fn parse(
    path: &str,
    file: FileId,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Parsed> {
    let mut source = text.to_owned();
    // The engine takes a byte order mark for a letter.
    if source.starts_with('\u{feff}') {
        source.replace_range(..3, "   ");
        dedent_first_line(&mut source);
    }
    let mut lost_names = Vec::new();
    // Of a merge that was not finished, one side is looked at.
    for Conflict { mark, other } in conflicts(&source) {
        diagnostics.push(syntax_error::conflict(Span::new(file, mark.clone())));
        for part in [mark, other] {
            let blanks = blank_copy(&source[part.clone()]);
            source.replace_range(part, &blanks);
        }
    }
    for _ in 0..MAX_BROKEN {
        let mut screening = screen(&source);
        // Other implementations take tabs; one column each keeps every place.
        for tab in std::mem::take(&mut screening.tabs) {
            source.replace_range(tab..=tab, " ");
        }
        if let Some(what) = screening.too_deep {
            let (TooDeep::Expression(at) | TooDeep::Block(at) | TooDeep::Branches(at)) = what;
            let span = Span::new(file, at..at + 1);
            diagnostics.push(limit_exceeded::too_deep(what, span));
            return None;
        }
        let error = match parse_once(path, &source) {
            Ok(module) => {
                return Some(Parsed {
                    module,
                    source,
                    lost_names,
                });
            }
            Err(error) => error,
        };
        let problem = problem(&source, &screening, &error);
        diagnostics.push(problem.diagnostic(&source, file));
        let broken = problem.broken(&source, &screening);
        lost_names.extend(names_in(&source[broken.clone()]));
        if !blank(&mut source, broken, problem.keeps_block) {
            break;
        }
    }
    // Too much is broken: an empty script at least has a tree.
    let source = blank_copy(text);
    let module = parse_once(path, &source).ok()?;
    Some(Parsed {
        module,
        source,
        lost_names,
    })
}

/// Parses `source` in the accepted dialect.
pub(crate) fn parse_once(path: &str, source: &str) -> starlark::Result<AstModule> {
    AstModule::parse(path, source.to_owned(), &DIALECT)
}

/// Blanks before the first statement would be indentation, so the byte order
/// mark becomes an empty comment instead.
fn dedent_first_line(source: &mut String) {
    let line_end = source.find('\n').unwrap_or(source.len());
    if source[..line_end].trim().is_empty() || source[..line_end].trim_start().starts_with('#') {
        return;
    }
    // Three bytes that are a statement: a string nobody reads.
    source.replace_range(..3, "0; ");
}

/// What the parser refused.
struct Problem {
    words: String,
    at: Range<usize>,
    /// The bracket that is never closed, if that is the reason.
    unclosed: Option<usize>,
    /// Whether the block that the broken line stands in is sound.
    keeps_block: bool,
}

fn problem(source: &str, screening: &Screening, error: &starlark::Error) -> Problem {
    let mut at = error.span().map_or(0..0, |place| range(place.span));
    at.end = at.end.min(source.len());
    at.start = at.start.min(at.end);
    let words = error.without_diagnostic().to_string();
    // A text that is not closed swallows the bracket that closes.
    let is_of_text = words.contains("unfinished string");
    let unclosed = screening
        .unclosed
        .filter(|bracket| *bracket <= at.end && !is_of_text);
    let at = match screening.misindented {
        Some(line) if words.contains("incorrect indentation") => word_at(source, line).1,
        _ => visible(source, at),
    };
    Problem {
        keeps_block: !words.contains("indentation"),
        words,
        at,
        unclosed,
    }
}

impl Problem {
    fn diagnostic(&self, source: &str, file: FileId) -> Diagnostic {
        if let Some(setting) = setting_at(source, self.at.start) {
            let name = &source[setting.clone()];
            return setting_in_wrong_file::in_script(name, Span::new(file, setting));
        }
        if let Some(bracket) = self.unclosed {
            let letter = char::from(source.as_bytes()[bracket]);
            return syntax_error::unclosed(letter, Span::new(file, bracket..bracket + 1));
        }
        let found = word_at(source, self.at.start).0;
        syntax_error::parser(
            &self.words,
            found,
            &source[self.at.clone()],
            Span::new(file, self.at.clone()),
        )
    }

    /// The lines to pass over.
    fn broken(&self, source: &str, screening: &Screening) -> Range<usize> {
        if let Some(bracket) = self.unclosed {
            return statement_around(source, bracket);
        }
        let at = self.at.start;
        // A block without a body is broken where it begins.
        if self.words.contains(", expected new indentation block") {
            let before = source[..at].trim_end().len();
            return line_around(source, before);
        }
        let mut brackets = screening.brackets.iter();
        if let Some((opening, closing)) = brackets.find(|(o, c)| *o < at && at < *c) {
            let start = line_around(source, *opening).start;
            let last = line_around(source, *closing);
            // The head of a block takes its block with it.
            return match source[last.clone()].trim_end().ends_with(':') {
                true => statement_around(source, *opening),
                false => start..last.end,
            };
        }
        statement_around(source, at)
    }
}

/// `at`, without the line breaks and blanks at its ends. Where nothing is
/// left: the word after a line's indentation, or else the last thing before.
fn visible(source: &str, at: Range<usize>) -> Range<usize> {
    let text = &source[at.clone()];
    let start = at.start + (text.len() - text.trim_start().len());
    let end = at.start + text.trim_end().len();
    if start < end {
        return start..end;
    }
    let is_indentation = !text.is_empty() && !text.contains('\n');
    let (word, word_at) = word_at(source, at.end);
    if is_indentation && !word.is_empty() {
        return word_at;
    }
    let before = source[..at.start].trim_end().len();
    let letters = source[..before].char_indices();
    let start = letters.last().map_or(0, |(start, _)| start);
    start..before
}

/// The setting of the project file that the line around `at` sets, as YAML does.
fn setting_at(source: &str, at: usize) -> Option<Range<usize>> {
    let line = line_around(source, at);
    let indent = source[line.clone()].len() - source[line.clone()].trim_start().len();
    let (word, word_at) = word_at(source, line.start + indent);
    let is_set = source[word_at.end..].trim_start().starts_with(':');
    (is_set && setting_in_wrong_file::SETTINGS.contains(&word)).then_some(word_at)
}

/// The word at `at`, with its place.
fn word_at(source: &str, at: usize) -> (&str, Range<usize>) {
    let rest = &source[at..];
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let length = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
    (&rest[..length], at..at + length)
}

/// The lines of the broken statement at `at`: a line of a block if the block's
/// head is not broken itself, else everything up to the next statement of the
/// top level.
fn statement_around(source: &str, at: usize) -> Range<usize> {
    let Range {
        start: line_start,
        end: line_end,
    } = line_around(source, at);
    let is_indented = source[line_start..].starts_with([' ', '\t']);
    if is_indented && !source[line_start..line_end].trim().is_empty() {
        let line = source[line_start..line_end].trim();
        // A line that was passed over already is not what is broken.
        if line != "pass" && !line.ends_with(':') {
            return line_start..line_end;
        }
    }
    let mut start = line_start;
    while start > 0 && !starts_statement(&source[start..]) {
        start = source[..start - 1].rfind('\n').map_or(0, |end| end + 1);
    }
    let mut end = line_end;
    while end < source.len() && !starts_statement(&source[end + 1..]) {
        end = self::line_end(source, end + 1);
    }
    start..end
}

fn line_around(source: &str, at: usize) -> Range<usize> {
    let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    start..line_end(source, at)
}

fn line_end(source: &str, at: usize) -> usize {
    source[at..]
        .find('\n')
        .map_or(source.len(), |length| at + length)
}

/// Whether a statement of the top level starts here: not a blank, a comment, a
/// closing bracket or another branch.
fn starts_statement(rest: &str) -> bool {
    let is_word = rest.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
    is_word && !rest.starts_with("else") && !rest.starts_with("elif")
}

/// Replaces the lines at `broken` by blanks, and by `pass` where a block needs
/// a statement. False when there is nothing left to replace.
fn blank(source: &mut String, broken: Range<usize>, keeps_block: bool) -> bool {
    let old = &source[broken.clone()];
    let indent = old.len() - old.trim_start_matches([' ', '\t']).len();
    let mut new = blank_copy(old);
    if keeps_block && indent > 0 && new.len() >= indent + 4 && !old[indent..].starts_with('\n') {
        let first_line = old.find('\n').unwrap_or(old.len());
        if first_line >= indent + 4 {
            new.replace_range(indent..indent + 4, "pass");
        }
    }
    if new == *old {
        return false;
    }
    source.replace_range(broken, &new);
    true
}

/// Blanks as long as `text`, with its line breaks.
fn blank_copy(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}

/// The names that the lines of a broken statement seem to bind.
fn names_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.lines() {
        let line = line.trim_start();
        let line = line.strip_prefix("def ").unwrap_or(line);
        let (word, at) = word_at(line, 0);
        let rest = line[at.end..].trim_start();
        let binds = rest.starts_with(['=', ',', '(', '+', '.', '[', ':']) || rest.is_empty();
        if !word.is_empty() && binds {
            names.push(word.to_owned());
        }
        if line.starts_with("import ") || line.starts_with("from ") {
            let words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            names.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
        }
        if line.starts_with("load") {
            names.extend(
                line.split(['"', '\''])
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned),
            );
        }
    }
    names
}
