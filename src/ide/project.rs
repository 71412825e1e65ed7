//! The project file.

use std::ops::Range;

use super::folding::comment_folds;
use super::hover::paragraphs;
use super::{Fold, FoldKind, Hover, Symbol, SymbolKind, View, prose};
use crate::project_file::{Key, PLACES, Status};
use crate::source::FileId;
use crate::yaml::{self, Kind, NodeId, Pair, Tree};

/// How deep keys below keys are shown. The project file's own end at the third.
const MAX_DEPTH: usize = 12;

/// A key of a project file, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The path of the mapping that it stands in: `directOptions`, `secrets.*`.
    pub(super) place: String,
    pub(super) name: String,
    /// What is declared of it; nothing for a name that is the user's own, or unknown.
    pub(super) key: Option<&'static Key>,
    pub(super) key_range: Range<usize>,
    pub(super) value_range: Range<usize>,
    /// The text of the value, if it is one.
    pub(super) value: Option<String>,
}

/// The tree of a project file's text.
pub(super) fn tree(text: &str) -> Tree {
    yaml::parse(FileId::from_index(0), text)
}

/// The keys of a place: `directOptions`.
pub(super) fn keys_at(place: &str) -> Option<&'static [Key]> {
    let mut places = PLACES.iter();
    places
        .find(|(path, _)| *path == place)
        .map(|(_, keys)| *keys)
}

/// Every key of the file that stands at a place with known keys, or has a name of
/// the user's own.
pub(super) fn found(tree: &Tree) -> Vec<Found> {
    let mut found = Vec::new();
    if let Some(document) = tree.documents.first() {
        collect(tree, document.root, "", 0, &mut found);
    }
    found
}

fn collect(tree: &Tree, node: NodeId, place: &str, depth: usize, found: &mut Vec<Found>) {
    if depth > MAX_DEPTH {
        return;
    }
    match &tree.node(node).kind {
        Kind::Mapping(pairs) => {
            for pair in pairs {
                let Some(name) = tree.name(pair.key) else {
                    continue;
                };
                let key = keys_at(place).and_then(|keys| keys.iter().find(|it| it.name == name));
                let inner = inner(place, name);
                found.push(Found {
                    place: place.to_owned(),
                    name: name.to_owned(),
                    key,
                    key_range: tree.span(pair.key).range(),
                    value_range: tree.span(pair.value).range(),
                    value: tree.scalar(pair.value).map(|it| it.text.to_string()),
                });
                collect(tree, pair.value, &inner, depth + 1, found);
            }
        }
        Kind::Sequence(items) => {
            let place = format!("{place}[]");
            for item in items {
                collect(tree, *item, &place, depth + 1, found);
            }
        }
        _ => {}
    }
}

/// The place of what stands below `name` at `place`. Names of the user's own are `*`.
pub(super) fn inner(place: &str, name: &str) -> String {
    let below = format!("{place}.*");
    if PLACES.iter().any(|(path, _)| *path == below) {
        return below;
    }
    match place {
        "" => name.to_owned(),
        _ => format!("{place}.{name}"),
    }
}

pub(super) fn hover(view: &View<'_>, path: &str, offset: usize) -> Option<Hover> {
    let text = view.text(path)?;
    let offset = text.floor_char_boundary(offset);
    let tree = tree(&text);
    let is_comment =
        |it: &crate::source::Span| it.range().start < offset && offset <= it.range().end;
    if tree.comments.iter().any(is_comment) {
        return None;
    }
    let all = found(&tree);
    let at = |range: &Range<usize>| range.start <= offset && offset <= range.end;
    // The innermost one counts.
    let found = all
        .iter()
        .rev()
        .find(|it| at(&it.key_range) || at(&it.value_range) && it.value.is_some())?;
    let range = match at(&found.key_range) {
        true => found.key_range.clone(),
        false => found.value_range.clone(),
    };
    let markdown = match found.key {
        Some(key) => of_key(key, &found.place),
        None if found.place == "secrets" => format!(
            "**A secret** with the name `{}`. The script gets its value with `get_secret(\"{}\")`.",
            found.name, found.name
        ),
        None => return None,
    };
    Some(Hover { markdown, range })
}

/// What is known of a key.
pub(super) fn of_key(key: &Key, place: &str) -> String {
    let title = format!("**`{}`**: {}", key.name, value_type(key));
    let status = match key.status {
        Status::Current => String::new(),
        Status::Legacy(instead) => format!("**No longer used:** use {instead}."),
        Status::Obsolete(instead) => {
            format!("**No longer used, and seen in the oldest files only:** use {instead}.")
        }
        Status::Undocumented => "*Not documented: known from files in use.*".to_owned(),
    };
    let values = |words: &str, values: &[&str]| match values.is_empty() {
        true => String::new(),
        false => {
            let values: Vec<_> = values.iter().map(|it| format!("`{it}`")).collect();
            format!("{words}: {}.", values.join(", "))
        }
    };
    let stands = match place {
        "" => "Stands at the top level of `raftt.yml`.".to_owned(),
        "secrets.*" => "Stands below the name of a secret, under `secrets`.".to_owned(),
        place => match place.strip_suffix("[]") {
            Some(list) => format!("Stands in the items of `{list}`."),
            None => format!("Stands under `{place}`."),
        },
    };
    paragraphs(&[
        &title,
        &status,
        &prose(key.docs),
        &values("One of", key.choices),
        &values("For example", key.examples),
        &stands,
    ])
}

/// What a key's value is, in a word.
pub(super) fn value_type(key: &Key) -> &'static str {
    let schema = (key.schema)(&mut schemars::SchemaGenerator::default());
    let ty = schema
        .get("type")
        .and_then(|it| it.as_str())
        .unwrap_or_default();
    match ty {
        "string" if !key.choices.is_empty() => "a word",
        "string" => "text",
        "boolean" => "`true` or `false`",
        "array" => "a list",
        _ => "a mapping",
    }
}

pub(super) fn symbols(view: &View<'_>, path: &str) -> Option<Vec<Symbol>> {
    let text = view.text(path)?;
    let tree = tree(&text);
    let root = tree.documents.first()?.root;
    Some(of_mapping(&tree, root, 0))
}

fn of_mapping(tree: &Tree, node: NodeId, depth: usize) -> Vec<Symbol> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    match &tree.node(node).kind {
        Kind::Mapping(pairs) => pairs
            .iter()
            .filter_map(|it| of_pair(tree, it, depth))
            .collect(),
        Kind::Sequence(items) => {
            let items = items.iter().enumerate().map(|(index, item)| {
                let range = tree.span(*item).range();
                let children = of_mapping(tree, *item, depth + 1);
                Symbol {
                    name: format!("[{index}]"),
                    detail: tree.scalar(*item).map(|it| it.text.to_string()),
                    kind: kind(&children),
                    name_range: range.start..range.start,
                    range,
                    children,
                }
            });
            items.collect()
        }
        _ => Vec::new(),
    }
}

fn of_pair(tree: &Tree, pair: &Pair, depth: usize) -> Option<Symbol> {
    let name = tree.name(pair.key)?;
    let name_range = tree.span(pair.key).range();
    let end = tree.span(pair.value).range().end.max(name_range.end);
    let children = of_mapping(tree, pair.value, depth + 1);
    let detail = match tree.is_alias(pair.value) {
        true => None,
        false => tree.scalar(pair.value),
    };
    Some(Symbol {
        name: name.to_owned(),
        detail: detail
            .map(|it| it.text.to_string())
            .filter(|it| !it.is_empty()),
        kind: kind(&children),
        range: name_range.start..end,
        name_range,
        children,
    })
}

fn kind(children: &[Symbol]) -> SymbolKind {
    match children.is_empty() {
        true => SymbolKind::Setting,
        false => SymbolKind::Section,
    }
}

pub(super) fn folds(text: &str) -> Vec<Fold> {
    let tree = tree(text);
    let mut folds: Vec<_> = tree
        .mappings()
        .flat_map(|(_, pairs)| pairs)
        .map(|pair| Fold {
            range: tree.span(pair.key).range().start
                ..tree
                    .span(pair.value)
                    .range()
                    .end
                    .max(tree.span(pair.key).range().end),
            kind: FoldKind::Region,
        })
        .collect();
    folds.extend(comment_folds(
        text,
        tree.comments.iter().map(|it| it.range()),
    ));
    folds
}
