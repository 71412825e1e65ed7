//! Keys at the wrong level.

use super::unknown_key::shown;
use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::project_file::moving;
use crate::project_file::reader::Reader;
use crate::rule::declare_rule;
use crate::source::{SourceMap, Span};
use crate::yaml::{Entry, Kind, NodeId, Value};

declare_rule! {
    /// A key stands at the wrong level.
    ///
    /// ## Why is this wrong?
    /// The options of the environment controller stand below `directOptions`,
    /// indented. The documentation's own snippets show them without the
    /// indentation; copied like that, `directOptions` is empty and the options are
    /// unknown keys.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    /// workloadIdentityServiceAccount: raftt-controller  # error: "belongs below `directOptions`"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "misplaced-key" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["Y02"],
    }
}

/// How many misplaced options are told; there are but a few different ones.
const MAX_TOLD: usize = 10;

/// `name`, at `span` in the mapping `here`, is the key `known` of the mapping `path`.
pub(crate) fn diagnostic(
    path: &str,
    known: &str,
    name: &str,
    span: Span,
    here: &str,
) -> Diagnostic {
    if path.is_empty() {
        return RULE
            .at(
                span,
                format!(
                    "`{name}` belongs to the top level, not below `{}`",
                    shown(here)
                ),
            )
            .help(format!("write `{known}` without indentation"));
    }
    RULE.at(span, format!("`{name}` belongs below `{}`", shown(path)))
        .help(match path {
            "secrets.*" if here == "secrets" => format!("write the name of the secret above it, and indent what belongs to it: `my-secret: {{{known}: …}}`"),
            "secrets.*" => format!("write it below the name of a secret, as in `secrets: {{my-secret: {{{known}: …}}}}`"),
            path => format!("write `{known}` below `{path}`, indented"),
        })
}

/// `misplaced` are options of the controller at the top level of the file, the
/// mapping `root`; `parent` is the entry `directOptions`, if there is one.
pub(crate) fn direct_options(
    reader: &mut Reader<'_>,
    root: NodeId,
    parent: Option<Entry>,
    misplaced: &[Entry],
) {
    let mut edits = edits(reader, root, parent, misplaced);
    for entry in misplaced.iter().take(MAX_TOLD) {
        let span = reader.tree.span(entry.key);
        let name = reader.tree.name(entry.key).unwrap_or_default();
        let value = reader.map.text(reader.tree.span(entry.value));
        let value = value.lines().next().unwrap_or_default();
        let mut diagnostic = RULE
            .at(
                span,
                format!("`{name}` belongs below `directOptions`, indented"),
            )
            .help(format!(
                "write `{name}: {value}` below `directOptions:`, indented by two spaces"
            ));
        if let Some(parent) = parent {
            let key = reader.tree.span(parent.key);
            diagnostic = diagnostic.also(key, "`directOptions` stands here");
        }
        // One change mends all, so only the first offers it.
        if let Some(edits) = edits.take() {
            diagnostic = diagnostic.fix_all(Safety::Safe, "nest it below `directOptions`", edits);
        }
        // It is read as what is meant, but Raftt does not read it so.
        reader.report_unread(diagnostic);
    }
}

/// The change that nests the keys, where it is certain: each stands on lines of its
/// own, and all together directly below `directOptions`, or there is no such key yet.
fn edits(
    reader: &Reader<'_>,
    root: NodeId,
    parent: Option<Entry>,
    misplaced: &[Entry],
) -> Option<Vec<Edit>> {
    let tree = reader.tree;
    let Kind::Mapping(pairs) = tree.kind(root) else {
        return None;
    };
    let first = *misplaced.first()?;
    if misplaced.len() > MAX_TOLD {
        return None;
    }
    if has_twins(reader, parent, misplaced) {
        return None;
    }
    let position = |key: NodeId| pairs.iter().position(|pair| pair.key == key);
    let start = position(first.key)?;
    let are_neighbours = misplaced
        .iter()
        .zip(start..)
        .all(|(entry, at)| position(entry.key) == Some(at));
    let is_behind = |parent: Entry| position(parent.key).map(|at| at + 1) == Some(start);
    if let Some(parent) = parent.filter(|it| !are_neighbours || !is_behind(*it)) {
        return moved_below(reader, parent, misplaced);
    }
    if !are_neighbours {
        return None;
    }
    let mut edits = Vec::new();
    let mut indent = "  ".to_owned();
    match parent {
        None => {}
        Some(parent) => match tree.kind(parent.value) {
            Kind::Scalar(scalar) if scalar.value() == Value::Null => {}
            Kind::Mapping(children) => {
                let child = tree.span(children.first()?.key);
                let before = before_on_line(reader.map, child);
                // On one line in braces, there is no line to be indented alike.
                if !before.chars().all(|c| c == ' ') || before.is_empty() {
                    return None;
                }
                indent = before.to_owned();
            }
            _ => return None,
        },
    }
    for entry in misplaced {
        let key = tree.span(entry.key);
        if !before_on_line(reader.map, key).is_empty() {
            return None;
        }
        let file = reader.map.file(key.file);
        let last = tree.span(entry.value).end.max(key.end) as usize;
        let lines = file.position(key.start as usize).line..=file.position(last).line;
        edits.extend(lines.map(|line| {
            let start = file.line_range(line).start;
            let start = start + bom_length(&file.text[start..]);
            Edit {
                span: Span::new(key.file, start..start),
                text: indent.clone(),
            }
        }));
    }
    if parent.is_none() {
        let first = edits.first_mut()?;
        first.text = format!("directOptions:\n{}", first.text);
    }
    Some(edits)
}

/// Whether moving the keys would give one of them twice.
fn has_twins(reader: &Reader<'_>, parent: Option<Entry>, misplaced: &[Entry]) -> bool {
    let tree = reader.tree;
    let name = |key: NodeId| tree.name(key).unwrap_or_default().to_ascii_lowercase();
    let children = match parent.map(|parent| tree.kind(parent.value)) {
        Some(Kind::Mapping(pairs)) => pairs.as_slice(),
        _ => &[],
    };
    let children = children.iter().take(100).map(|pair| name(pair.key));
    let mut names: Vec<String> = misplaced
        .iter()
        .map(|it| name(it.key))
        .chain(children)
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    names.len() < count
}

/// The change that moves the keys below `parent`, which stands elsewhere.
fn moved_below(reader: &Reader<'_>, parent: Entry, misplaced: &[Entry]) -> Option<Vec<Edit>> {
    let tree = reader.tree;
    let file = |span: Span| reader.map.file(span.file);
    let line_of = |span: Span| file(span).position(span.start as usize).line;
    let (line, indent) = match tree.kind(parent.value) {
        Kind::Scalar(scalar) if scalar.value() == Value::Null => {
            (line_of(tree.span(parent.key)) + 1, "  ")
        }
        Kind::Mapping(children) => {
            let child = tree.span(children.first()?.key);
            let before = before_on_line(reader.map, child);
            if !before.chars().all(|c| c == ' ') || before.is_empty() {
                return None;
            }
            (line_of(child), before)
        }
        _ => return None,
    };
    let places = misplaced.iter();
    let places = places.map(|entry| (tree.span(entry.key), tree.span(entry.value)));
    moving::entries(reader.map, places, line, indent)
}

/// Offers to move `entry`, which stands below `directOptions`, to the top level as
/// the key `known`; `is_alone` if nothing would be left there.
pub(super) fn to_top_level(
    reader: &Reader<'_>,
    entry: Entry,
    known: &str,
    is_alone: bool,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let tree = reader.tree;
    let edits = || {
        let Kind::Mapping(pairs) = tree.kind(tree.documents.first()?.root) else {
            return None;
        };
        let places = (tree.span(entry.key), tree.span(entry.value));
        let mut top = pairs.iter();
        let parent = top.find(|pair| tree.span(pair.value).contains(places.0))?;
        let is_given = pairs.iter().any(|pair| {
            let name = tree.name(pair.key);
            name.is_some_and(|name| name.eq_ignore_ascii_case(known))
        });
        let parent = tree.span(parent.key);
        let is_possible = !is_given && !is_alone && before_on_line(reader.map, parent).is_empty();
        let line = reader
            .map
            .file(parent.file)
            .position(parent.start as usize)
            .line;
        moving::entries(reader.map, std::iter::once(places), line, "").filter(|_| is_possible)
    };
    match edits() {
        Some(edits) => diagnostic.fix_all(Safety::Safe, "move it to the top level", edits),
        None => diagnostic,
    }
}

/// What stands before `span` on its line.
fn before_on_line(map: &SourceMap, span: Span) -> &str {
    let file = map.file(span.file);
    let line = file.line_range(file.position(span.start as usize).line);
    let before = file.text.get(line.start..span.start as usize);
    before.unwrap_or_default().trim_start_matches('\u{feff}')
}

fn bom_length(line: &str) -> usize {
    line.len() - line.trim_start_matches('\u{feff}').len()
}
