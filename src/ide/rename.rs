//! Other names for what scripts bind.

use std::fmt;
use std::ops::Range;

use super::scope::{Binding, BindingKind, Occurrence, ScopeId};
use super::script::Script;
use super::syntax::{KEYWORDS, StatementKind};
use super::target::Target;
use super::{FileEdits, Language, TextEdit, View};
use crate::script::global_names;

/// Why a name cannot be changed, or not to that.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenameError {
    /// No name stands there.
    NoName,
    /// The language brings the name.
    OfTheLanguage(String),
    /// Nothing binds the name.
    Unbound(String),
    /// The new name is none.
    Invalid(String),
    /// The new name is a word of the language.
    Reserved(String),
    /// The new name stands for something else already, where the old one is used or bound.
    Taken(String),
}

impl fmt::Display for RenameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => f.write_str("there is no name here that a script binds"),
            Self::OfTheLanguage(name) => write!(f, "`{name}` is part of the language"),
            Self::Unbound(name) => write!(f, "nothing binds `{name}` in this script"),
            Self::Invalid(name) => write!(
                f,
                "`{name}` is no name: names have letters from a to z, digits and `_`, and do not \
                 begin with a digit"
            ),
            Self::Reserved(name) => write!(f, "`{name}` is a word of the language"),
            Self::Taken(name) => write!(f, "`{name}` stands for something else already"),
        }
    }
}

impl std::error::Error for RenameError {}

/// The name at `offset` of the file at `path`, if it can be changed.
///
/// # Errors
/// Why it cannot.
pub fn prepare_rename(
    view: &View<'_>,
    path: &str,
    offset: usize,
) -> Result<Range<usize>, RenameError> {
    let found = match view.language(path) {
        Some(Language::Script) => view.with_script(path, |script| {
            Some(renamed(script, offset).map(|it| it.range.clone()))
        }),
        _ => None,
    };
    found.unwrap_or(Err(RenameError::NoName))
}

/// The changes that give what is named at `offset` of the file at `path` the name
/// `name`. Scripts that load it keep their own names for it.
///
/// # Errors
/// Why the name cannot be changed, or not to that.
pub fn rename(
    view: &View<'_>,
    path: &str,
    offset: usize,
    name: &str,
) -> Result<Vec<FileEdits>, RenameError> {
    let found = match view.language(path) {
        Some(Language::Script) => view.with_script(path, |script| {
            Some(renamed(script, offset).and_then(|it| changes(view, script, it, name)))
        }),
        _ => None,
    };
    found.unwrap_or(Err(RenameError::NoName))
}

/// The name at `offset`, which the script binds.
fn renamed<'s, 't>(
    script: &'s Script<'t>,
    offset: usize,
) -> Result<&'s Occurrence<'t>, RenameError> {
    let offset = script.tree.text.floor_char_boundary(offset);
    let found = script.names.occurrence_at(offset);
    let found = found
        .filter(|_| !script.tree.is_comment(offset))
        .ok_or(RenameError::NoName)?;
    match found.scope {
        Some(_) => Ok(found),
        None if is_of_the_language(found.name) => {
            Err(RenameError::OfTheLanguage(found.name.to_owned()))
        }
        None => Err(RenameError::Unbound(found.name.to_owned())),
    }
}

fn is_of_the_language(name: &str) -> bool {
    KEYWORDS.contains(&name) || global_names().any(|it| it == name)
}

/// Words that Starlark keeps for itself, besides those that it uses.
const RESERVED: [&str; 15] = [
    "assert", "async", "await", "class", "del", "except", "finally", "from", "global", "is",
    "nonlocal", "raise", "try", "with", "yield",
];

/// Whether `name` can be a name at all.
fn check_name(name: &str) -> Result<(), RenameError> {
    let is_part = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
    let is_name = !name.is_empty()
        && name.bytes().all(is_part)
        && !name.starts_with(|it: char| it.is_ascii_digit());
    match name {
        _ if !is_name => Err(RenameError::Invalid(name.to_owned())),
        _ if KEYWORDS.contains(&name) || RESERVED.contains(&name) => {
            Err(RenameError::Reserved(name.to_owned()))
        }
        _ if is_of_the_language(name) => Err(RenameError::OfTheLanguage(name.to_owned())),
        _ => Ok(()),
    }
}

fn changes(
    view: &View<'_>,
    script: &Script<'_>,
    old: &Occurrence<'_>,
    name: &str,
) -> Result<Vec<FileEdits>, RenameError> {
    check_name(name)?;
    let scope = old.scope.ok_or(RenameError::NoName)?;
    if old.name == name {
        return Ok(Vec::new());
    }
    let own: Vec<_> = script
        .names
        .occurrences
        .iter()
        .filter(|it| it.scope == Some(scope) && it.name == old.name)
        .collect();
    if is_taken(script, scope, &own, name) {
        return Err(RenameError::Taken(name.to_owned()));
    }
    let bindings = script.names.bindings(scope, old.name);
    let edits = own.iter().map(|it| edit(bindings, it, name));
    let mut files = vec![FileEdits {
        path: script.path.to_owned(),
        edits: edits.collect(),
    }];
    let target = Target::of(script, old);
    let is_own = matches!(&target, Target::Exported { path, name } if path == script.path && name == old.name);
    for path in view
        .scripts(script.path)
        .iter()
        .filter(|it| *it != script.path)
    {
        let edits = view.with_script(path, |other| {
            Some(match is_own {
                true => target
                    .loads_in(other)
                    .into_iter()
                    .filter_map(|it| kept(other, it, name))
                    .collect(),
                false => keywords(script, bindings, other, name),
            })
        });
        let edits: Vec<TextEdit> = edits.unwrap_or_default();
        if !edits.is_empty() {
            files.push(FileEdits {
                path: path.clone(),
                edits,
            });
        }
    }
    Ok(files)
}

/// Whether the new name stands for something else where the old one is named, or the
/// other way around.
fn is_taken(script: &Script<'_>, scope: ScopeId, own: &[&Occurrence<'_>], name: &str) -> bool {
    let names = &script.names;
    if !names.bindings(scope, name).is_empty() {
        return true;
    }
    let is_hidden = own.iter().any(|it| {
        // Something between the use and its binding has the new name.
        names
            .resolve(it.within, name)
            .is_some_and(|found| found != scope && names.is_within(found, scope))
    });
    let hides = names.occurrences.iter().any(|it| {
        it.name == name
            && names.is_within(it.within, scope)
            && it.scope.is_none_or(|found| !names.is_within(found, scope))
    });
    is_hidden || hides
}

/// The change of one place. A name that is loaded under its own name gets one of
/// its own: `load("lib.raftt", new = "old")`.
fn edit(bindings: &[Binding<'_>], place: &Occurrence<'_>, name: &str) -> TextEdit {
    let loaded = bindings.iter().find(|it| it.name == place.range);
    if let Some(Binding {
        name: own,
        kind: BindingKind::Load {
            original, literal, ..
        },
    }) = loaded
        && literal.start < own.start
        && own.end < literal.end
    {
        return TextEdit {
            range: literal.clone(),
            text: format!("{name} = \"{original}\""),
        };
    }
    TextEdit {
        range: place.range.clone(),
        text: name.to_owned(),
    }
}

/// The change of a `load` of what is called `name` now, which keeps its own name for it.
fn kept(script: &Script<'_>, binding: &Binding<'_>, name: &str) -> Option<TextEdit> {
    let BindingKind::Load { literal, .. } = &binding.kind else {
        return None;
    };
    let is_bare = literal.start < binding.name.start && binding.name.end < literal.end;
    Some(TextEdit {
        range: literal.clone(),
        text: match is_bare {
            true => format!("{} = \"{name}\"", script.tree.written(&binding.name)),
            false => format!("\"{name}\""),
        },
    })
}

/// The changes of calls in another script that name a parameter of a function here.
fn keywords(
    script: &Script<'_>,
    bindings: &[Binding<'_>],
    other: &Script<'_>,
    name: &str,
) -> Vec<TextEdit> {
    let Some(Binding {
        kind: BindingKind::Parameter(function, _),
        name: old,
    }) = bindings.first()
    else {
        return Vec::new();
    };
    let StatementKind::Def { name: function, .. } = &script.tree.statement(*function).kind else {
        return Vec::new();
    };
    let target = Target::Exported {
        path: script.path.to_owned(),
        name: script.tree.written(function).to_owned(),
    };
    let ranges = other
        .keywords_of(&target, script.tree.written(old))
        .into_iter();
    ranges
        .map(|range| TextEdit {
            range,
            text: name.to_owned(),
        })
        .collect()
}
