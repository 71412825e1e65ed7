//! Paths of files and folders.

use super::strings::Place;
use super::{Completion, CompletionKind};
use crate::ide::View;
use crate::source::normalize_path;

/// The files and folders where `string` leads so far, of which `is_wanted` says that
/// they can be meant.
pub(super) fn complete(
    view: View<'_>,
    string: &Place,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<Completion> {
    let (folder, _) = string.before.rsplit_once('/').unwrap_or(("", ""));
    let Some(path) = normalize_path(folder) else {
        return Vec::new();
    };
    let start = string.content.start + string.before.rfind('/').map_or(0, |it| it + 1);
    let names = view.sources.list(&path).into_iter();
    let names = names.filter(|name| {
        let whole = match path.as_str() {
            "" => name.clone(),
            path => format!("{path}/{name}"),
        };
        name != ".git/" && is_wanted(&whole)
    });
    names
        .map(|name| match name.strip_suffix('/') {
            Some(_) => {
                Completion::new(&name, CompletionKind::Folder, start..string.content.end).rank(1)
            }
            None => Completion::new(&name, CompletionKind::File, start..string.content.end)
                .text(format!("{name}{}", string.closing)),
        })
        .collect()
}
