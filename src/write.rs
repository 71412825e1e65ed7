//! Writes files. The only place that does.

use std::fs::{self, File, Metadata};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::source::{ReadError, normalize_path, read_file};

/// Why a file was left as it was.
#[derive(Debug)]
pub(crate) enum WriteError {
    /// Somebody else changed it after it was read.
    Changed,
    /// It could not be read again, or lies outside the project.
    Unreadable(ReadError),
    /// The system refused.
    Io(io::Error),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Changed => f.write_str("it changed while it was checked"),
            Self::Unreadable(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Writes a file that holds nothing of the user's, whole or not at all.
pub(crate) fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut builder = tempfile::Builder::new();
    // Others may read it as far as the user lets them; a temporary file is private.
    #[cfg(unix)]
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(permissions);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content)?;
    file.persist(path)?;
    Ok(())
}

/// Replaces the content of the file at `path` in the project `root`, if it is still
/// `before`. Readers see the old or the new content, never a part of either.
///
/// A link stays a link: the file in the project that it leads to is replaced.
///
/// # Errors
/// Why nothing was written.
pub(crate) fn replace(
    root: &Path,
    path: &str,
    before: &[u8],
    after: &[u8],
) -> Result<(), WriteError> {
    let outside = || WriteError::Unreadable(ReadError::OutsideProject);
    let path = normalize_path(path).ok_or_else(outside)?;
    let root = fs::canonicalize(root)?;
    let real = fs::canonicalize(root.join(path))?;
    let folder = real.parent().filter(|it| it.starts_with(&root));
    let folder = folder.ok_or_else(outside)?;

    // A read-only file is refused, although its folder would let it be replaced.
    let file = File::options().write(true).open(&real)?;
    let metadata = file.metadata()?;
    // In the same folder: a rename is atomic within one file system only.
    let mut new = NamedTempFile::with_prefix_in(".raftt-config-", folder)?;
    new.write_all(after)?;
    keep_owner(new.as_file(), &metadata);
    new.as_file().set_permissions(metadata.permissions())?;
    new.as_file().sync_all()?;
    // As late as possible: what was typed meanwhile must not be lost.
    if read_file(&real).map_err(WriteError::Unreadable)? != before {
        return Err(WriteError::Changed);
    }
    new.persist(&real).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

/// Gives the file to the owner of the one that it replaces, where that is another
/// and we may: in a container, the user is not the one who owns the files.
fn keep_owner(file: &File, replaced: &Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        _ = fchown(file, Some(replaced.uid()), Some(replaced.gid()));
    }
    #[cfg(not(unix))]
    let _ = (file, replaced);
}

/// Makes the rename last through a power cut, where folders can be synced.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        // The file is replaced already; that it might not last is no failure.
        _ = File::open(folder).and_then(|it| it.sync_all());
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "tests set the stage on a real disk"
)]
mod tests {
    use super::*;

    #[test]
    fn content_is_replaced_and_permissions_stay() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("env.raftt");
        fs::write(&path, "old").expect("the file can be written");
        let mut permissions = fs::metadata(&path).expect("it is there").permissions();
        #[cfg(unix)]
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o100_754);
        fs::set_permissions(&path, permissions.clone()).expect("they can be set");

        replace(folder.path(), "env.raftt", b"old", b"new").expect("nothing is in the way");
        assert_eq!(fs::read(&path).expect("it is there"), b"new");
        let after = fs::metadata(&path).expect("it is there").permissions();
        assert_eq!(after, permissions);
        let names: Vec<_> = fs::read_dir(folder.path()).expect("it is there").collect();
        assert_eq!(names.len(), 1, "nothing is left behind");
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("env.raftt");
        fs::write(&path, "typed meanwhile").expect("the file can be written");
        let result = replace(folder.path(), "env.raftt", b"old", b"new");
        assert!(matches!(result, Err(WriteError::Changed)));
        assert_eq!(fs::read(&path).expect("it is there"), b"typed meanwhile");
    }

    #[test]
    #[cfg(unix)]
    fn links_stay_links_and_lead_nowhere_outside() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let outside = tempfile::tempdir().expect("a folder can be made");
        fs::write(folder.path().join("real"), "old").expect("the file can be written");
        fs::write(outside.path().join("real"), "old").expect("the file can be written");
        let link = |to: &Path, name| {
            let from = folder.path().join(name);
            std::os::unix::fs::symlink(to, from).expect("a link can be made");
        };
        link(Path::new("real"), "inside");
        link(&outside.path().join("real"), "outside");

        replace(folder.path(), "inside", b"old", b"new").expect("it stays in the project");
        assert!(folder.path().join("inside").is_symlink());
        let content = |path: &Path| fs::read(path).expect("it is there");
        assert_eq!(content(&folder.path().join("real")), b"new");

        let result = replace(folder.path(), "outside", b"old", b"new");
        assert!(matches!(
            result,
            Err(WriteError::Unreadable(ReadError::OutsideProject))
        ));
        assert_eq!(content(&outside.path().join("real")), b"old");
    }
}
