//! Where the comments of a text are, and which of its lines belong together.

use std::ops::Range;

use crate::script::{TokenKind, tokens};
use crate::source::FileId;
use crate::yaml;

/// How the comments of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Script,
    Yaml,
}

/// What a text is made of, as far as comments go.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The comments, each from its `#` to the end of its line, in their order.
    pub(super) comments: Vec<Range<usize>>,
    /// Brackets that are closed on a later line, by where they open.
    brackets: Vec<Range<usize>>,
    /// What no comment can stand in, over several lines: strings, scalars, and a
    /// line that a backslash continues. By where they begin.
    texts: Vec<Range<usize>>,
}

impl Layout {
    pub(super) fn of(language: Language, file: FileId, text: &str) -> Self {
        let mut layout = match language {
            Language::Script => script(text),
            Language::Yaml => yaml(file, text),
        };
        layout.brackets.sort_by_key(|it| it.start);
        layout.texts.sort_by_key(|it| it.start);
        layout
    }

    /// The line that begins at `start`, with the lines after it to which what is
    /// opened on it reaches.
    pub(super) fn extent(&self, text: &str, start: usize) -> Range<usize> {
        let mut end = line_end(text, start);
        loop {
            let reach = [&self.brackets, &self.texts].map(|ranges| {
                let first = ranges.partition_point(|it| it.start < start);
                let opened = ranges[first..].iter().take_while(|it| it.start < end);
                opened.map(|it| it.end).max().unwrap_or(0)
            });
            let [brackets, texts] = reach;
            let last = brackets.max(texts).saturating_sub(1);
            let next = line_end(text, last.clamp(start, text.len()));
            if next <= end {
                return start..end;
            }
            // What closes a bracket may open another on its line.
            end = next;
        }
    }

    /// What `offset` stands in that no comment can stand in.
    pub(super) fn text_around(&self, offset: usize) -> Option<&Range<usize>> {
        let after = self.texts.partition_point(|it| it.start < offset);
        // They lie beside each other, not in each other.
        let before = self.texts[..after].last()?;
        (offset < before.end).then_some(before)
    }

    /// The comment that begins on the line at `line`.
    pub(super) fn comment_on(&self, line: &Range<usize>) -> Option<&Range<usize>> {
        let next = self.comments.partition_point(|it| it.start < line.start);
        self.comments
            .get(next)
            .filter(|comment| comment.start < line.end)
    }
}

/// Where the line around `at` begins. A byte order mark is none of it.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    match start {
        0 if text.starts_with('\u{feff}') => 3,
        start => start,
    }
}

/// Where the line around `at` ends, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |length| at + length);
    let line = &text[at..end];
    at + line.strip_suffix('\r').unwrap_or(line).len()
}

fn script(text: &str) -> Layout {
    let mut layout = Layout::default();
    let mut open = Vec::new();
    let mut end = 0;
    let mut last_break = None;
    for token in tokens(text) {
        layout.texts.extend(continuations(text, end..token.start));
        let line_break = text[end..token.end].rfind('\n').map(|it| end + it);
        last_break = line_break.or(last_break);
        end = token.end;
        let range = token.range();
        match token.kind {
            TokenKind::Comment => layout.comments.push(range),
            TokenKind::String if last_break > Some(range.start) => layout.texts.push(range),
            TokenKind::Open => open.push(range.start),
            TokenKind::Close => {
                let start = open.pop().unwrap_or(range.start);
                if last_break > Some(start) {
                    layout.brackets.push(start..range.end);
                }
            }
            _ => {}
        }
    }
    layout.texts.extend(continuations(text, end..text.len()));
    layout
}

/// The backslashes in `gap`, which lies between two tokens, each with the line break
/// after it: the line that follows is the same line.
fn continuations(text: &str, gap: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let backslashes = text[gap.clone()].match_indices('\\');
    backslashes.map(move |(at, _)| {
        let start = gap.start + at;
        let line_break = text[start..].find('\n').map_or(text.len(), |it| start + it);
        start..(line_break + 2).min(text.len())
    })
}

fn yaml(file: FileId, text: &str) -> Layout {
    let tree = yaml::parse(file, text);
    let mut layout = Layout::default();
    for node in tree.nodes() {
        let range = node.span.range();
        let Some(written) = text.get(range.clone()) else {
            continue;
        };
        match &node.kind {
            // A block scalar begins with its `|`.
            yaml::Kind::Scalar(scalar) if scalar.style == yaml::Style::Block => {
                let start = header_of(text, range.start);
                // The line break is a part of it: behind its last line stands no comment.
                let end = start + text[start..range.end].trim_end().len() + 1;
                layout.texts.push(start..end.min(text.len() + 1));
            }
            yaml::Kind::Scalar(_) if written.contains('\n') => layout.texts.push(range),
            yaml::Kind::Sequence(_) | yaml::Kind::Mapping(_)
                if written.starts_with(['[', '{']) && written.contains('\n') =>
            {
                layout.brackets.push(range);
            }
            _ => {}
        }
    }
    layout.texts.sort_by_key(|it| it.start);
    // Where YAML is broken, lines of a text look like comments.
    let comments = tree.comments.iter().map(|it| it.range());
    let comments = comments.map(|it| it.start..line_end(text, it.start));
    let comments: Vec<_> = comments
        .filter(|it| layout.text_around(it.start).is_none())
        .collect();
    layout.comments = comments;
    layout
}

/// Where the `|` of the block scalar stands whose text begins at `at`. Where YAML is
/// broken, lines of the text that look like comments do not belong to it.
fn header_of(text: &str, at: usize) -> usize {
    let mut end = text[..at].trim_end().len();
    loop {
        let start = line_start(text, end);
        if start == 0 || !text[start..end].trim_start().starts_with('#') {
            return end.saturating_sub(1);
        }
        end = text[..start].trim_end().len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(language: Language, text: &str) -> Layout {
        Layout::of(language, FileId::from_index(0), text)
    }

    fn comments(language: Language, text: &str) -> Vec<&str> {
        let comments = layout(language, text).comments.into_iter();
        comments.map(|it| &text[it]).collect()
    }

    #[test]
    fn texts_hold_no_comments() {
        let script = "a = '# no' # one\r\nb = r'\\' # no'\nc = \"\"\"\n# no\n\"\"\" # two\n\
                      d = \"\\\"# no\" # three\ne = 'open # no\n# four";
        let found = comments(Language::Script, script);
        assert_eq!(found, ["# one", "# two", "# three", "# four"]);
        let yaml = "a: b#no\nc: 'x # no'\nd: | # one\n  # no\n  text\ne: >-\n  # no\n\n# two\nf: x # three\n";
        let found = comments(Language::Yaml, yaml);
        assert_eq!(found, ["# one", "# two", "# three"]);
        let broken = "a: |\n  b\n  # no\n  c\nd: 'x' y\n# yes\n";
        assert_eq!(comments(Language::Yaml, broken), ["# yes"]);
    }

    #[test]
    fn lines_reach_as_far_as_what_is_opened_on_them() {
        let extent = |language, text: &str, line: &str| {
            let start = text.find(line).expect("the line is there");
            let range = layout(language, text).extent(text, start);
            text[range].to_owned()
        };
        let script = "f(\n  [\n    1,\n  ], [\n    2,\n  ],\n)\ng = '''\n''' + \\\n  h\n";
        let of = |line| extent(Language::Script, script, line);
        assert_eq!(of("f("), "f(\n  [\n    1,\n  ], [\n    2,\n  ],\n)");
        assert_eq!(of("  [\n"), "  [\n    1,\n  ], [\n    2,\n  ],");
        assert_eq!(of("    1"), "    1,");
        assert_eq!(of("g ="), "g = '''\n''' + \\\n  h");
        let yaml = "a: [\n  1,\n]\nb:\n  c: |\n    d\n\n    e\nf: g\n  h\n";
        let of = |line| extent(Language::Yaml, yaml, line);
        assert_eq!(of("a:"), "a: [\n  1,\n]");
        assert_eq!(of("b:"), "b:");
        assert_eq!(of("  c:"), "  c: |\n    d\n\n    e");
        assert_eq!(of("f:"), "f: g\n  h");
    }
}
