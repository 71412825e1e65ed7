//! Files that are named.

use std::ops::Range;

use super::definition::{file_of, of_literal};
use super::infer::Inference;
use super::{Language, View, project};

/// A text that names a file which is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The text, in bytes; what stands between the quotes.
    pub range: Range<usize>,
    /// The file's path from the project's root.
    pub target: String,
}

/// How many strings of a script are looked at.
const MAX_STRINGS: usize = 2_000;

/// The files that the file at `path` names, in their order.
#[must_use]
pub fn links(view: &View<'_>, path: &str) -> Vec<Link> {
    let found = match view.language(path) {
        Some(Language::ProjectFile) => in_project_file(view, path),
        Some(Language::Script) => view.with_script(path, |script| {
            let tree = &script.tree;
            let strings = tree
                .nodes()
                .filter_map(|(id, _)| Some((id, tree.literal(id)?)));
            let links = strings.take(MAX_STRINGS).filter_map(|(id, literal)| {
                // Each is a question of its own.
                let inference = Inference::new(*view, script);
                let target = of_literal(&inference, id)?;
                // A place within a file is a definition.
                let is_file = target.range.is_empty() && target.range.start == 0;
                let is_first = tree.string(id) != Some("");
                (is_file && is_first).then_some(Link {
                    range: literal.content,
                    target: target.path,
                })
            });
            Some(links.collect())
        }),
        None => None,
    };
    found.unwrap_or_default()
}

fn in_project_file(view: &View<'_>, path: &str) -> Option<Vec<Link>> {
    let text = view.text(path)?;
    let all = project::found(&project::tree(&text));
    let links = all.into_iter().filter_map(|found| {
        let target = file_of(view, &found)?.path;
        Some(Link {
            range: unquoted(&text, found.value_range),
            target,
        })
    });
    Some(links.collect())
}

/// What stands between the quotes of a value, if it has some.
fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let is_quoted = written.len() > 1 && written.starts_with(['"', '\'']);
    match is_quoted {
        true => range.start + 1..range.end - 1,
        false => range,
    }
}
