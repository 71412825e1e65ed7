//! What the namespace has, from files and folders.

mod known;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::kubernetes::{MAX_SNAPSHOT_FILE, Snapshot, SnapshotFile};
pub(crate) use known::KnownSnapshots;

/// How many files of folders are read.
const MAX_FILES: usize = 10_000;

/// How deep folders are searched.
const MAX_DEPTH: usize = 16;

/// Why there is no snapshot, in words for whoever asked for it.
#[derive(Debug)]
pub(crate) enum Unusable {
    /// What was asked for is no snapshot.
    Wrong(String),
    /// It could not be read.
    Unreadable(String),
}

/// Reads the snapshot at `paths`, from the folder `working_directory`. Without
/// paths there is none.
pub(crate) fn read(
    paths: &[PathBuf],
    namespace: Option<&str>,
    working_directory: &Path,
) -> Result<Option<Arc<Snapshot>>, Unusable> {
    if paths.is_empty() {
        return Ok(None);
    }
    read_files(&find(paths, working_directory)?, namespace).map(Some)
}

/// A file of a snapshot.
struct Found {
    /// Its path as it was asked for.
    shown: PathBuf,
    whole: PathBuf,
}

/// The files that `paths` mean, from the folder `working_directory`.
fn find(paths: &[PathBuf], working_directory: &Path) -> Result<Vec<Found>, Unusable> {
    let mut files = Vec::new();
    for path in paths {
        add(&mut files, path, working_directory)?;
    }
    Ok(files)
}

/// Adds the file `path`, or those of the folder.
fn add(files: &mut Vec<Found>, path: &Path, folder: &Path) -> Result<(), Unusable> {
    let whole = folder.join(path);
    let metadata = fs::metadata(&whole).map_err(|error| unreadable(path, &error))?;
    if !metadata.is_dir() {
        let shown = path.to_owned();
        files.push(Found { shown, whole });
        return Ok(());
    }
    let before = files.len();
    add_folder(files, path, &whole, MAX_DEPTH)?;
    if files.len() == before {
        let path = path.display();
        return Err(Unusable::Wrong(format!(
            "the snapshot `{path}` is a folder without a `.yaml`, `.yml` or `.json` file"
        )));
    }
    Ok(())
}

/// Adds what the folder holds, by name. Other files than manifests, and what is
/// hidden, are no part of a snapshot.
fn add_folder(
    files: &mut Vec<Found>,
    shown: &Path,
    folder: &Path,
    depth: usize,
) -> Result<(), Unusable> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(shown, &error))?;
    let mut names: Vec<_> = entries.flatten().map(|it| it.file_name()).collect();
    names.sort();
    for name in names {
        let (shown, whole) = (shown.join(&name), folder.join(&name));
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if whole.is_dir() {
            if depth > 0 {
                add_folder(files, &shown, &whole, depth - 1)?;
            }
        } else if is_manifest(&shown) {
            if files.len() >= MAX_FILES {
                return Err(Unusable::Wrong(format!(
                    "the snapshot has more than {MAX_FILES} files"
                )));
            }
            files.push(Found { shown, whole });
        }
    }
    Ok(())
}

fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str());
    matches!(extension, Some("yaml" | "yml" | "json"))
}

fn read_files(files: &[Found], namespace: Option<&str>) -> Result<Arc<Snapshot>, Unusable> {
    let files: Result<Vec<_>, _> = files.iter().map(read_file).collect();
    let files = files?;
    // What a command that failed leaves is no empty namespace.
    if files.iter().all(|it| it.content.trim_ascii().is_empty())
        && let Some(first) = files.first()
    {
        let path = &first.path;
        return Err(Unusable::Wrong(format!("the snapshot `{path}` is empty")));
    }
    let snapshot = Snapshot::read(&files, namespace);
    let snapshot = snapshot.map_err(|error| Unusable::Wrong(error.to_string()))?;
    Ok(Arc::new(snapshot))
}

/// Reads a file. It may be a pipe: `--namespace-snapshot <(kubectl get …)`.
fn read_file(file: &Found) -> Result<SnapshotFile, Unusable> {
    let unreadable = |error| unreadable(&file.shown, &error);
    let mut content = Vec::new();
    // One byte more than a file may have, so that too much is seen as such.
    let limit = MAX_SNAPSHOT_FILE as u64 + 1;
    let opened = File::open(&file.whole).map_err(unreadable)?;
    let result = opened.take(limit).read_to_end(&mut content);
    result.map_err(unreadable)?;
    let path = file.shown.to_string_lossy().replace('\\', "/");
    Ok(SnapshotFile { path, content })
}

fn unreadable(path: &Path, error: &io::Error) -> Unusable {
    let path = path.display();
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            Unusable::Wrong(format!("the snapshot `{path}` does not exist"))
        }
        _ => Unusable::Unreadable(format!("the snapshot `{path}` cannot be read: {error}")),
    }
}
