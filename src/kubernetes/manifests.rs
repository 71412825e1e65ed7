//! The manifests that a script loads: files, folders and patterns.

mod paths;

use std::collections::HashSet;
use std::sync::Arc;

use super::Object;
use super::check;
use super::read::{Objects, read};
use super::rules::{invalid_manifest, skipped_kustomization};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Text, Texts};
use paths::Found;
pub(crate) use paths::NoManifests;

/// How many bytes of manifests are read for one call.
const MAX_BYTES: usize = 16 << 20;

/// What manifests hold.
#[derive(Debug, Default)]
pub(crate) struct Manifests {
    /// The objects, in the order of the files.
    pub(crate) objects: Arc<Vec<Object>>,
    /// What is wrong in the files.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The paths that lead to no manifest.
    pub(crate) missing: Vec<Missing>,
    /// Whether a part of a file could not be read, so that objects may be missing.
    pub(crate) is_partial: bool,
}

/// A path that leads to no manifest.
#[derive(Debug)]
pub(crate) struct Missing {
    /// Its index among the paths that were asked for.
    pub(crate) index: usize,
    /// Why.
    pub(crate) reason: NoManifests,
}

/// The objects of the manifests at `paths`, from the project's root: files, folders,
/// and patterns with `*`, `?` and `**`. Of folders, the `.yaml`, `.yml` and `.json`
/// files are read, by name, and no folders in them. A file that several paths lead
/// to counts once.
pub(crate) fn manifests(texts: &mut dyn Texts, paths: &[&str]) -> Manifests {
    let mut manifests = Manifests::default();
    let mut objects = Vec::new();
    let mut seen = HashSet::new();
    let mut bytes = 0;
    for (index, path) in paths.iter().enumerate() {
        let found = match paths::find(texts, path) {
            Ok(found) => found,
            Err(reason) => {
                manifests.missing.push(Missing { index, reason });
                continue;
            }
        };
        for Found { path, is_named } in found {
            match texts.read(&path) {
                Ok(text) if seen.insert(text.file) => {
                    bytes += text.text.len();
                    if bytes > MAX_BYTES {
                        let reason = NoManifests::TooMuch;
                        manifests.missing.push(Missing { index, reason });
                        break;
                    }
                    objects.append(&mut manifests.add(&path, &text, is_named));
                }
                Ok(_) => {}
                Err(error) => {
                    let reason = NoManifests::Unreadable { path, error };
                    manifests.missing.push(Missing { index, reason });
                }
            }
        }
    }
    manifests.objects = Arc::new(objects);
    manifests
}

impl Manifests {
    /// Judges a file, and gives its objects.
    fn add(&mut self, path: &str, text: &Text, is_named: bool) -> Vec<Object> {
        if is_kustomization(path) {
            let at = first_line(text);
            self.diagnostics
                .push(skipped_kustomization::diagnostic(path, at));
            return Vec::new();
        }
        let found = read(text.file, &text.text);
        if let Some(template) = template(&found, text) {
            self.is_partial = true;
            self.diagnostics.push(template);
            return Vec::new();
        }
        self.is_partial |= !found.problems.is_empty() || found.too_much.is_some();
        // Of two objects in one document, the first one is not read.
        self.is_partial |= !found.duplicates.is_empty();
        let file = check::File { text, is_named };
        check::file(file, &found, &mut self.diagnostics);
        let objects = found.objects.into_iter();
        objects.filter(|it| !it.kind.is_empty()).collect()
    }
}

/// A kustomization is instructions for `kustomize`, and no object of a cluster.
fn is_kustomization(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ["kustomization.yaml", "kustomization.yml", "Kustomization"].contains(&name)
}

/// What is said about a template, which is no YAML before `helm` or another program has
/// rendered it.
fn template(found: &Objects, text: &Text) -> Option<Diagnostic> {
    let text = &text.text;
    let start = text.find("{{").filter(|_| text.contains("}}"))?;
    // What is broken shows best where.
    let broken = found.problems.first().map(|it| it.span);
    let at = broken.or(found.braces)?;
    let start = match broken {
        Some(_) => start,
        None => at.range().start,
    };
    let end = text[start..]
        .find("}}")
        .map_or(text.len(), |it| start + it + 2);
    Some(invalid_manifest::template(at, text.get(start..end)?))
}

fn first_line(text: &Text) -> Span {
    let line = text.text.lines().next().unwrap_or_default();
    Span::new(text.file, 0..line.trim_end().len())
}

#[cfg(test)]
mod tests;
