//! Reading on after a syntax error: the entry with the error is overwritten with
//! spaces, so that every other byte keeps its place, and the text is read again.

use std::ops::Range;

use super::Tree;
use super::build::{Built, build};
use super::conflict::conflicts;
use super::place::{indent_of, line_end, line_start};
use super::problem::{LeaveOut, explain, unresolved_alias, unresolved_conflict};
use crate::source::{FileId, Span};

/// How many syntax errors of a file are told.
const MAX_PROBLEMS: usize = 20;

/// How many bytes are read again, for all errors of a file together.
const MAX_REREAD: usize = 1 << 20;

/// Reads `text`, the text of `file`.
///
/// What is wrong with it is in the tree's problems; what stands before and after
/// is read all the same.
pub(crate) fn parse(file: FileId, text: &str) -> Tree {
    let mut tree = Tree {
        file,
        nodes: Vec::new(),
        documents: Vec::new(),
        comments: Vec::new(),
        problems: Vec::new(),
        left_out: Vec::new(),
    };
    let mut built = build(file, text);
    if built.stop.is_some() {
        built = read_on(&mut tree, text, built);
    }
    for alias in built.unresolved.iter().take(MAX_PROBLEMS) {
        tree.problems.push(unresolved_alias(text, *alias));
    }
    tree.left_out.sort_by_key(|range| range.start);
    tree.nodes = built.nodes;
    tree.documents = built.documents;
    tree.comments.extend(built.comments);
    tree.comments.sort_by_key(|comment| comment.start);
    tree
}

fn read_on(tree: &mut Tree, text: &str, mut built: Built) -> Built {
    // A comment ends a text that goes on below it, and so it may hide what is wrong.
    let mut patched = without_comment_lines(tree.file, text, &mut tree.comments);
    if !tree.comments.is_empty() {
        built = build(tree.file, &patched);
    }
    let mut reread = 0;
    let mut lines_told = Vec::new();
    let conflicts = conflicts(text);
    for conflict in &conflicts {
        tree.problems.push(unresolved_conflict(tree.file, conflict));
        for range in [&conflict.mark, &conflict.other] {
            let left_out = LeaveOut::Range(range.clone()).apply(&mut patched);
            tree.left_out.extend(left_out);
        }
    }
    if !conflicts.is_empty() {
        built = build(tree.file, &patched);
    }
    while let Some(stop) = &built.stop {
        let (problem, leave_out) = explain(tree.file, &patched, stop);
        let line = line_start(text, problem.span.start as usize);
        // A second error on a line is mostly the first one's echo.
        if !lines_told.contains(&line) {
            lines_told.push(line);
            tree.problems.push(problem);
        }
        let Some(changed) = leave_out.apply(&mut patched) else {
            break;
        };
        tree.left_out.push(changed);
        reread += text.len();
        if reread > MAX_REREAD || tree.problems.len() >= MAX_PROBLEMS {
            break;
        }
        built = build(tree.file, &patched);
    }
    built
}

/// `text` with spaces for the lines that hold nothing but one of the `comments`.
fn without_comment_lines(file: FileId, text: &str, comments: &mut Vec<Span>) -> String {
    let mut result = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if content.starts_with('#') {
            let (before, behind) = line.split_once(content).unwrap_or((line, ""));
            result.push_str(before);
            let start = result.len();
            comments.push(Span::new(file, start..start + content.len()));
            result.extend(std::iter::repeat_n(' ', content.len()));
            result.push_str(behind);
        } else {
            result.push_str(line);
        }
    }
    result
}

impl LeaveOut {
    /// Overwrites what it names, and gives its range; nothing if there is nothing.
    fn apply(&self, text: &mut String) -> Option<Range<usize>> {
        let range = match self {
            Self::Nothing => return None,
            Self::Tabs => return leave_out_tabs(text),
            Self::Entry(at) => entry_at(text, *at),
            Self::Range(range) => range.clone(),
        };
        if text.get(range.clone())?.trim().is_empty() {
            return None;
        }
        let kept = |byte: u8| {
            if matches!(byte, b'\n' | b'\r') {
                byte
            } else {
                b' '
            }
        };
        let blank = text[range.clone()].bytes().map(|byte| kept(byte) as char);
        let blank: String = blank.collect();
        text.replace_range(range.clone(), &blank);
        Some(range)
    }
}

/// Makes the tabs that begin lines spaces, one for one.
fn leave_out_tabs(text: &mut String) -> Option<Range<usize>> {
    let mut changed: Option<Range<usize>> = None;
    let mut line_start = 0;
    let mut result = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - rest.len();
        if line[..indent].contains('\t') {
            let end = line_start + indent;
            changed = Some(changed.map_or(line_start, |range| range.start)..end);
        }
        result.extend(std::iter::repeat_n(' ', indent));
        result.push_str(rest);
        line_start += line.len();
    }
    *text = result;
    // Nothing is left out, so the range is empty.
    changed.map(|range| range.start..range.start)
}

/// The line at `at` with the lines below it that are indented deeper. Where that
/// line is blank, the entry is the one before it.
fn entry_at(text: &str, at: usize) -> Range<usize> {
    let before = &text[..line_end(text, at)];
    let start = line_start(text, before.trim_end().len());
    let indent = indent_of(&text[start..]);
    let mut end = line_end(text, start);
    while end < text.len() {
        let next = end + 1;
        let next_end = line_end(text, next);
        let line = &text[next..next_end];
        if !line.trim().is_empty() && indent_of(line) <= indent {
            break;
        }
        end = next_end;
    }
    start..end
}
