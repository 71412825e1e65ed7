//! Which files the client is to watch: what analyses looked at, and what they looked
//! for in vain.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::projects::PROJECT_FILE;
use crate::settings;

/// What is watched from the beginning: a project file makes a project, and a settings
/// file may come to have its say.
pub(crate) fn always() -> BTreeSet<String> {
    [PROJECT_FILE, settings::FILE]
        .map(|name| format!("**/{name}"))
        .into()
}

/// Patterns for `files`, and for what is in `folders`. Names are enough: what is
/// watched in vain is told apart when it changes, and every client knows `**`.
pub(crate) fn patterns<'a>(
    files: impl IntoIterator<Item = &'a PathBuf>,
    folders: impl IntoIterator<Item = &'a PathBuf>,
) -> BTreeSet<String> {
    let files = files.into_iter().filter_map(|it| name(it));
    let folders = folders.into_iter().filter_map(|it| name(it));
    files
        .map(|name| format!("**/{name}"))
        .chain(folders.map(|name| format!("**/{name}/*")))
        .chain(always())
        .collect()
}

/// The last part of a path, as it stands in a pattern.
fn name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    Some(name.replace(['*', '[', ']', '{', '}', '!', ',', '\\'], "?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_patterns() {
        let files = ["/p/env.raftt", "/p/a/env.raftt", "/p/w[1].yml", "/"].map(PathBuf::from);
        let folders = ["/p/chart"].map(PathBuf::from);
        let patterns = patterns(&files, &folders);
        let patterns: Vec<_> = patterns.iter().map(String::as_str).collect();
        assert_eq!(
            patterns,
            [
                "**/chart/*",
                "**/env.raftt",
                "**/raftt-config.toml",
                "**/raftt.yml",
                "**/w?1?.yml"
            ]
        );
    }
}
