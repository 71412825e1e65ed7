//! Whether the scripts that a project file names are there.

use super::entry::Entry;
use super::keys::ProjectFile;
use super::rules::{missing_script, script_outside_project, yaml_as_script};
use crate::diagnostic::Diagnostic;
use crate::source::{ReadError, SourceMap, Sources, is_yaml, normalize_path};

/// Reports scripts that cannot be evaluated because there is no such file.
pub(super) fn check(
    sources: &dyn Sources,
    map: &SourceMap,
    project_file: &ProjectFile,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let scripts = [
        &project_file.env_definition,
        &project_file.env_lifecycle_hooks,
    ];
    let [definition, hooks] = scripts.map(Option::as_ref);
    for (entry, other) in [(definition, hooks), (hooks, definition)] {
        if let Some(entry) = entry {
            diagnostics.extend(check_one(sources, map, entry, other));
        }
    }
}

fn check_one(
    sources: &dyn Sources,
    map: &SourceMap,
    entry: &Entry<String>,
    other: Option<&Entry<String>>,
) -> Option<Diagnostic> {
    let other = other.and_then(|it| normalize_path(&it.value.value));
    let written = entry.value.value.as_str();
    let key = map.text(entry.key);
    if script_outside_project::is_absolute(written) {
        return Some(script_outside_project::absolute(sources, key, &entry.value));
    }
    let Some(path) = normalize_path(written) else {
        return Some(script_outside_project::above(key, &entry.value));
    };
    match sources.read(&path) {
        Ok(text) if is_yaml(&path) => {
            let text = String::from_utf8_lossy(&text);
            Some(yaml_as_script::diagnostic(&entry.value, &path, &text))
        }
        Ok(_) => None,
        Err(ReadError::OutsideProject) => Some(script_outside_project::link(key, &entry.value)),
        Err(error) => Some(missing_script::diagnostic(
            sources,
            map,
            (&entry.value, &path),
            other.as_deref(),
            &error,
        )),
    }
}
