//! Snapshots that were read before.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::{Found, Unusable, find, read_files};
use crate::kubernetes::Snapshot;

/// Snapshots that were read, so that none is read anew while its files are as they
/// were.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownSnapshots(Arc<Mutex<BTreeMap<Asked, Known>>>);

/// Paths, and the namespace.
type Asked = (Vec<PathBuf>, Option<String>);

#[derive(Debug)]
struct Known {
    state: State,
    snapshot: Arc<Snapshot>,
}

/// Files with the time of their last change and their length.
type State = Vec<(PathBuf, SystemTime, u64)>;

impl KnownSnapshots {
    /// The snapshot at `paths`, from the folder `working_directory`. Without paths there
    /// is none.
    pub(crate) fn read(
        &self,
        paths: &[PathBuf],
        namespace: Option<&str>,
        working_directory: &Path,
    ) -> Result<Option<Arc<Snapshot>>, Unusable> {
        if paths.is_empty() {
            return Ok(None);
        }
        let files = find(paths, working_directory)?;
        let asked = (paths.to_owned(), namespace.map(str::to_owned));
        // Whoever asks for the same at once waits, and has it read once.
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let state = state(&files);
        if let Some(known) = all
            .get(&asked)
            .filter(|it| Some(&it.state) == state.as_ref())
        {
            return Ok(Some(known.snapshot.clone()));
        }
        let snapshot = read_files(&files, namespace)?;
        if let Some(state) = state {
            let snapshot = snapshot.clone();
            all.insert(asked, Known { state, snapshot });
        }
        Ok(Some(snapshot))
    }
}

/// The state of `files`; none where it says nothing, as of a pipe.
fn state(files: &[Found]) -> Option<State> {
    let state = files.iter().map(|file| {
        let metadata = fs::metadata(&file.whole).ok().filter(|it| it.is_file())?;
        Some((
            file.whole.clone(),
            metadata.modified().ok()?,
            metadata.len(),
        ))
    });
    state.collect()
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "tests set the stage on a real disk"
)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_is_read_again_when_it_changes() {
        let folder = tempfile::tempdir().expect("there is room");
        let write = |name: &str| {
            let object = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n");
            fs::write(folder.path().join("pods.yaml"), object).expect("it can be written");
        };
        let known = KnownSnapshots::default();
        let paths = [PathBuf::from("pods.yaml")];
        let read = |namespace| {
            let read = known.read(&paths, namespace, folder.path());
            read.expect("it can be read").expect("it is there")
        };
        write("web");
        let first = read(None);
        assert!(Arc::ptr_eq(&first, &read(None)));
        assert!(!Arc::ptr_eq(&first, &read(Some("shop"))));
        write("worker");
        assert!(!Arc::ptr_eq(&first, &read(None)));
        fs::remove_file(folder.path().join("pods.yaml")).expect("it is there");
        assert!(known.read(&paths, None, folder.path()).is_err());
    }
}
