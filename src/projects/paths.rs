//! Paths as they are compared and shown. Nothing here looks at the disk.

use std::path::{Component, Path, PathBuf};

/// `path` from the root of the file system, without `.` and `..`.
///
/// A `..` removes the part before it even if that is a link: this is how people
/// and shells read paths.
pub(crate) fn absolute(working_directory: &Path, path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in working_directory.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = whole.pop(),
            part => whole.push(part),
        }
    }
    whole
}

/// `path` from `folder`, `/` between the parts, if it lies below it.
pub(crate) fn below(folder: &Path, path: &Path) -> Option<String> {
    let path = path.strip_prefix(folder).ok()?;
    let parts = path.components().map(|it| it.as_os_str().to_string_lossy());
    Some(parts.collect::<Vec<_>>().join("/"))
}

/// How the folder `root` is shown before the paths in it: from the working
/// directory, or whole when the two share nothing.
#[cfg(feature = "cli")]
pub(crate) fn shown_folder(working_directory: &Path, root: &Path) -> String {
    let shared = root
        .ancestors()
        .find(|it| it.components().count() > 1 && working_directory.starts_with(it));
    let shown = match shared {
        None => root.to_string_lossy().replace('\\', "/"),
        Some(shared) => {
            let up = working_directory.strip_prefix(shared).unwrap_or(root);
            let up = up.components().map(|_| "..".to_owned());
            let down = below(shared, root).filter(|it| !it.is_empty());
            up.chain(down).collect::<Vec<_>>().join("/")
        }
    };
    match shown.as_str() {
        "" | "/" => shown,
        _ => format!("{shown}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "cli")]
    #[test]
    fn folders_are_shown_from_the_working_directory() {
        let cases = [
            ("/home/u/p", "/home/u/p", ""),
            ("/home/u/p", "/home/u/p/a/b", "a/b/"),
            ("/home/u/p", "/home/u/q", "../q/"),
            ("/home/u/p/x", "/home/u", "../../"),
            ("/home/u/p", "/srv/q", "/srv/q/"),
            ("/", "/srv/q", "/srv/q/"),
            ("/home", "/", "/"),
        ];
        for (working_directory, root, expected) in cases {
            let shown = shown_folder(Path::new(working_directory), Path::new(root));
            assert_eq!(shown, expected, "{root} from {working_directory}");
        }
    }

    #[test]
    fn paths_lose_their_dots() {
        let absolute = |path| absolute(Path::new("/home/u"), Path::new(path));
        assert_eq!(absolute("./a/../b"), Path::new("/home/u/b"));
        assert_eq!(absolute("../../../.."), Path::new("/"));
        assert_eq!(absolute("/x/./y"), Path::new("/x/y"));
    }
}
