//! From what a script names to the files that are meant.

use std::fmt;

use crate::source::{ReadError, Texts, normalize_path};

/// How many folders a pattern looks into, and how many files it may match.
const MAX_VISITED: usize = 5_000;

/// A file to read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: String,
    /// Whether the script names it, and not just its folder.
    pub(super) is_named: bool,
}

/// Why a path leads to no manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoManifests {
    /// A file cannot be read.
    Unreadable {
        /// Its path from the project's root.
        path: String,
        /// Why.
        error: ReadError,
    },
    /// A folder holds no `.yaml`, `.yml` or `.json` file; folders in it may.
    EmptyFolder {
        /// Whether there are folders in it.
        has_folders: bool,
    },
    /// A pattern matches no file.
    NoMatch,
    /// A pattern matches more files than are read.
    TooMany,
    /// The files are larger than what is read.
    TooMuch,
}

/// What is wrong with the path, to be said behind it.
impl fmt::Display for NoManifests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { error, .. } => {
                let words = error.to_string();
                f.write_str(words.strip_prefix("it ").unwrap_or(&words))
            }
            Self::EmptyFolder { .. } => {
                f.write_str("is a folder without a `.yaml`, `.yml` or `.json` file")
            }
            Self::NoMatch => f.write_str("matches no file"),
            Self::TooMuch => f.write_str("holds more than is read"),
            Self::TooMany => write!(f, "matches more than {MAX_VISITED} files or folders"),
        }
    }
}

/// The files that `path` means, in the order in which they are read.
pub(super) fn find(texts: &mut dyn Texts, path: &str) -> Result<Vec<Found>, NoManifests> {
    let normal = normalize_path(path).ok_or_else(|| NoManifests::Unreadable {
        path: path.to_owned(),
        error: ReadError::OutsideProject,
    })?;
    if normal.contains(['*', '?']) {
        return matches(texts, &normal);
    }
    // What is listed is a folder; a file lists nothing.
    let names = texts.list(&normal);
    if names.is_empty() {
        return Ok(vec![Found {
            path: normal,
            is_named: true,
        }]);
    }
    let has_folders = names.iter().any(|it| it.ends_with('/'));
    let files = names.iter().filter(|it| is_manifest(it));
    let files = files.map(|name| Found {
        path: join(&normal, name),
        is_named: false,
    });
    let files: Vec<_> = files.collect();
    match files.is_empty() {
        true => Err(NoManifests::EmptyFolder { has_folders }),
        false => Ok(files),
    }
}

fn is_manifest(name: &str) -> bool {
    let has_ending = [".yaml", ".yml", ".json"]
        .iter()
        .any(|it| name.ends_with(it));
    has_ending && !name.starts_with('.')
}

fn join(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}

/// The files that match a pattern, by path.
fn matches(texts: &mut dyn Texts, pattern: &str) -> Result<Vec<Found>, NoManifests> {
    let parts: Vec<&str> = pattern.split('/').collect();
    let mut visited = 0;
    let mut files = Vec::new();
    // Folders to look into, each with the parts of the pattern that are left.
    let mut folders = vec![(String::new(), parts.as_slice())];
    while let Some((folder, parts)) = folders.pop() {
        let Some((part, rest)) = parts.split_first() else {
            continue;
        };
        visited += 1;
        if visited > MAX_VISITED || files.len() > MAX_VISITED {
            return Err(NoManifests::TooMany);
        }
        if *part == "**" {
            // It stands for no folder as well.
            folders.push((folder.clone(), rest));
        }
        for name in texts.list(&folder) {
            let (name, is_folder) = match name.strip_suffix('/') {
                Some(name) => (name, true),
                None => (name.as_str(), false),
            };
            let path = join(&folder, name);
            if *part == "**" {
                if is_folder && !name.starts_with('.') {
                    folders.push((path, parts));
                } else if rest.is_empty() && !is_folder && is_manifest(name) {
                    files.push(path);
                }
            } else if is_match(part, name) {
                match (is_folder, rest.is_empty()) {
                    (true, false) => folders.push((path, rest)),
                    (false, true) => files.push(path),
                    _ => {}
                }
            }
        }
    }
    files.sort();
    files.dedup();
    if files.is_empty() {
        return Err(NoManifests::NoMatch);
    }
    // A pattern such as `k8s/*` means the manifests among the files.
    if files.iter().any(|it| is_manifest(it)) {
        files.retain(|it| is_manifest(it));
    }
    let files = files.into_iter().map(|path| Found {
        path,
        is_named: false,
    });
    Ok(files.collect())
}

/// Whether `name` matches `pattern`, in which `*` stands for any letters and `?` for
/// one. As in a shell, neither stands for the dot that hides a file.
fn is_match(pattern: &str, name: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut in_name) = (0, 0);
    // Where to go on when the letters behind the last `*` do not fit.
    let mut star: Option<(usize, usize)> = None;
    while in_name < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, in_name));
                at += 1;
            }
            Some(letter) if *letter == '?' || *letter == name[in_name] => {
                at += 1;
                in_name += 1;
            }
            _ => match &mut star {
                Some((star_at, taken)) => {
                    *taken += 1;
                    at = *star_at + 1;
                    in_name = *taken;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|it| *it == '*')
}
