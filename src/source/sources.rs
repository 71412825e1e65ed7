//! The one door to a project's files.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::chart::{ChartError, ChartRequest};
use super::helm::Helm;
use super::{FileId, MAX_FILE_SIZE};

/// A project's files, by their path from the project's root.
///
/// Paths have `/` between their parts and no `.` or `..` parts. An implementation never hands out a file outside the
/// project's root, whatever links say.
pub trait Sources: Sync {
    /// The bytes of the file at `path`.
    ///
    /// # Errors
    /// Why there are none.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// The names in the folder `path`, sorted; folders end in `/`. Used for
    /// suggestions only, so what cannot be listed is empty.
    fn list(&self, path: &str) -> Vec<String>;

    /// What `helm` makes of a chart. Without network, and without what the user has
    /// set up for `helm`.
    ///
    /// # Errors
    /// Why it makes nothing of it. What is not overridden has no `helm`.
    fn render_chart(&self, request: &ChartRequest) -> Result<String, ChartError> {
        let _ = request;
        Err(ChartError::Unavailable)
    }
}

/// The text of a file, and its place among the texts that were read.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) file: FileId,
    pub(crate) text: Arc<str>,
}

/// A project's files as texts, for what reads several of them: a compose file
/// and what it includes, a folder of manifests.
pub(crate) trait Texts {
    /// The file at `path`, from the project's root. It is remembered: asking
    /// again gives the same file.
    ///
    /// # Errors
    /// Why there is none.
    fn read(&mut self, path: &str) -> Result<Text, ReadError>;

    /// The names in the folder `path`, sorted; folders end in `/`.
    fn list(&mut self, path: &str) -> Vec<String>;
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// There is no such file.
    NotFound,
    /// It is a folder.
    IsDirectory,
    /// It is neither a file nor a folder: a pipe, a device, a socket.
    NotAFile,
    /// The user may not read it.
    PermissionDenied,
    /// Its links lead in a circle.
    SymlinkLoop,
    /// It, or what it links to, lies outside the project.
    OutsideProject,
    /// It is longer than [`MAX_FILE_SIZE`].
    TooLarge,
    /// It is no UTF-8 text.
    NotText,
    /// The system's own words for anything else.
    Other(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("it does not exist"),
            Self::IsDirectory => f.write_str("it is a folder"),
            Self::NotAFile => f.write_str("it is not a regular file"),
            Self::PermissionDenied => f.write_str("permission denied"),
            Self::SymlinkLoop => f.write_str("its symbolic links lead in a circle"),
            Self::OutsideProject => f.write_str("it lies outside the project"),
            Self::TooLarge => write!(f, "it is larger than {} MiB", MAX_FILE_SIZE >> 20),
            Self::NotText => f.write_str("it is no UTF-8 text"),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for ReadError {}

/// `path` without `.`, `..` and empty parts, or nothing when it leaves the
/// project or is absolute.
pub(crate) fn normalize_path(path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\0') {
        return None;
    }
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Files held in memory: a controller's synced tree, a test, an editor's buffers.
#[derive(Clone, Debug, Default)]
pub struct MemorySources {
    files: BTreeMap<String, Vec<u8>>,
    helm: Option<Helm>,
}

impl MemorySources {
    /// Keeps `content` under `path`.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), content.into());
        self
    }

    /// Has charts be rendered by `helm`. Without it, none is.
    #[must_use]
    pub fn with_helm(mut self, helm: Helm) -> Self {
        self.helm = Some(helm);
        self
    }
}

impl Sources for MemorySources {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if let Some(content) = self.files.get(path) {
            return if content.len() > MAX_FILE_SIZE {
                Err(ReadError::TooLarge)
            } else {
                Ok(content.clone())
            };
        }
        let folder = format!("{path}/");
        let is_folder = path.is_empty() || self.files.keys().any(|file| file.starts_with(&folder));
        Err(if is_folder {
            ReadError::IsDirectory
        } else {
            ReadError::NotFound
        })
    }

    fn list(&self, path: &str) -> Vec<String> {
        let folder = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        let below = self.files.keys().filter_map(|f| f.strip_prefix(&folder));
        let mut names: Vec<String> = below
            .map(|rest| match rest.split_once('/') {
                Some((name, _)) => format!("{name}/"),
                None => rest.to_owned(),
            })
            .collect();
        names.dedup();
        names
    }

    fn render_chart(&self, request: &ChartRequest) -> Result<String, ChartError> {
        let helm = self.helm.as_ref().ok_or(ChartError::Unavailable)?;
        helm.render(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalized_and_stay_in_the_project() {
        let cases = [
            ("./a/../b.raftt", Some("b.raftt")),
            ("a//b", Some("a/b")),
            ("a/..", Some("")),
            ("../a", None),
            ("a/../../b", None),
            ("/etc/passwd", None),
            ("a\0b", None),
        ];
        for (path, expected) in cases {
            assert_eq!(normalize_path(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn memory_tells_folders_from_missing_files() {
        let sources = MemorySources::default().with("a/b", "x").with("a/c/d", "");
        assert_eq!(sources.read("a/b"), Ok(b"x".to_vec()));
        assert_eq!(sources.read("a"), Err(ReadError::IsDirectory));
        assert_eq!(sources.read("b"), Err(ReadError::NotFound));
        assert_eq!(sources.list("a"), ["b", "c/"]);
        assert_eq!(sources.list(""), ["a/"]);
    }
}
