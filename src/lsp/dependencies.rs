//! What an analysis looked at, and what it looked for in vain: when any of it
//! changes, the analysis is out of date.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::source::{ChartError, ChartRequest, ReadError, Sources};

/// The files and folders that an analysis depends on, by their paths from the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dependencies {
    /// Read, or missing.
    pub(crate) files: BTreeSet<String>,
    /// Listed.
    pub(crate) folders: BTreeSet<String>,
}

impl Dependencies {
    /// Whether it matters that the file or folder at `path` was changed, made or removed.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = path.rsplit_once('/').map_or("", |it| it.0);
        let below = format!("{path}/");
        let is_above = |files: &BTreeSet<String>| {
            let next = files.range(below.clone()..).next();
            next.is_some_and(|it| it.starts_with(&below))
        };
        self.files.contains(path)
            || self.folders.contains(folder)
            || self.folders.contains(path)
            || is_above(&self.files)
            || is_above(&self.folders)
    }
}

/// Other sources; what is asked of them is written down.
pub(crate) struct Recording<'a> {
    base: &'a dyn Sources,
    seen: Mutex<Dependencies>,
}

impl<'a> Recording<'a> {
    pub(crate) fn new(base: &'a dyn Sources) -> Self {
        Self {
            base,
            seen: Mutex::default(),
        }
    }

    /// What was asked for.
    pub(crate) fn into_seen(self) -> Dependencies {
        self.seen
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, note: impl FnOnce(&mut Dependencies)) {
        note(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Sources for Recording<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.note(|it| _ = it.files.insert(path.to_owned()));
        self.base.read(path)
    }

    fn list(&self, path: &str) -> Vec<String> {
        self.note(|it| _ = it.folders.insert(path.to_owned()));
        self.base.list(path)
    }

    // A request holds its files, which were read.
    fn render_chart(&self, request: &ChartRequest) -> Result<String, ChartError> {
        self.base.render_chart(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemorySources;

    #[test]
    fn what_was_asked_for_matters_and_nothing_else() {
        let memory = MemorySources::default().with("a/b", "x");
        let recording = Recording::new(&memory);
        assert!(recording.read("a/b").is_ok());
        assert!(recording.read("missing/deep/file").is_err());
        recording.list("charts/web");
        let seen = recording.into_seen();
        for path in [
            "a/b",
            "missing/deep/file",
            "missing/deep",
            "missing",
            "a",
            "charts",
            "charts/web",
            "charts/web/Chart.yaml",
        ] {
            assert!(seen.has(path), "{path}");
        }
        for path in [
            "a/c",
            "b",
            "a/b/c",
            "missing/deep/other",
            "charts/other",
            "miss",
        ] {
            assert!(!seen.has(path), "{path}");
        }
    }
}
