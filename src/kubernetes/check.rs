//! What is wrong with the objects of a manifest, as far as it is certain.

mod amount;
mod choices;
mod field;
mod kind;
mod name;
mod parts;
mod secret;
mod value;

use std::ops::Range;

pub(crate) use choices::words_of;

use super::read::Objects;
use super::rules::{incomplete_manifest, invalid_manifest, skipped_kustomization};
use super::types::{self, ObjectType};
use super::{Data, Object, Value};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Text};
use crate::suggest::nearest;

/// A file that is judged.
#[derive(Clone, Copy)]
pub(super) struct File<'t> {
    pub(super) text: &'t Text,
    /// Whether the script names it, and not just its folder.
    pub(super) is_named: bool,
}

/// How many mistakes of a file are told. One that has more is something else.
const MAX_MISTAKES: usize = 100;

/// Judges what was `found` in `file`.
pub(super) fn file(file: File<'_>, found: &Objects, diagnostics: &mut Vec<Diagnostic>) {
    for problem in &found.problems {
        diagnostics.push(
            match secret_around(&file.text.text, problem.span.range().start) {
                Some(document) => {
                    let at = Span::new(file.text.file, document);
                    invalid_manifest::broken_secret(at)
                }
                None => invalid_manifest::diagnostic(problem),
            },
        );
    }
    diagnostics.extend(found.too_much.map(invalid_manifest::too_many_aliases));
    // What was left out of a broken file seems to be set twice, or missing.
    if found.problems.is_empty() {
        invalid_keys(file, found, diagnostics);
    }
    let mut check = Check {
        text: &file.text.text,
        limit: diagnostics.len() + MAX_MISTAKES,
        diagnostics,
        extent: Extent::Part,
        around: Vec::new(),
        path: Vec::new(),
        claims: Vec::new(),
    };
    // What was left out of a broken file cannot be missed in it.
    let is_whole = found.problems.is_empty() && found.too_much.is_none();
    if is_whole {
        let strays = found.strays.iter().copied();
        check
            .diagnostics
            .extend(strays.map(invalid_manifest::no_object));
    }
    for object in &found.objects {
        if check.diagnostics.len() >= check.limit {
            break;
        }
        if object.is_secret() {
            check.secret(object);
            continue;
        }
        if is_whole && check.lacks_something(object, file.is_named) {
            continue;
        }
        check.extent = match (is_whole, file.is_named) {
            (false, _) => Extent::Part,
            (true, is_meant) => Extent::Whole { is_meant },
        };
        check.object(object);
    }
}

/// Tells of keys that are set twice. Where those are an object's, two objects stand in
/// one document.
fn invalid_keys(file: File<'_>, found: &Objects, diagnostics: &mut Vec<Diagnostic>) {
    let text = &file.text.text;
    let mut objects = Vec::new();
    for key in &found.duplicates {
        if diagnostics.len() >= MAX_MISTAKES {
            return;
        }
        let is_of_object = |name: &str| {
            let mut duplicates = found.duplicates.iter();
            duplicates.any(|it| it.mapping == key.mapping && it.name == name)
        };
        if objects.contains(&key.mapping) || secret_around(text, key.at.range().start).is_some() {
            continue;
        }
        diagnostics.push(match is_of_object("apiVersion") && is_of_object("kind") {
            true => {
                objects.push(key.mapping);
                let before = text.get(..key.at.range().start).unwrap_or_default();
                let is_on_own_line = before.ends_with('\n');
                invalid_manifest::missing_separator(key, is_on_own_line)
            }
            false => invalid_manifest::duplicate_key(key),
        });
    }
}

/// The first line of the document around the byte `at`, if that is a secret's.
fn secret_around(text: &str, at: usize) -> Option<Range<usize>> {
    const MARK: &str = "\n---";
    let before = text.get(..at)?;
    let start = before.rfind(MARK).map_or(0, |it| it + MARK.len());
    let rest = text.get(start..)?;
    let document = rest.find(MARK).map_or(rest, |end| &rest[..end]);
    let is_letter = |c: &char| !matches!(c, ' ' | '"' | '\'');
    let letters: String = document.chars().filter(is_letter).collect();
    // Rather too much is hidden than too little.
    let is_secret = letters.to_ascii_lowercase().contains("kind:secret");
    let skipped = document.len() - document.trim_start().len();
    let line = document.trim_start().lines().next().unwrap_or_default();
    is_secret.then(|| start + skipped..start + skipped + line.trim_end().len())
}

/// What is wrong with the fields of `value`, which is to be of the type `ty` and stands
/// in `text`. Fields that the type does not have are its reader's to judge.
pub(crate) fn check_fields(ty: &'static ObjectType, value: &Value, text: &str) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut check = Check {
        text,
        limit: MAX_MISTAKES,
        diagnostics: &mut diagnostics,
        extent: Extent::Part,
        around: Vec::new(),
        path: Vec::new(),
        claims: Vec::new(),
    };
    if let Data::Map(entries) = &value.data {
        for (key, value) in entries {
            if let Some(field) = ty.api_field(&key.name) {
                check.value(value::Field::Named(field.name), field.ty, value);
                check.choice(ty, field.name, value);
            }
        }
    }
    diagnostics
}

struct Check<'c> {
    text: &'c str,
    diagnostics: &'c mut Vec<Diagnostic>,
    /// How many diagnostics there may be.
    limit: usize,
    extent: Extent,
    /// What is around the value that is judged, outermost first, and how much of
    /// `path` leads there.
    around: Vec<(&'static ObjectType, usize)>,
    /// The fields that lead from the object to the value.
    path: Vec<&'static str>,
    /// The names of the claims that pods get as volumes.
    claims: Vec<String>,
}

/// How much of an object is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// Some fields, so that what is not there cannot be missed.
    Part,
    /// All of it. Where only a folder is named, an object may be a patch of another.
    Whole { is_meant: bool },
}

impl Check<'_> {
    /// Reports what an object lacks; whether it cannot be judged further.
    fn lacks_something(&mut self, object: &Object, is_named: bool) -> bool {
        let value = &object.value;
        let Data::Map(entries) = &value.data else {
            return true;
        };
        let first = entries.first().map_or(value.at, |(key, _)| key.at);
        let missing = ["apiVersion", "kind"].into_iter();
        let missing = missing.filter(|it| value.get(it).is_none_or(is_empty));
        let missing: Vec<_> = missing.collect();
        if !missing.is_empty() {
            if kind::is_compose_file(value) {
                self.diagnostics
                    .push(invalid_manifest::compose_file(first, is_named));
                return true;
            }
            let usual = match missing[..] {
                ["apiVersion"] => kind::api_version_of(&object.kind),
                _ => None,
            };
            // What says either is meant to be an object.
            let is_meant = is_named || missing.len() == 1;
            let diagnostic = incomplete_manifest::without_type(&missing, usual, first, is_meant);
            self.diagnostics.push(diagnostic);
        } else if object.api_version.starts_with("kustomize.config.k8s.io/") {
            // It patches objects and is none.
            self.diagnostics
                .push(skipped_kustomization::component(&object.kind, first));
            return true;
        } else if kind::is_configuration(object) {
            let diagnostic = invalid_manifest::configuration(&object.kind, first, is_named);
            self.diagnostics.push(diagnostic);
            return true;
        } else if object.api_version == "v1" && object.kind == "List" {
            // Lists with items are not objects here.
            let diagnostic = incomplete_manifest::without_items(entries, first, is_named);
            self.diagnostics.push(diagnostic);
            return true;
        }
        let named = ["name", "generateName"].into_iter();
        let has_name = named
            .filter_map(|name| value.at_path(&["metadata", name]))
            .any(|it| !is_empty(it));
        let metadata = value.get("metadata").map(|it| &it.data);
        // What is no mapping is told as such.
        let is_readable = matches!(metadata, None | Some(Data::Null | Data::Map(_)));
        // A misspelt key is told. `namespace`, which is like it, is none.
        let is_misspelt = matches!(metadata, Some(Data::Map(entries)) if entries
            .iter()
            .any(|(key, _)| key.name.len() == 4 && nearest(&key.name, ["name"]).is_some()));
        if !has_name && is_readable && !is_misspelt && !object.kind.is_empty() {
            let mut at = entries.iter().filter(|(key, _)| key.name == "metadata");
            let at = at.next().map_or(first, |(key, _)| key.at);
            let known = types::similar_kind(&object.api_version, &object.kind);
            let is_meant = is_named || known.is_some();
            let usual = kind::api_version_of(&object.kind);
            let usual = usual.and_then(|it| types::of_kind(it, &object.kind));
            let what = match known.or(usual) {
                Some(ty) => field::words(ty),
                None => format!("`{}`", object.kind),
            };
            let diagnostic = incomplete_manifest::without_name(&what, at, is_meant);
            self.diagnostics.push(diagnostic);
        }
        object.kind.is_empty()
    }

    fn object(&mut self, object: &Object) {
        self.claims.clear();
        match types::of_kind(&object.api_version, &object.kind) {
            Some(ty) => {
                self.object_name(object);
                self.fields(ty, &object.value, true);
            }
            None => self.kind(object),
        }
    }

    /// Judges the fields of something of the type `ty`.
    fn fields(&mut self, ty: &'static ObjectType, value: &Value, is_object: bool) {
        let Data::Map(entries) = &value.data else {
            return;
        };
        self.around.push((ty, self.path.len()));
        self.remember_claims(ty, value);
        for (key, value) in entries {
            if self.diagnostics.len() >= self.limit {
                break;
            }
            // The server writes the status itself.
            if is_object && key.name == "status" {
                continue;
            }
            match ty.api_field(&key.name) {
                Some(field) => {
                    self.path.push(field.name);
                    self.value(value::Field::Named(field.name), field.ty, value);
                    self.choice(ty, field.name, value);
                    self.path.pop();
                }
                None => self.unknown_field(ty, key, entries),
            }
        }
        self.around.pop();
        if let Extent::Whole { is_meant } = self.extent {
            self.parts(ty, value, is_meant);
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match &value.data {
        Data::Null => true,
        Data::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}
