//! Makes the changes that diagnostics offer.

mod ignore;

use std::collections::{BTreeSet, HashMap};

use crate::analyze::{Analysis, analyze};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::options::Options;
use crate::source::{FileId, OverlaySources, SourceMap, Sources};

pub use ignore::ignore;

/// How often fixes are made and the result is checked again. Fixes that overlap
/// need a pass each; fixes that undo each other would go on for ever.
const MAX_PASSES: usize = 10;

/// A project after its fixes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fixed {
    /// The files that changed, by path.
    pub changes: Vec<Change>,
    /// How many fixes were made.
    pub count: usize,
    /// What is there to say about the project now.
    pub analysis: Analysis,
}

/// A file that fixes changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The path from the project's root.
    pub path: String,
    /// The bytes that were read.
    pub before: Vec<u8>,
    /// The bytes with the fixes made.
    pub after: Vec<u8>,
}

/// Makes the fixes of `analysis`, and those of what is found after them, until
/// none is left. Nothing is written: `sources` stays as it is.
///
/// With [`Safety::Safe`] only certain fixes are made, with [`Safety::Unsafe`] all.
#[must_use]
pub fn fix(sources: &dyn Sources, options: &Options, analysis: Analysis, safety: Safety) -> Fixed {
    let mut overlay = OverlaySources::new(sources);
    let mut analysis = analysis;
    let mut count = 0;
    for _ in 0..MAX_PASSES {
        let pass = Pass::of(&overlay, &analysis, offered(&analysis.diagnostics, safety));
        if pass.count == 0 {
            break;
        }
        count += pass.count;
        for (path, content) in pass.files {
            overlay.replace(path, content);
        }
        analysis = analyze(&overlay, options);
    }
    Fixed {
        changes: changes(sources, &overlay),
        count,
        analysis,
    }
}

/// How `overlay` differs from the `sources` below it.
fn changes(sources: &dyn Sources, overlay: &OverlaySources<'_>) -> Vec<Change> {
    let changes = overlay.replaced().filter_map(|(path, after)| {
        let before = sources.read(path).ok()?;
        (before != after).then(|| Change {
            path: path.to_owned(),
            before,
            after: after.to_vec(),
        })
    });
    changes.collect()
}

/// The fixes that can be made at once.
struct Pass {
    files: Vec<(String, Vec<u8>)>,
    count: usize,
}

impl Pass {
    fn of<'a>(
        sources: &dyn Sources,
        analysis: &'a Analysis,
        fixes: impl Iterator<Item = &'a Fix>,
    ) -> Self {
        let mut writable = HashMap::new();
        let mut edits = BTreeSet::new();
        let mut count = 0;
        for fix in fixes {
            let is_possible = fix.edits.iter().all(|edit| {
                *writable
                    .entry(edit.span.file)
                    .or_insert_with(|| is_verbatim(sources, &analysis.sources, edit.span.file))
            });
            if is_possible && add(&mut edits, fix, &analysis.sources) {
                count += 1;
            }
        }
        Self {
            files: apply(&analysis.sources, &edits.into_iter().collect::<Vec<_>>()),
            count,
        }
    }
}

/// A replacement, by the file's path: a file may be in the map more than once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Replacement<'a> {
    path: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
    file: FileId,
}

impl<'a> Replacement<'a> {
    fn of(map: &'a SourceMap, edit: &'a Edit) -> Self {
        Self {
            path: &map.file(edit.span.file).path,
            start: edit.span.range().start,
            end: edit.span.range().end,
            text: &edit.text,
            file: edit.span.file,
        }
    }

    /// Whether the result would depend on which of the two is made first.
    fn overlaps(&self, other: &Self) -> bool {
        let share_text = self.start < other.end && other.start < self.end;
        self.path == other.path && (share_text || self.start == other.start)
    }
}

fn offered(diagnostics: &[Diagnostic], safety: Safety) -> impl Iterator<Item = &Fix> {
    let fixes = diagnostics.iter().filter_map(|it| it.fix.as_ref());
    fixes.filter(move |it| safety == Safety::Unsafe || it.safety == Safety::Safe)
}

/// Whether the text is the file's, byte for byte. It is not where bytes that are
/// no UTF-8 were replaced; writing it back would lose them.
fn is_verbatim(sources: &dyn Sources, map: &SourceMap, file: FileId) -> bool {
    let file = map.file(file);
    let content = sources.read(&file.path);
    file.given.is_none() && content.is_ok_and(|content| content == file.text.as_bytes())
}

/// Adds the edits of `fix`, unless one of them is in the way of an edit that is
/// there already. A fix is made whole or not at all.
fn add<'a>(edits: &mut BTreeSet<Replacement<'a>>, fix: &'a Fix, map: &'a SourceMap) -> bool {
    let mut own: Vec<_> = fix
        .edits
        .iter()
        .map(|it| Replacement::of(map, it))
        .collect();
    own.sort();
    let is_free = |it: &Replacement<'a>| {
        // The edits that are there do not overlap, so only the neighbours can.
        let before = edits.range(..it).next_back();
        let after = edits.range(it..).next();
        let is_in_text = map.file(it.file).text.get(it.start..it.end).is_some();
        is_in_text
            && !before
                .into_iter()
                .chain(after)
                .any(|other| other.overlaps(it))
    };
    let overlap_each_other = own.windows(2).any(|pair| pair[0].overlaps(&pair[1]));
    if own.is_empty() || overlap_each_other || !own.iter().all(is_free) {
        return false;
    }
    edits.extend(own);
    true
}

/// The changed files with their new content. `edits` are sorted and do not overlap.
fn apply(map: &SourceMap, edits: &[Replacement<'_>]) -> Vec<(String, Vec<u8>)> {
    let of_one_file = edits.chunk_by(|a, b| a.path == b.path);
    of_one_file
        .map(|edits| {
            let text = &map.file(edits[0].file).text;
            let mut changed = String::with_capacity(text.len());
            let mut end = 0;
            for edit in edits {
                changed.push_str(&text[end..edit.start]);
                changed.push_str(edit.text);
                end = edit.end;
            }
            changed.push_str(&text[end..]);
            (edits[0].path.to_owned(), changed.into_bytes())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::rule::Rule;
    use crate::source::{MemorySources, Span};

    static RULE: Rule = Rule {
        name: "example-rule",
        severity: Severity::Error,
        since: "0.1.0",
        fix: Some(Safety::Safe),
        tag: None,
        needs: None,
        catalogue: &[],
        documentation: "",
    };

    /// The text after one pass with fixes of these edits, and how many were made.
    fn after(text: &str, content: &[u8], fixes: &[&[(usize, usize, &str)]]) -> (String, usize) {
        let sources = MemorySources::default().with("a", content);
        let mut analysis = analyze(&MemorySources::default(), &Options::default());
        analysis.sources = SourceMap::default();
        let file = analysis.sources.add("a", text);
        let diagnostics = fixes.iter().map(|edits| {
            let edits = edits.iter().map(|(start, end, text)| Edit {
                span: Span::new(file, *start..*end),
                text: (*text).to_owned(),
            });
            let diagnostic = RULE.at(Span::new(file, 0..1), "wrong");
            diagnostic.fix_all(Safety::Safe, "mend it", edits.collect())
        });
        analysis.diagnostics = diagnostics.collect();
        let pass = Pass::of(
            &sources,
            &analysis,
            offered(&analysis.diagnostics, Safety::Safe),
        );
        let changed = pass.files.into_iter().next().map(|it| it.1);
        let changed = changed.unwrap_or_else(|| content.to_vec());
        (String::from_utf8_lossy(&changed).into_owned(), pass.count)
    }

    #[test]
    fn fixes_are_made_whole_and_never_over_each_other() {
        type Edits = &'static [&'static [(usize, usize, &'static str)]];
        let cases: &[(Edits, &str, usize)] = &[
            (&[], "abcdef", 0),
            (&[&[(1, 2, "X")], &[(4, 5, "Y")]], "aXcdYf", 2),
            // The second overlaps the first; its other edit is left out with it.
            (&[&[(1, 4, "X")], &[(0, 1, "Y"), (3, 5, "Z")]], "aXef", 1),
            (&[&[(1, 2, "")], &[(2, 3, "")]], "adef", 2),
            // Which of two insertions comes first would be chance.
            (&[&[(2, 2, "X")], &[(2, 2, "Y")]], "abXcdef", 1),
            (&[&[(1, 3, "X")], &[(1, 3, "X")]], "aXdef", 1),
            (&[&[(1, 3, "X"), (2, 4, "Y")]], "abcdef", 0),
            (&[&[(5, 9, "X")]], "abcdef", 0),
            (&[&[(6, 6, "!")]], "abcdef!", 1),
        ];
        for (fixes, expected, count) in cases {
            let actual = after("abcdef", b"abcdef", fixes);
            assert_eq!(actual, ((*expected).to_owned(), *count), "{fixes:?}");
        }
    }

    #[test]
    fn a_file_that_is_no_plain_text_is_left_alone() {
        let (_, count) = after("a\u{fffd}b", b"a\xffb", &[&[(0, 1, "x")]]);
        assert_eq!(count, 0);
    }
}
