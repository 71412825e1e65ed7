//! The call that is being written.

use std::ops::Range;

use super::callable::Callable;
use super::context::{self, Within};
use super::infer::{Inference, Type};
use super::syntax::{NodeId, NodeKind, Tree};
use super::{Language, View};

/// A call with its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureHelp {
    /// The call as it is declared.
    pub signature: String,
    /// What it does, in Markdown.
    pub documentation: Option<String>,
    /// Its parameters.
    pub parameters: Vec<SignatureParameter>,
    /// The parameter that is being given, by its number; none where there is none.
    pub active: Option<usize>,
}

/// A parameter of a [`SignatureHelp`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureParameter {
    /// Where it stands in the signature, in bytes.
    pub range: Range<usize>,
    /// What it means, in Markdown.
    pub documentation: Option<String>,
}

/// The call that `offset` of the file at `path` stands in.
#[must_use]
pub fn signature_help(view: &View<'_>, path: &str, offset: usize) -> Option<SignatureHelp> {
    if view.language(path)? != Language::Script {
        return None;
    }
    view.with_script(path, |script| {
        let offset = script.tree.text.floor_char_boundary(offset);
        if script.tree.is_comment(offset) {
            return None;
        }
        of_call(&Inference::new(*view, script), offset)
    })
}

fn of_call(inference: &Inference<'_, '_>, offset: usize) -> Option<SignatureHelp> {
    let tree = &inference.script.tree;
    let (id, at) = call_around(tree, offset)?;
    let NodeKind::Call(call) = &tree.node(id).kind else {
        return None;
    };
    let callable = inference.callable(call)?;
    let slot = context::slot(tree, call, at);
    let active = context::parameter(tree, &callable, &slot);
    let place = active.and_then(|one| {
        callable
            .parameters
            .iter()
            .position(|it| it.name == one.name)
    });
    let signature = shown(&callable);
    let mut at = signature.find('(').map_or(0, |it| it + 1);
    let mut parameters = Vec::new();
    let mut active = None;
    for (index, parameter) in callable.parameters.iter().enumerate() {
        let name = format!("{}{}", parameter.stars, parameter.name);
        let Some(range) = in_signature(&signature, at, &name) else {
            continue;
        };
        at = range.end;
        if Some(index) == place {
            active = Some(parameters.len());
        }
        parameters.push(SignatureParameter {
            range,
            documentation: Some(parameter.documentation.clone()).filter(|it| !it.is_empty()),
        });
    }
    Some(SignatureHelp {
        signature,
        documentation: Some(callable.documentation).filter(|it| !it.is_empty()),
        parameters,
        active,
    })
}

/// The innermost call around `offset`, and the place within its own parentheses:
/// that of the list, say, in which `offset` stands.
fn call_around(tree: &Tree<'_>, offset: usize) -> Option<(NodeId, usize)> {
    let mut at = offset;
    for _ in 0..20 {
        match context::within(tree, at)? {
            Within::Call(id, _) => return Some((id, at)),
            Within::Bracket(id) => at = tree.node(id).range.start,
            Within::Index(object) => at = tree.node(object).range.start,
        }
    }
    None
}

/// The call as it is shown: objects of the API with all their fields.
fn shown(callable: &Callable) -> String {
    let Type::Constructor(ty) = callable.ty else {
        return callable.signature.clone();
    };
    let fields = callable
        .parameters
        .iter()
        .map(|it| format!("{}: {}", it.name, it.detail));
    format!(
        "k8s.{}({})",
        ty.short_name(),
        fields.collect::<Vec<_>>().join(", ")
    )
}

/// Where a parameter stands in a signature, from its name to the comma behind it.
fn in_signature(signature: &str, from: usize, name: &str) -> Option<Range<usize>> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '*';
    let found = signature[from..].match_indices(name).find(|(at, _)| {
        let before = signature[..from + at].chars().next_back();
        let behind = signature[from + at + name.len()..].chars().next();
        !before.is_some_and(is_part) && !behind.is_some_and(is_part)
    });
    let start = from + found?.0;
    let mut depth = 0usize;
    let mut letters = signature[start..].char_indices();
    let end = letters.find(|(_, letter)| match letter {
        '(' | '[' | '{' => {
            depth += 1;
            false
        }
        ')' | ']' | '}' if depth > 0 => {
            depth -= 1;
            false
        }
        ',' | ')' => depth == 0,
        _ => false,
    });
    Some(start..end.map_or(signature.len(), |(at, _)| start + at))
}
