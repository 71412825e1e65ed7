//! What is at a place, in Markdown.

mod contents;
mod image;
mod name;
mod registry;
mod text;

use std::ops::Range;

use super::infer::Inference;
use super::{Language, View, project};
use crate::script::Evidence;

/// What is said about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is, in Markdown.
    pub markdown: String,
    /// What is spoken of, in bytes.
    pub range: Range<usize>,
}

/// What is at `offset` in the file at `path`, if there is something to say.
#[must_use]
pub fn hover(view: &View<'_>, path: &str, offset: usize) -> Option<Hover> {
    match view.language(path)? {
        Language::ProjectFile => project::hover(view, path, offset),
        Language::Script => view.with_script(path, |script| {
            let offset = script.tree.text.floor_char_boundary(offset);
            if script.tree.is_comment(offset) {
                return None;
            }
            let inference = Inference::new(*view, script);
            text::hover(&inference, offset).or_else(|| name::hover(&inference, offset))
        }),
    }
}

/// A block of code.
fn code(code: &str) -> String {
    format!("```python\n{code}\n```")
}

/// Paragraphs, those that say something.
pub(super) fn paragraphs(all: &[&str]) -> String {
    let all: Vec<_> = all
        .iter()
        .map(|it| it.trim())
        .filter(|it| !it.is_empty())
        .collect();
    all.join("\n\n")
}

/// How a name is known, as a paragraph.
pub(super) fn evidence(evidence: Option<Evidence>) -> &'static str {
    match evidence {
        None | Some(Evidence::Documented) => "",
        Some(Evidence::Seen) => "*Not documented: known from scripts in use.*",
        Some(Evidence::Inferred) => "*Not documented: inferred from its surroundings.*",
    }
}

/// What to use instead, as a paragraph.
pub(super) fn instead(replacement: Option<&str>) -> String {
    replacement.map_or(String::new(), |it| format!("**Use `{it}` instead.**"))
}
