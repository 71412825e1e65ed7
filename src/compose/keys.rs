//! The keys that compose files may have, and what may stand behind them.

use std::sync::LazyLock;

use super::rules::{
    invalid_compose_value as invalid_value, services_at_top_level, unknown_compose_key as unknown,
};
use crate::diagnostic::Diagnostic;
use crate::kubernetes::{Data, Key, Value};
use crate::suggest::nearest;

/// How many unknown keys of a file are told.
const MAX_TOLD: usize = 100;

/// The keys, in the notation that is told at its beginning.
const KNOWN: &str = include_str!("keys/known.txt");

/// What may stand at a place of a compose file.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// The letters of [`KNOWN`].
    kinds: &'static str,
    keys: Vec<(&'static str, Shape)>,
    /// What keys of any name hold.
    each: Option<Box<Shape>>,
    /// What the items of a list are.
    item: Option<Box<Shape>>,
}

static FILE: LazyLock<Shape> = LazyLock::new(|| {
    let lines = KNOWN.lines().filter(|it| !it.starts_with('#'));
    let mut lines = lines.peekable();
    let mut file = Shape {
        kinds: "M",
        ..Shape::default()
    };
    file.read(&mut lines, 0);
    file
});

impl Shape {
    /// Reads the lines that are indented by `indent`, with what stands below them.
    fn read<L>(&mut self, lines: &mut std::iter::Peekable<L>, indent: usize)
    where
        L: Iterator<Item = &'static str>,
    {
        let indent_of = |line: &str| line.len() - line.trim_start().len();
        while let Some(line) = lines.next_if(|it| indent_of(it) == indent) {
            let (name, kinds) = line.trim().split_once(' ').unwrap_or((line.trim(), "?"));
            let mut shape = Self {
                kinds,
                ..Self::default()
            };
            shape.read(lines, indent + 2);
            match name {
                "*" => self.each = Some(Box::new(shape)),
                "[]" => self.item = Some(Box::new(shape)),
                name => self.keys.push((name, shape)),
            }
        }
    }

    /// The names of its keys.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|(name, _)| *name)
    }

    fn key(&self, name: &str) -> Option<&Self> {
        let found = self.keys.binary_search_by_key(&name, |(known, _)| known);
        found.ok().map(|index| &self.keys[index].1)
    }

    fn allows(&self, kinds: &[char]) -> bool {
        self.kinds == "?" || self.kinds.contains(kinds)
    }

    /// What may stand here, in words.
    fn words(&self) -> &'static str {
        match (self.allows(&['l']), self.allows(&['m', 'M'])) {
            (true, true) => "a list or a map",
            (true, false) if self.allows(&['s']) => "a text or a list",
            (true, false) => "a list",
            (false, true) if self.allows(&['s']) => "a text or a map",
            (false, true) => "a map",
            (false, false) if self.allows(&['s']) => "a text",
            (false, false) if self.allows(&['b']) => "`true` or `false`",
            (false, false) => "a number",
        }
    }
}

/// Reports what `root`, the content of a compose file, should not hold. Tells whether a
/// key was not known, so that what it is meant to declare is missing.
pub(super) fn check(root: &Value, diagnostics: &mut Vec<Diagnostic>) -> bool {
    if let Data::Map(entries) = &root.data {
        let mut services = entries.iter().filter(|(key, value)| {
            let is_service = value.get("image").or(value.get("build")).is_some();
            is_service && FILE.key(&key.name).is_none() && !key.name.starts_with("x-")
        });
        if let Some((key, _)) = services.next() {
            let is_below = root.get("services").is_some();
            diagnostics.push(services_at_top_level::diagnostic(
                &key.name, is_below, key.at,
            ));
            return true;
        }
    }
    let mut check = Check {
        diagnostics,
        told: 0,
        has_unknown_section: false,
    };
    check.value(&Place::FILE, &FILE, root);
    check.has_unknown_section
}

/// Whether `name` is a key of services.
pub(super) fn is_known_of_services(name: &str) -> bool {
    service().is_some_and(|it| it.key(name).is_some()) || name.starts_with("x-")
}

/// What a service may hold.
fn service() -> Option<&'static Shape> {
    FILE.key("services")?.each.as_deref()
}

/// Where a value stands, for messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'v> {
    /// The key behind which it stands, or the one of the list or map around it.
    pub(super) name: &'v str,
    pub(super) kind: PlaceKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceKind {
    File,
    Service,
    /// The value of the key itself.
    Key,
    /// An item of the key's list, or a value in its map.
    Entry,
}

impl Place<'_> {
    const FILE: Place<'static> = Place {
        name: "",
        kind: PlaceKind::File,
    };
}

struct Check<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
    told: usize,
    has_unknown_section: bool,
}

impl Check<'_> {
    // Values nest no deeper than shapes do.
    fn value(&mut self, place: &Place<'_>, shape: &Shape, value: &Value) {
        let (letters, found): (&[char], _) = match &value.data {
            // An absent value mostly counts as none, and others cannot be judged.
            Data::Null | Data::Unknown(_) => return,
            Data::List(_) => (&['l'], "a list"),
            Data::Map(_) => (&['m', 'M'], "a map"),
            // Texts are made numbers and booleans where those are needed.
            Data::Text(_) => (&['s', 'n', 'b'], "a text"),
            Data::Int(_) | Data::Float(_) => (&['n', 'b'], "a number"),
            Data::Bool(_) => (&['b', 'n'], "a boolean"),
        };
        if !shape.allows(letters) {
            // Of these, the file's reader tells.
            if place.kind == PlaceKind::Service || ["", "services"].contains(&place.name) {
                return;
            }
            let invalid = invalid_value::diagnostic(place, shape.words(), found, value);
            self.diagnostics.push(invalid);
            return;
        }
        match &value.data {
            Data::List(items) => {
                let Some(shape) = &shape.item else {
                    return;
                };
                let place = Place {
                    kind: PlaceKind::Entry,
                    ..*place
                };
                for item in items {
                    self.value(&place, shape, item);
                }
            }
            Data::Map(entries) => self.entries(place, shape, entries),
            _ => {}
        }
    }

    fn entries(&mut self, place: &Place<'_>, shape: &Shape, entries: &[(Key, Value)]) {
        for (key, value) in entries {
            if key.name.starts_with("x-") && shape.kinds.contains('M') {
                continue;
            }
            if let Some(shape) = shape.key(&key.name) {
                let place = Place {
                    name: &key.name,
                    kind: PlaceKind::Key,
                };
                self.value(&place, shape, value);
            } else if let Some(each) = &shape.each {
                let is_service = service().is_some_and(|it| std::ptr::eq(it, &raw const **each));
                let place = match is_service {
                    true => Place {
                        name: &key.name,
                        kind: PlaceKind::Service,
                    },
                    false => Place {
                        kind: PlaceKind::Entry,
                        ..*place
                    },
                };
                self.value(&place, each, value);
            } else if shape.kinds.contains('M') {
                self.unknown(place, shape, key, entries);
            }
        }
    }

    /// Reports a key that is probably misspelt or misplaced. One that is like none
    /// that is known may be newer than the list.
    fn unknown(&mut self, place: &Place<'_>, shape: &Shape, key: &Key, entries: &[(Key, Value)]) {
        if self.told >= MAX_TOLD {
            return;
        }
        let name = key.name.as_str();
        let has = |name: &str| entries.iter().any(|(key, _)| key.name == name);
        let diagnostic = if place.kind == PlaceKind::File && is_known_of_services(name) {
            // Without services, what is meant is another matter.
            has("services").then(|| unknown::outside_services(name, key.at))
        } else {
            if let Some(meant) = called_otherwise(shape, name) {
                self.told += 1;
                let diagnostic = unknown::called_otherwise(name, meant, place, key.at);
                self.diagnostics.push(diagnostic);
                return;
            }
            let meant = nearest(name, shape.names()).filter(|it| !has(it));
            meant.map(|it| unknown::diagnostic(name, it, place, key.at))
        };
        self.told += usize::from(diagnostic.is_some());
        self.has_unknown_section |= diagnostic.is_some() && place.kind == PlaceKind::File;
        self.diagnostics.extend(diagnostic);
    }
}

/// What a key of Kubernetes, or of the command line, is called in compose files.
fn called_otherwise(shape: &Shape, name: &str) -> Option<&'static str> {
    let is_service = service().is_some_and(|it| std::ptr::eq(it, shape));
    match name {
        "env" if is_service => Some("environment"),
        "replicas" | "resources" if is_service => Some(match name {
            "replicas" => "deploy.replicas",
            _ => "deploy.resources",
        }),
        "retry" => shape.key("retries").map(|_| "retries"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
