//! The project file's text.

use super::rules::unreadable_project_file as unreadable;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceMap, Sources, Span};

/// Reads the text of the file at `path` into `map`. Where there is none, `map`
/// holds the file all the same, so that the diagnostic has a place.
pub(super) fn load(
    sources: &dyn Sources,
    path: &str,
    map: &mut SourceMap,
) -> Result<FileId, Box<Diagnostic>> {
    let bytes = match sources.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let file = map.add(path, "");
            let beside = siblings(sources, path);
            let start = Span::new(file, 0..0);
            return Err(unreadable::not_read(path, &error, &beside, start).into());
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => {
            let nul = text.find('\0');
            let file = map.add(path, text);
            match nul {
                Some(at) => Err(unreadable::nul(path, Span::new(file, at..at + 1)).into()),
                None => Ok(file),
            }
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            // What is no letter is shown as `?`, one for each byte, so that places stay true.
            let file = map.add(path, shown(bytes));
            Err(unreadable::not_utf8(path, bytes, Span::new(file, at..at + 1)).into())
        }
    }
}

/// The names in the folder of `path`.
fn siblings(sources: &dyn Sources, path: &str) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    sources.list(folder)
}

fn shown(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}
