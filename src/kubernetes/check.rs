//! What is wrong with the objects of a manifest, as far as it is certain.

mod amount;
mod value;

use std::ops::Range;

use super::read::Objects;
use super::rules::{
    incomplete_manifest, invalid_manifest, skipped_kustomization, unknown_kind,
    unknown_manifest_field,
};
use super::types::{self, ObjectType, Type, is_snake_case_of};
use super::{Data, Key, Object, Value};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Text};
use crate::suggest::nearest;
use unknown_manifest_field::Meant;

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
    let mut check = Check {
        text: &file.text.text,
        limit: diagnostics.len() + MAX_MISTAKES,
        diagnostics,
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
        // No message points into a secret: what stands around is shown, too.
        if object.is_secret() {
            continue;
        }
        if is_whole && check.lacks_something(object, file.is_named) {
            continue;
        }
        check.object(object);
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
    };
    if let Data::Map(entries) = &value.data {
        for (key, value) in entries {
            if let Some(field) = ty.api_field(&key.name) {
                check.value(value::Field::Named(field.name), field.ty, value);
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
            let usual = match missing[..] {
                ["apiVersion"] => api_version_of(&object.kind),
                _ => None,
            };
            // What says either is meant to be an object.
            let is_meant = is_named || missing.len() == 1;
            let diagnostic = incomplete_manifest::without_type(&missing, usual, first, is_meant);
            self.diagnostics.push(diagnostic);
        } else if object.api_version.starts_with("kustomize.config.k8s.io/") {
            // It patches objects and is none.
            let path = format!("this `{}`", object.kind);
            self.diagnostics
                .push(skipped_kustomization::diagnostic(&path, first));
            return true;
        }
        let named = ["name", "generateName"].into_iter();
        let has_name = named
            .filter_map(|name| value.at_path(&["metadata", name]))
            .any(|it| !is_empty(it));
        let metadata = value.get("metadata").map(|it| &it.data);
        // What is no mapping is told as such.
        let is_readable = matches!(metadata, None | Some(Data::Null | Data::Map(_)));
        if !has_name && is_readable && !object.kind.is_empty() {
            let mut at = entries.iter().filter(|(key, _)| key.name == "metadata");
            let at = at.next().map_or(first, |(key, _)| key.at);
            let is_known = types::of_kind(&object.api_version, &object.kind).is_some();
            let is_meant = is_named || is_known;
            let diagnostic = incomplete_manifest::without_name(&object.kind, at, is_meant);
            self.diagnostics.push(diagnostic);
        }
        object.kind.is_empty()
    }

    fn object(&mut self, object: &Object) {
        match types::of_kind(&object.api_version, &object.kind) {
            Some(ty) => self.fields(ty, &object.value, true),
            None => self.kind(object),
        }
    }

    /// Whether a kind that is not known is meant to be one of Kubernetes' own.
    fn kind(&mut self, object: &Object) {
        let (api_version, kind) = (object.api_version.as_str(), object.kind.as_str());
        let place = |name| object.value.get(name).filter(|it| it.origin.is_none());
        let (Some(group), Some(named)) = (place("apiVersion"), place("kind")) else {
            return;
        };
        // Older versions have kinds of their own, and other groups are free.
        let is_own = matches!(
            api_version,
            "v1" | "apps/v1" | "batch/v1" | "autoscaling/v1" | "autoscaling/v2" | "policy/v1"
        );
        if !is_own {
            return;
        }
        if let Some(right) = api_version_of(kind) {
            let group = (api_version, group.at);
            let diagnostic = unknown_kind::elsewhere(kind, group, right, named.at);
            self.diagnostics.push(diagnostic);
        } else if let Some(meant) = nearest(kind, types::kinds(api_version)) {
            let diagnostic = unknown_kind::misspelt(api_version, kind, meant, named.at);
            self.diagnostics.push(diagnostic);
        }
    }

    /// Judges the fields of something of the type `ty`.
    fn fields(&mut self, ty: &'static ObjectType, value: &Value, is_object: bool) {
        let Data::Map(entries) = &value.data else {
            return;
        };
        for (key, value) in entries {
            if self.diagnostics.len() >= self.limit {
                return;
            }
            // The server writes the status itself.
            if is_object && key.name == "status" {
                continue;
            }
            match ty.api_field(&key.name) {
                Some(field) => self.value(value::Field::Named(field.name), field.ty, value),
                None => self.unknown_field(ty, key, entries),
            }
        }
    }

    fn unknown_field(&mut self, ty: &'static ObjectType, key: &Key, entries: &[(Key, Value)]) {
        // Some write anchors under keys of their own, and placeholders as keys.
        let is_own = key.name.starts_with("x-") || key.name.contains(['{', '$']);
        if is_own || key.name.is_empty() {
            return;
        }
        let by_form = ty.fields().find(|it| is_snake_case_of(&key.name, it.name));
        let spelling = by_form.map(|it| it.name).or_else(|| {
            let names = ty.fields().map(|it| it.name);
            nearest(&key.name, names.collect::<Vec<_>>())
        });
        let meant = match spelling {
            Some(name) if entries.iter().any(|(key, _)| key.name == name) => Meant::Twin(name),
            Some(name) => Meant::Spelling(name),
            None => deeper(ty, &key.name).map_or(Meant::Unknown, Meant::Deeper),
        };
        let owner = in_words(ty);
        let diagnostic = unknown_manifest_field::diagnostic(&owner, &key.name, &meant, key.at);
        self.diagnostics
            .push(match is_written_here(key.at, entries) {
                true => diagnostic,
                false => Diagnostic {
                    fix: None,
                    ..diagnostic
                },
            });
    }
}

/// Whether the key is written among these entries, and not merged from elsewhere.
fn is_written_here(key: Span, entries: &[(Key, Value)]) -> bool {
    entries
        .first()
        .is_some_and(|(first, _)| first.at.start <= key.start)
}

fn is_empty(value: &Value) -> bool {
    match &value.data {
        Data::Null => true,
        Data::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// The version of the group that a kind of Kubernetes belongs to, if it is one of
/// the kinds that everybody uses.
fn api_version_of(kind: &str) -> Option<&'static str> {
    let versions = ["v1", "apps/v1", "batch/v1", "autoscaling/v2", "policy/v1"];
    let more = [
        "networking.k8s.io/v1",
        "rbac.authorization.k8s.io/v1",
        "storage.k8s.io/v1",
    ];
    let mut versions = versions.into_iter().chain(more);
    versions.find(|it| types::of_kind(it, kind).is_some())
}

/// Where, in something of the type `ty`, a field `name` belongs.
fn deeper(ty: &'static ObjectType, name: &str) -> Option<String> {
    const MAX_DEPTH: usize = 4;
    let mut level = vec![(ty, String::new())];
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for (ty, path) in level {
            for field in ty.fields().filter(|it| it.name != "status") {
                if let Type::Object(inner) = field.ty {
                    let path = match path.as_str() {
                        "" => field.name.to_owned(),
                        _ => format!("{path}.{}", field.name),
                    };
                    if inner.api_field(name).is_some() {
                        return Some(path);
                    }
                    next.push((inner, path));
                }
            }
        }
        level = next;
    }
    None
}

/// `a container`, `an http get action`.
fn in_words(ty: &ObjectType) -> String {
    let words = types::snake_case(ty.short_name()).replace('_', " ");
    let article = match words.starts_with(['a', 'e', 'i', 'o']) {
        true => "an",
        false => "a",
    };
    format!("{article} {words}")
}
