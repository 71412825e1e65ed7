//! Texts and places in them.
//!
//! A place is a [`Span`]: a file and a range of bytes. Lines, columns and
//! UTF-16 exist only where a place is shown to somebody.

mod chart;
mod digest;
mod disk;
mod helm;
mod overlay;
mod shown;
mod sources;
mod span;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use chart::{ChartError, ChartRequest};
pub(crate) use digest::Digest;
pub use disk::DiskSources;
#[cfg(any(feature = "cli", feature = "lsp"))]
pub(crate) use disk::read_file;
pub use helm::Helm;
pub use overlay::OverlaySources;
pub(crate) use shown::Shown;
pub use sources::{MemorySources, ReadError, Sources};
pub(crate) use sources::{Text, Texts, normalize_path};
pub use span::{FileId, Span};

/// The longest file that is read, in bytes. A longer one is a diagnostic.
pub const MAX_FILE_SIZE: usize = 8 * 1024 * 1024;

/// A value with the place where it stands, and the place where it was decided
/// if that is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands: the argument, the list element, the YAML value.
    pub span: Span,
    /// Where it was decided, when that is another place than `span` and can be
    /// told: the literal that a variable was bound to, for example.
    pub origin: Option<Span>,
    /// The literals that it was put together from, when it was put together
    /// and they can be told.
    pub pieces: Vec<Piece>,
}

/// A string literal that became a part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The literal's value.
    pub text: String,
    /// The literal.
    pub span: Span,
}

impl<T> Located<T> {
    /// A value that was decided where it stands.
    pub fn new(value: T, span: Span) -> Self {
        Self {
            value,
            span,
            origin: None,
            pieces: Vec::new(),
        }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Located<U> {
        Located {
            value: f(self.value),
            span: self.span,
            origin: self.origin,
            pieces: self.pieces,
        }
    }
}

/// A text that was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SourceFile {
    /// The path from the project's root, `/` between the parts.
    pub path: String,
    /// The text. Byte order mark and line ends are kept, so that offsets are the file's.
    pub text: Arc<str>,
    /// The digest of a file that the caller of the analysis gave, which is none of
    /// the project's: its path is whatever the caller calls it.
    pub(crate) given: Option<Digest>,
    /// The digest of a file that is no text, whose text is empty here.
    pub(crate) bytes: Option<Digest>,
    /// The offset of each line's first byte.
    line_starts: Vec<u32>,
    /// How many characters stand before each block of [`BLOCK`] bytes. Built for
    /// the first column that is asked for on a long line.
    characters: OnceLock<Vec<usize>>,
    /// Where the characters stand that take two units of UTF-16.
    wide: OnceLock<Vec<usize>>,
}

/// Columns count characters, and a line may be megabytes long: without marks along
/// the way, many places on one line would take quadratic time.
const BLOCK: usize = 4096;

/// A place for people: line and column from 1, the column in Unicode scalar
/// values; and the offset in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode scalar values, from 1.
    pub column: usize,
    /// The offset in bytes, from 0.
    pub offset: usize,
}

impl SourceFile {
    pub(crate) fn new(path: String, text: Arc<str>) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)))
            .collect();
        Self {
            path,
            text,
            given: None,
            bytes: None,
            line_starts,
            characters: OnceLock::new(),
            wide: OnceLock::new(),
        }
    }

    /// Line and column of the byte `offset`. Offsets past the end are the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        let start = self.line_starts[line] as usize;
        // A byte order mark takes no column.
        let mark = usize::from(line == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        Position {
            line: line + 1,
            column: self.characters(start..offset) + 1 - mark,
            offset,
        }
    }

    /// How many units of UTF-16 the line before `position` has more than characters.
    pub(crate) fn surrogates(&self, position: Position) -> usize {
        let wide = self.wide.get_or_init(|| {
            let bytes = self.text.bytes().enumerate();
            let wide = bytes.filter(|(_, byte)| *byte >= 0xF0);
            wide.map(|(at, _)| at).collect()
        });
        let before = |offset: usize| wide.partition_point(|at| *at < offset);
        before(position.offset) - before(self.line_range(position.line).start)
    }

    /// How many characters `range` holds.
    fn characters(&self, range: Range<usize>) -> usize {
        if range.len() <= BLOCK {
            return characters(&self.text.as_bytes()[range]);
        }
        let marks = self.characters.get_or_init(|| {
            let blocks = self.text.as_bytes().chunks(BLOCK);
            let marks = blocks.scan(0, |count, block| {
                let before = *count;
                *count += characters(block);
                Some(before)
            });
            marks.collect()
        });
        let before = |offset: usize| {
            let block = offset.min(self.text.len() - 1) / BLOCK;
            marks[block] + characters(&self.text.as_bytes()[block * BLOCK..offset])
        };
        before(range.end) - before(range.start)
    }

    /// The number of lines; a text that ends in a line break has an empty last one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The bytes of the line `line` (from 1), without its line break.
    #[must_use]
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let index = line.clamp(1, self.line_starts.len()) - 1;
        let start = self.line_starts[index] as usize;
        let end = self
            .line_starts
            .get(index + 1)
            .map_or(self.text.len(), |next| *next as usize);
        let text = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + text.len()
    }

    fn line_of(&self, offset: usize) -> usize {
        self.line_starts
            .partition_point(|start| *start as usize <= offset)
            - 1
    }
}

/// How many characters begin in `bytes` of a UTF-8 text.
fn characters(bytes: &[u8]) -> usize {
    let is_start = |byte: &&u8| (**byte & 0xC0) != 0x80;
    bytes.iter().filter(is_start).count()
}

/// Whether the file at `path` is a script, by its ending.
pub(crate) fn is_script(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|it| it.1);
    matches!(ending, Some("raftt" | "rft" | "star"))
}

/// Whether the file at `path` is YAML, by its ending.
pub(crate) fn is_yaml(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|it| it.1);
    matches!(ending, Some("yml" | "yaml"))
}

/// The files that one analysis read, in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Keeps `text` under `path` and names it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(SourceFile::new(path.into(), text.into()));
        FileId(id)
    }

    /// The text of the file at `path`, which is read once.
    pub(crate) fn read_text(
        &mut self,
        sources: &dyn Sources,
        path: &str,
    ) -> Result<Text, ReadError> {
        let file = match self.find(path) {
            Some(file) if self.file(file).bytes.is_some() => return Err(ReadError::NotText),
            Some(file) => file,
            None => {
                let bytes = sources.read(path)?;
                let text = String::from_utf8(bytes).map_err(|_| ReadError::NotText)?;
                self.add(path, text)
            }
        };
        let text = self.file(file).text.clone();
        Ok(Text { file, text })
    }

    /// Keeps `text`, which the caller of the analysis calls `path`. It may show less
    /// than the file's own bytes, whose digest is `digest`.
    pub(crate) fn add_given(
        &mut self,
        path: impl Into<String>,
        text: String,
        digest: Digest,
    ) -> FileId {
        let id = self.add(path, text);
        self.files[id.0 as usize].given = Some(digest);
        id
    }

    /// Remembers that the file at `path`, which is no text, was read.
    pub(crate) fn add_bytes(&mut self, path: impl Into<String>, digest: Digest) {
        let id = self.add(path, "");
        self.files[id.0 as usize].bytes = Some(digest);
    }

    /// The file `id`.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The file of the project that was read from `path`.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        let mut files = self.files.iter();
        let index = files.position(|file| file.path == path && file.given.is_none())?;
        Some(FileId(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    /// All files.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The text at `span`; empty where the span is not in the file.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file)
            .text
            .get(span.range())
            .unwrap_or_default()
    }

    /// The place of `part` of the string `value` that is written at `literal`.
    ///
    /// Only where the source shows the value letter by letter (a plain YAML
    /// scalar, or a quoted string without escapes) can a part of it be pointed
    /// at or replaced; elsewhere there is none.
    #[must_use]
    pub fn inside(&self, literal: Span, value: &str, part: Range<usize>) -> Option<Span> {
        let written = self.text(literal);
        value.get(part.clone())?;
        Some(Shown::of(written, value)?.within(literal, part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_skip_the_byte_order_mark() {
        let file = SourceFile::new("a".into(), "\u{feff}ä = 1\r\nb".into());
        let at = |offset| {
            let position = file.position(offset);
            (position.line, position.column)
        };
        assert_eq!(at(3), (1, 1));
        assert_eq!(at(5), (1, 2));
        assert_eq!(at(11), (2, 1));
        assert_eq!(at(99), (2, 2));
        assert_eq!(&file.text[file.line_range(1)], "\u{feff}ä = 1");
    }

    #[test]
    fn columns_on_long_lines_agree_with_counting() {
        let text = format!("x\n{}", "aä世🦀".repeat(3 * BLOCK));
        let file = SourceFile::new("a".into(), text.as_str().into());
        for (offset, _) in text.char_indices().step_by(997).skip(1) {
            let expected = text[2..offset].chars().count() + 1;
            assert_eq!(file.position(offset).column, expected, "{offset}");
        }
    }

    #[test]
    fn parts_of_literals_are_found_where_the_source_shows_them() {
        let mut map = SourceMap::default();
        let text = r#"x = ["ab", 'a"b', "a\tb", ab]"#;
        let file = map.add("a", text);
        let inside = |literal: &str, value: &str| {
            let start = text.find(literal).expect("the literal is in the text");
            let span = Span::new(file, start..start + literal.len());
            map.inside(span, value, 1..2).map(|span| map.text(span))
        };
        assert_eq!(inside("\"ab\"", "ab"), Some("b"));
        assert_eq!(inside("'a\"b'", "a\"b"), Some("\""));
        assert_eq!(inside("\"a\\tb\"", "a\tb"), None);
        assert_eq!(inside("ab]", "ab]"), Some("b"));
    }
}
