//! Files as they would be: changed in memory, not yet on disk.

use std::collections::BTreeMap;

use super::chart::{ChartError, ChartRequest};
use super::sources::{ReadError, Sources};

/// Other sources, with some files replaced: an editor's buffers, standard input,
/// fixes that are not written yet.
#[derive(Clone)]
pub struct OverlaySources<'a> {
    base: &'a dyn Sources,
    files: BTreeMap<String, Vec<u8>>,
}

impl<'a> OverlaySources<'a> {
    /// The files of `base`, none replaced yet.
    #[must_use]
    pub fn new(base: &'a dyn Sources) -> Self {
        Self {
            base,
            files: BTreeMap::new(),
        }
    }

    /// Puts `content` in the place of the file at `path`.
    pub fn replace(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), content.into());
    }

    /// The replaced files, by path.
    pub fn replaced(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(path, content)| (path.as_str(), content.as_slice()))
    }
}

impl Sources for OverlaySources<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.files.get(path) {
            Some(content) if content.len() > super::MAX_FILE_SIZE => Err(ReadError::TooLarge),
            Some(content) => Ok(content.clone()),
            None => self.base.read(path),
        }
    }

    fn list(&self, path: &str) -> Vec<String> {
        let mut names = self.base.list(path);
        let prefix = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        let below = self.files.keys().filter_map(|it| it.strip_prefix(&prefix));
        names.extend(below.map(|rest| match rest.split_once('/') {
            Some((folder, _)) => format!("{folder}/"),
            None => rest.to_owned(),
        }));
        names.sort();
        names.dedup();
        names
    }

    // A request holds its files, the replaced ones among them.
    fn render_chart(&self, request: &ChartRequest) -> Result<String, ChartError> {
        self.base.render_chart(request)
    }
}

impl std::fmt::Debug for OverlaySources<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OverlaySources")
            .field("replaced", &self.files.keys())
            .finish_non_exhaustive()
    }
}
