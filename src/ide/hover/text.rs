//! Strings that name something: registries, images, files, workloads, secrets.

use super::{Hover, code, image, name, paragraphs, registry};
use crate::ide::callable::CallParameter;
use crate::ide::context::callee;
use crate::ide::infer::{Inference, Type};
use crate::ide::syntax::{NodeId, NodeKind};
use crate::script::{ArgType, Module};

pub(super) fn hover(inference: &Inference<'_, '_>, offset: usize) -> Option<Hover> {
    let tree = &inference.script.tree;
    let node = tree
        .around(offset)
        .into_iter()
        .find(|it| tree.literal(*it).is_some())?;
    let literal = tree.literal(node)?;
    if !literal.content.contains(&offset)
        && offset != tree.node(node).range.start
        && offset != literal.content.end
    {
        return None;
    }
    let value = literal.value(tree.text)?;
    let markdown = of_load(inference, node, value)
        .or_else(|| of_lookup(inference, node, value))
        .or_else(|| of_argument(inference, node, value))
        .or_else(|| image::hover(inference, node, value))
        .or_else(|| registry::hover(inference, node, value))?;
    Some(Hover {
        markdown,
        range: tree.node(node).range.clone(),
    })
}

/// A string in `load(…)`.
fn of_load(inference: &Inference<'_, '_>, node: NodeId, value: &str) -> Option<String> {
    let tree = &inference.script.tree;
    let NodeKind::Call(call) = &tree.node(tree.node(node).parent?).kind else {
        return None;
    };
    if tree.name(call.callee) != Some("load") {
        return None;
    }
    let place = call.arguments.iter().position(|it| it.value == node)?;
    if place > 0 {
        let module = tree.string(call.arguments[0].value)?;
        return Some(name::of_loaded(inference, module, value));
    }
    if let Some(module) = Module::find(value) {
        return Some(name::of_module(module));
    }
    let path = crate::source::normalize_path(value)?;
    let exists = inference.view.text(&path).is_some();
    exists.then(|| format!("The script `{path}`."))
}

/// `resources.deployments["name"]`.
fn of_lookup(inference: &Inference<'_, '_>, node: NodeId, value: &str) -> Option<String> {
    let tree = &inference.script.tree;
    let parent = tree.node(node).parent?;
    let NodeKind::Index { object, .. } = &tree.node(parent).kind else {
        return None;
    };
    let owner = inference.of(*object);
    let names = inference.view.names_in(&owner);
    let found = names.iter().find(|it| it.name == value);
    let declared = found.and_then(|it| it.location.as_ref());
    let at = declared.map_or(String::new(), |it| format!("Declared in `{}`.", it.path));
    let shown = match &owner {
        Type::Collection(kind, _) => format!("{} {value}", kind.kind),
        Type::Volumes(_) => format!("volume {value}"),
        _ => return None,
    };
    Some(paragraphs(&[&code(&shown), &at]))
}

/// An argument of which the declaration says something.
fn of_argument(inference: &Inference<'_, '_>, node: NodeId, value: &str) -> Option<String> {
    let (parameter, callee) = inference.parameter_of(node)?;
    match parameter.takes {
        Some(ArgType::Choice(_)) => Some(name::of_parameter(&parameter)),
        Some(_) if callee == "get_secret" => Some(of_secret(inference, value, &parameter)),
        Some(takes) if takes.is_path() => of_path(inference, value),
        _ => None,
    }
}

fn of_secret(inference: &Inference<'_, '_>, name: &str, parameter: &CallParameter) -> String {
    let file = inference.view.analysis.project_file.as_ref();
    let secrets = file.map_or(&[] as &[_], |it| it.secrets.as_slice());
    let path = &inference.view.options.project_file;
    let declared = match secrets.iter().find(|it| it.name.value == name) {
        Some(secret) => match &secret.input_command {
            Some(command) => format!(
                "Declared in `{path}`. Its value is what this prints on the developer's machine:\n\n```sh\n{}\n```",
                command.value.value
            ),
            None => format!("Declared in `{path}`."),
        },
        None => format!("`{path}` does not declare it under `secrets`."),
    };
    paragraphs(&[
        &code(&format!("secret {name}")),
        &declared,
        &parameter.documentation,
    ])
}

fn of_path(inference: &Inference<'_, '_>, value: &str) -> Option<String> {
    let path = crate::source::normalize_path(value)?;
    inference
        .view
        .is_there(&path)
        .then(|| format!("`{path}`, from the root of the repository."))
}

impl<'t> Inference<'_, 't> {
    /// The parameter that a value is an argument for, itself or as an item of a list;
    /// and the name of what is called.
    pub(crate) fn parameter_of(&self, node: NodeId) -> Option<(CallParameter, &'t str)> {
        let tree = &self.script.tree;
        let mut inner = node;
        let mut at = tree.node(node).parent;
        for _ in 0..4 {
            let id = at?;
            match &tree.node(id).kind {
                NodeKind::Call(call) => {
                    let index = call.arguments.iter().position(|it| it.value == inner)?;
                    let name = call.arguments[index].name.as_ref();
                    let callable = self.callable(call)?;
                    let parameter = callable.parameter(name.map(|it| tree.written(it)), index)?;
                    return Some((parameter.clone(), callee(tree, call)));
                }
                NodeKind::Bracket(bracket) if bracket.clauses.is_empty() => {}
                NodeKind::Operator { .. } => {}
                _ => return None,
            }
            inner = id;
            at = tree.node(id).parent;
        }
        None
    }
}
