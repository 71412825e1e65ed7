//! A project on disk. The only place that reads the file system for an analysis.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::chart::{ChartError, ChartRequest};
use super::helm::Helm;
use super::sources::{ReadError, Sources};
use super::{MAX_FILE_SIZE, normalize_path};

/// The files below a folder.
#[derive(Clone, Debug)]
pub struct DiskSources {
    root: PathBuf,
    /// Looked for when the first chart is to be rendered.
    helm: OnceLock<Option<Helm>>,
}

impl DiskSources {
    /// The project whose root is the folder `root`.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            helm: OnceLock::new(),
        }
    }

    /// Has charts be rendered by `helm` instead of the one on the search path.
    #[must_use]
    pub fn with_helm(mut self, helm: Helm) -> Self {
        self.helm = Some(helm).into();
        self
    }

    /// The real path of `path`, if that lies in the project once every link is followed.
    fn resolve(&self, path: &str) -> Result<PathBuf, ReadError> {
        let path = normalize_path(path).ok_or(ReadError::OutsideProject)?;
        let joined = self.root.join(path);
        let root = fs::canonicalize(&self.root).map_err(|error| read_error(&error))?;
        let real = fs::canonicalize(&joined).map_err(|error| read_error(&error))?;
        if real.starts_with(&root) {
            Ok(real)
        } else {
            Err(ReadError::OutsideProject)
        }
    }
}

impl Sources for DiskSources {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        read_file(&self.resolve(path)?)
    }

    fn list(&self, path: &str) -> Vec<String> {
        let entries = self.resolve(path).ok().and_then(|it| fs::read_dir(it).ok());
        let mut names: Vec<String> = entries
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let name = entry.file_name().into_string().ok()?;
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                Some(if is_folder { format!("{name}/") } else { name })
            })
            .collect();
        names.sort();
        names
    }

    fn render_chart(&self, request: &ChartRequest) -> Result<String, ChartError> {
        let helm = self.helm.get_or_init(|| Helm::on_path(&self.root));
        helm.as_ref()
            .ok_or(ChartError::Unavailable)?
            .render(request)
    }
}

/// Reads a regular file up to the size limit. Pipes and devices are refused
/// before they are opened: reading one may never end.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    let metadata = fs::metadata(path).map_err(|error| read_error(&error))?;
    if metadata.is_dir() {
        return Err(ReadError::IsDirectory);
    }
    if !metadata.is_file() {
        return Err(ReadError::NotAFile);
    }
    let file = File::open(path).map_err(|error| read_error(&error))?;
    let expected = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    let mut content = Vec::with_capacity(expected.min(MAX_FILE_SIZE) + 1);
    file.take(MAX_FILE_SIZE as u64 + 1)
        .read_to_end(&mut content)
        .map_err(|error| read_error(&error))?;
    if content.len() > MAX_FILE_SIZE {
        return Err(ReadError::TooLarge);
    }
    Ok(content)
}

fn read_error(error: &io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::NotFound,
        ErrorKind::PermissionDenied => ReadError::PermissionDenied,
        ErrorKind::IsADirectory => ReadError::IsDirectory,
        // `ErrorKind::FilesystemLoop` is not stable; 40 is ELOOP on Linux, 62 on macOS.
        _ if matches!(error.raw_os_error(), Some(40 | 62)) => ReadError::SymlinkLoop,
        _ => ReadError::Other(error.to_string()),
    }
}
