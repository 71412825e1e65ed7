//! Moving an entry of a mapping to another level.

use crate::diagnostic::Edit;
use crate::source::{SourceFile, SourceMap, Span};

/// The change that moves entries to the beginning of another line, with another
/// indentation. None where one of them shares its lines with others.
///
/// `entries` are keys with their values; `line` is the number of the other line.
pub(super) fn entries(
    map: &SourceMap,
    entries: impl Iterator<Item = (Span, Span)>,
    line: usize,
    indent: &str,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut moved = String::new();
    let mut to = None;
    for (key, value) in entries {
        let file = map.file(key.file);
        let first = file.position(key.start as usize).line;
        // The span of a block text reaches beyond its last line.
        let end = value.start as usize + map.text(value).trim_end().len();
        let last = file.position(end.max(key.end as usize)).line;
        if (first..=last).contains(&line) {
            return None;
        }
        let start = file.line_range(first).start;
        let own = file.text.get(start..key.start as usize)?;
        for number in first..=last {
            moved.push_str(indent);
            moved.push_str(without(own, &file.text[file.line_range(number)])?);
            moved.push('\n');
        }
        let end = start_of(file, last + 1).unwrap_or(file.text.len());
        edits.push(Edit {
            span: Span::new(key.file, start..end),
            text: String::new(),
        });
        let at = start_of(file, line)?;
        to = Some(Span::new(key.file, at..at));
    }
    edits.push(Edit {
        span: to?,
        text: moved,
    });
    Some(edits)
}

/// `line` without the indentation `own`. Blank lines and comments may have less.
fn without<'l>(own: &str, line: &'l str) -> Option<&'l str> {
    if !own.chars().all(|c| c == ' ') {
        return None;
    }
    let content = line.trim_start();
    let is_free = content.is_empty() || content.starts_with('#');
    line.strip_prefix(own).or(is_free.then_some(content))
}

/// Where the line begins; none if the file ends before it.
fn start_of(file: &SourceFile, line: usize) -> Option<usize> {
    let start = file.line_range(line).start;
    (file.position(start).line == line).then_some(start)
}
