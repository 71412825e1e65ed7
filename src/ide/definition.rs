//! Where what stands at a place is declared.

use std::ops::Range;

use super::context;
use super::infer::{Inference, nearest};
use super::scope::{BindingKind, ScopeId};
use super::syntax::{NodeId, NodeKind};
use super::{Language, Location, View, project};
use crate::script::{ArgType, Module};
use crate::source::normalize_path;

/// Where something is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What was asked about, in bytes.
    pub origin: Range<usize>,
    /// The place. Where a file is meant, its beginning.
    pub target: Location,
}

/// Where what stands at `offset` of the file at `path` is declared.
#[must_use]
pub fn definition(view: &View<'_>, path: &str, offset: usize) -> Option<Definition> {
    match view.language(path)? {
        Language::ProjectFile => in_project_file(view, path, offset),
        Language::Script => view.with_script(path, |script| {
            let offset = script.tree.text.floor_char_boundary(offset);
            let inference = Inference::new(*view, script);
            of_text(&inference, offset).or_else(|| of_name(&inference, offset))
        }),
    }
}

fn of_name(inference: &Inference<'_, '_>, offset: usize) -> Option<Definition> {
    let script = inference.script;
    let occurrence = script.names.occurrence_at(offset)?;
    let bindings = script.names.bindings(occurrence.scope?, occurrence.name);
    let binding = nearest(bindings, occurrence.range.start);
    let target = match &binding.kind {
        BindingKind::Load {
            module, original, ..
        } if Module::find(module).is_none() => elsewhere(inference, module, original)?,
        _ => Location {
            path: script.path.to_owned(),
            range: binding.name.clone(),
        },
    };
    Some(Definition {
        origin: occurrence.range.clone(),
        target,
    })
}

/// Where another script binds a name; the script itself where it does not.
fn elsewhere(inference: &Inference<'_, '_>, module: &str, original: &str) -> Option<Location> {
    let path = normalize_path(module)?;
    let range = inference.view.with_script(&path, |script| {
        let bindings = script.names.bindings(ScopeId::MODULE, original);
        Some(bindings.last().map_or(0..0, |it| it.name.clone()))
    })?;
    Some(Location { path, range })
}

fn of_text(inference: &Inference<'_, '_>, offset: usize) -> Option<Definition> {
    let tree = &inference.script.tree;
    let mut around = tree.around(offset).into_iter();
    let node = around.find(|it| tree.literal(*it).is_some())?;
    let target = of_literal(inference, node)?;
    Some(Definition {
        origin: tree.node(node).range.clone(),
        target,
    })
}

/// What a string names.
pub(super) fn of_literal(inference: &Inference<'_, '_>, node: NodeId) -> Option<Location> {
    let tree = &inference.script.tree;
    let value = tree.string(node)?;
    let parent = tree.node(node).parent.map(|it| &tree.node(it).kind);
    if let Some(NodeKind::Call(call)) = parent
        && tree.name(call.callee) == Some("load")
    {
        let module = tree.string(call.arguments.first()?.value)?;
        if Module::find(module).is_some() {
            return None;
        }
        return match call.arguments[0].value == node {
            true => inference.view.file(&normalize_path(value)?),
            false => elsewhere(inference, module, value),
        };
    }
    if let Some(NodeKind::Index { object, .. }) = parent {
        let names = inference.view.names_in(&inference.of(*object));
        return names.into_iter().find(|it| it.name == value)?.location;
    }
    let (parameter, callee) = inference.parameter_of(node)?;
    if callee == "get_secret" {
        return secret(inference.view, value);
    }
    if !parameter.takes.is_some_and(ArgType::is_path) {
        return None;
    }
    let path = normalize_path(value)?;
    let found = inference.view.file(&path);
    match parameter.name.as_str() {
        // A Dockerfile stands in what the build sees.
        "dockerfile" if found.is_none() => {
            let context = context_of(inference, node)?;
            inference
                .view
                .file(&normalize_path(&format!("{context}/{value}"))?)
        }
        _ => found,
    }
}

/// The argument `context` of the call that `node` is an argument of.
fn context_of<'t>(inference: &Inference<'_, 't>, node: NodeId) -> Option<&'t str> {
    let tree = &inference.script.tree;
    let NodeKind::Call(call) = &tree.node(tree.node(node).parent?).kind else {
        return None;
    };
    let callable = inference.callable(call)?;
    let mut arguments = call.arguments.iter().enumerate();
    let (_, argument) = arguments.find(|(index, argument)| {
        let slot = context::Slot {
            index: *index,
            name: argument.name.clone(),
            value: Some(argument.value),
        };
        context::parameter(tree, &callable, &slot).is_some_and(|it| it.name == "context")
    })?;
    tree.string(argument.value)
}

/// Where the project file declares a secret.
fn secret(view: View<'_>, name: &str) -> Option<Location> {
    let path = view.options.project_file.clone();
    let text = view.text(&path)?;
    let all = project::found(&project::tree(&text));
    let found = all
        .into_iter()
        .find(|it| it.place == "secrets" && it.name == name)?;
    Some(Location {
        path,
        range: found.key_range,
    })
}

fn in_project_file(view: &View<'_>, path: &str, offset: usize) -> Option<Definition> {
    let text = view.text(path)?;
    let offset = text.floor_char_boundary(offset);
    let all = project::found(&project::tree(&text));
    let found = all.iter().rev().find(|it| {
        it.value.is_some() && it.value_range.start <= offset && offset <= it.value_range.end
    })?;
    Some(Definition {
        origin: found.value_range.clone(),
        target: file_of(view, found)?,
    })
}

/// The file that a key's value names.
pub(super) fn file_of(view: &View<'_>, found: &project::Found) -> Option<Location> {
    found.key.filter(|it| it.file.is_some())?;
    view.file(&normalize_path(found.value.as_ref()?)?)
}

/// The files that a folder is known by.
const MAIN_FILES: [&str; 4] = [
    "Chart.yaml",
    "Dockerfile",
    "kustomization.yaml",
    "kustomization.yml",
];

impl View<'_> {
    /// The file at `path`; of a folder, the file that it is known by.
    pub(crate) fn file(&self, path: &str) -> Option<Location> {
        let location = |path: String| Location { path, range: 0..0 };
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let names = self.sources.list(folder);
        if names.iter().any(|it| it == name) {
            return Some(location(path.to_owned()));
        }
        let within = self.sources.list(path);
        let main = MAIN_FILES
            .iter()
            .find(|it| within.iter().any(|name| name == *it))?;
        Some(location(match path {
            "" => (*main).to_owned(),
            path => format!("{path}/{main}"),
        }))
    }
}
