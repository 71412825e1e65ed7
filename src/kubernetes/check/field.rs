//! Fields that a type does not have.

use super::Check;
use crate::diagnostic::Diagnostic;
use crate::kubernetes::rules::unknown_manifest_field::{self as unknown, Meant};
use crate::kubernetes::types::{self, ObjectType, Type, is_snake_case_of};
use crate::kubernetes::{Data, Key, Value};
use crate::source::Span;
use crate::suggest::nearest;

/// The fields of backends in the older versions of ingresses.
const OLD_BACKEND: [&str; 2] = ["serviceName", "servicePort"];

impl Check<'_> {
    /// Reports that the type `ty`, which has these `entries`, does not know one of them.
    pub(super) fn unknown_field(
        &mut self,
        ty: &'static ObjectType,
        key: &Key,
        entries: &[(Key, Value)],
    ) {
        // Some write anchors under keys of their own, and placeholders as keys.
        let is_own = key.name.starts_with("x-") || key.name.contains(['{', '$']);
        if is_own || key.name.is_empty() {
            return;
        }
        if ty.name == "networking.v1.IngressBackend" && OLD_BACKEND.contains(&&*key.name) {
            return self.old_backend(key, entries);
        }
        let meant = self.meant(ty, &key.name, entries);
        let diagnostic = unknown::diagnostic(&owner(ty), &key.name, &meant, key.at);
        self.diagnostics
            .push(match is_written_here(key.at, entries) {
                true => diagnostic,
                false => Diagnostic {
                    fix: None,
                    ..diagnostic
                },
            });
    }

    fn meant(&self, ty: &'static ObjectType, name: &str, entries: &[(Key, Value)]) -> Meant {
        let resources = ["cpu", "memory", "ephemeral-storage", "storage"];
        if ty.short_name().ends_with("ResourceRequirements") && resources.contains(&name) {
            return Meant::Deeper("limits` or `requests".to_owned());
        }
        let by_form = ty.fields().find(|it| is_snake_case_of(name, it.name));
        let by_form = by_form.map(|it| it.name);
        let by_form = by_form.or_else(|| called_otherwise(ty, name));
        if let (None, Some(outer)) = (by_form, self.outer(name)) {
            return Meant::Outer(outer);
        }
        let spelling = by_form.or_else(|| {
            let names = ty.fields().map(|it| it.name);
            nearest(name, names.collect::<Vec<_>>())
        });
        match spelling {
            Some(name) if entries.iter().any(|(key, _)| key.name == name) => Meant::Twin(name),
            Some(name) => Meant::Spelling(name),
            None => deeper(ty, name).map_or(Meant::Unknown, Meant::Deeper),
        }
    }

    /// Where, around what is judged, a field `name` belongs. An object's own fields, such
    /// as `kind`, are those of much else.
    fn outer(&self, name: &str) -> Option<String> {
        let (_, around) = self.around.split_last()?;
        let outer = around.iter().skip(1).rev();
        let mut outer = outer.filter(|(ty, _)| ty.api_field(name).is_some());
        let (_, length) = outer.next()?;
        Some(self.path.get(..*length)?.join("."))
    }

    /// `serviceName` and `servicePort` are one field with two in it now.
    fn old_backend(&mut self, key: &Key, entries: &[(Key, Value)]) {
        let old = entries
            .iter()
            .filter(|it| OLD_BACKEND.contains(&&*it.0.name));
        let old: Vec<_> = old.collect();
        // Of two, the first one is told.
        if old.first().is_none_or(|(first, _)| first.at != key.at) {
            return;
        }
        let written = |name: &str| {
            let (_, value) = entries.iter().find(|(key, _)| key.name == name)?;
            let text = self.text.get(value.at.range())?;
            (value.origin.is_none() && !text.contains('\n')).then_some((text, &value.data))
        };
        let port = written("servicePort").map(|(text, data)| match data {
            Data::Text(name) if name.parse::<u16>().is_err() => format!("{{name: {text}}}"),
            Data::Text(number) => format!("{{number: {number}}}"),
            _ => format!("{{number: {text}}}"),
        });
        let name = written("serviceName").map(|(text, _)| text);
        let right = format!(
            "service: {{name: {}, port: {}}}",
            name.unwrap_or("…"),
            port.as_deref().unwrap_or("{number: …}")
        );
        let is_only = entries.len() == 2 && old.len() == 2 && name.is_some() && port.is_some();
        let all = is_only.then(|| {
            let end = entries[1].1.at.end.max(entries[0].1.at.end);
            Span { end, ..key.at }
        });
        let diagnostic = unknown::old_backend(&key.name, &right, key.at, all);
        self.diagnostics.push(diagnostic);
    }
}

/// The field for names that is meant by `name`: `secretName` by `name`, and `name` by
/// `configMapName`.
fn called_otherwise(ty: &ObjectType, name: &str) -> Option<&'static str> {
    if name != "name" {
        let named = ty.api_field("name").filter(|_| name.ends_with("Name"));
        return named.map(|it| it.name);
    }
    let mut names = ty.fields().filter(|it| it.name.ends_with("Name"));
    let only = names.next()?.name;
    names.next().is_none().then_some(only)
}

/// Whether the key is written among these entries, and not merged from elsewhere.
fn is_written_here(key: Span, entries: &[(Key, Value)]) -> bool {
    entries
        .first()
        .is_some_and(|(first, _)| first.at.start <= key.start)
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

/// `a container has`, `an http get action has`, `resource requirements have`.
fn owner(ty: &ObjectType) -> String {
    let words = words(ty);
    let plurals = [
        "requirements",
        "capabilities",
        "options",
        "rules",
        "endpoints",
    ];
    if plurals.iter().any(|it| words.ends_with(it)) {
        return format!("{words} have");
    }
    let article = match words.starts_with(['a', 'e', 'i', 'o']) {
        true => "an",
        false => "a",
    };
    format!("{article} {words} has")
}

/// `container`, `http get action`.
pub(super) fn words(ty: &ObjectType) -> String {
    types::snake_case(ty.short_name()).replace('_', " ")
}
