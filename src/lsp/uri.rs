//! Documents' names in the protocol, and paths.

use std::fmt;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The path of a document. One that is not saved yet is named as if it lay in
/// `folder`. None for what is no file: a version in git, an editor's own page.
pub(crate) fn path(uri: &str, folder: &Path) -> Option<PathBuf> {
    let (scheme, rest) = uri.split_once(':')?;
    if scheme.eq_ignore_ascii_case("file") {
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let at = rest.find('/')?;
        return file_path(&rest[..at], &decode(&rest[at..])?);
    }
    if scheme.eq_ignore_ascii_case("untitled") {
        let name = decode(rest)?;
        if name.starts_with('/') {
            return file_path("", &name);
        }
        let name = name.rsplit(['/', '\\']).next()?;
        return (!name.is_empty()).then(|| folder.join(name));
    }
    None
}

/// The name of the file at `path`.
pub(crate) fn of(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) {
        of_windows(&path)
    } else {
        format!("file://{}", encode(&path))
    }
}

fn file_path(host: &str, path: &str) -> Option<PathBuf> {
    if cfg!(windows) {
        return Some(windows(host, path).into());
    }
    (host.is_empty() || host.eq_ignore_ascii_case("localhost")).then(|| path.into())
}

/// A path of Windows: `/c:/a` is `C:\a`, and what has a host is on that host.
#[cfg_attr(not(any(windows, test)), allow(dead_code))]
fn windows(host: &str, path: &str) -> String {
    let local = path.trim_start_matches('/').replace('/', "\\");
    let mut letters = local.chars();
    match (letters.next(), letters.next()) {
        // Clients write the letter either way, and mean the same drive.
        (Some(drive), Some(':')) if drive.is_ascii_alphabetic() => {
            format!("{}:{}", drive.to_ascii_uppercase(), letters.as_str())
        }
        _ if !host.is_empty() => format!("\\\\{host}\\{local}"),
        _ => local,
    }
}

fn of_windows(path: &str) -> String {
    let path = path.trim_start_matches("\\\\?\\").replace('\\', "/");
    match path.strip_prefix("//") {
        Some(on_host) => format!("file://{}", encode(on_host)),
        None => format!("file:///{}", encode(&path)),
    }
}

/// What stands in a path as it is.
const IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b':')
    .remove(b'@')
    .remove(b'+');

fn encode(text: &str) -> impl fmt::Display {
    utf8_percent_encode(text, IN_PATHS)
}

/// `text` without escapes; none where they make no text.
fn decode(text: &str) -> Option<String> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn paths_are_read_and_written() {
        let cases = [
            ("file:///home/u/a.raftt", Some("/home/u/a.raftt")),
            ("file:///a%20b/%C3%A4.raftt", Some("/a b/ä.raftt")),
            ("file://localhost/a", Some("/a")),
            ("FILE:///a", Some("/a")),
            ("file:///100%", Some("/100%")),
            ("untitled:Untitled-1", Some("/w/Untitled-1")),
            ("untitled:/a/b.raftt", Some("/a/b.raftt")),
            ("untitled:", None),
            ("file://server/share/a", None),
            ("file:///%FF", None),
            ("git:/a/env.raftt?HEAD", None),
            ("no name", None),
        ];
        for (uri, expected) in cases {
            let actual = path(uri, Path::new("/w"));
            assert_eq!(actual.as_deref(), expected.map(Path::new), "{uri}");
        }
        assert_eq!(
            of(Path::new("/a b/ä#?.raftt")),
            "file:///a%20b/%C3%A4%23%3F.raftt"
        );
    }

    #[test]
    fn paths_of_windows_are_read_and_written() {
        assert_eq!(
            windows("", "/c:/Users/u/env.raftt"),
            "C:\\Users\\u\\env.raftt"
        );
        assert_eq!(decode("/c%3A/a").as_deref(), Some("/c:/a"));
        assert_eq!(windows("server", "/share/a"), "\\\\server\\share\\a");
        assert_eq!(
            of_windows("C:\\a b\\env.raftt"),
            "file:///C:/a%20b/env.raftt"
        );
        assert_eq!(of_windows("\\\\server\\share\\a"), "file://server/share/a");
    }
}
