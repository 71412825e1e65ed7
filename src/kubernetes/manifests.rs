//! The manifests that a script loads: files, folders and patterns.

mod paths;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Object;
use super::check;
use super::read::{Objects, read};
use super::rules::{incomplete_manifest, invalid_manifest, skipped_kustomization};
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
    let mut kustomized = HashMap::new();
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
                    let folder = path.rsplit_once('/').map_or("", |it| it.0);
                    let is_kustomized = *kustomized.entry(folder.to_owned()).or_insert_with(|| {
                        texts.list(folder).iter().any(|it| is_kustomization(it))
                    });
                    objects.append(&mut manifests.add(&path, &text, is_named, is_kustomized));
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
    fn add(&mut self, path: &str, text: &Text, is_named: bool, is_kustomized: bool) -> Vec<Object> {
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
        let before = self.diagnostics.len();
        check::file(file, &found, &mut self.diagnostics);
        if is_kustomized {
            // What a patch leaves out, or `kustomize` puts in, is not missing.
            let said = self.diagnostics.split_off(before);
            let is_missing = |it: &Diagnostic| it.rule.name == incomplete_manifest::RULE.name;
            self.diagnostics
                .extend(said.into_iter().filter(|it| !is_missing(it)));
        }
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
    // What is broken shows best where.
    let broken = found.problems.first().map(|it| it.span);
    let at = broken.or(found.braces)?;
    let start = match broken {
        Some(broken) => braces_before(text, broken.range().start)?,
        None => at.range().start,
    };
    let end = text[start..]
        .find("}}")
        .map_or(text.len(), |it| start + it + 2);
    Some(invalid_manifest::template(at, text.get(start..end)?))
}

/// The braces of a template that break `text` at the byte `at`: they are what only a
/// template has, or they stand there without quotes.
fn braces_before(text: &str, at: usize) -> Option<usize> {
    const NEAR: usize = 3;
    let marks = [
        "{{-",
        "{{ .",
        "{{.",
        "{{ include ",
        "{{ template ",
        "{{ if ",
        "{{ range ",
    ];
    let unquoted = |start: usize| {
        let line = text[..start].rfind('\n').map_or(0, |it| it + 1);
        !text[line..start].contains(['"', '\''])
    };
    let mut braces = text
        .match_indices("{{")
        .map(|it| it.0)
        .filter(|it| unquoted(*it));
    let is_near = |start: usize| start <= at && text[start..at].matches('\n').count() < NEAR;
    let is_mark = |start: usize| marks.iter().any(|mark| text[start..].starts_with(mark));
    let found = braces.find(|start| is_mark(*start) || is_near(*start))?;
    text[found..].contains("}}").then_some(found)
}

fn first_line(text: &Text) -> Span {
    let line = text.text.lines().next().unwrap_or_default();
    Span::new(text.file, 0..line.trim_end().len())
}

#[cfg(test)]
mod tests;
