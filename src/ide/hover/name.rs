//! Names: of variables, functions, attributes, parameters.

use std::ops::Range;

use super::{Hover, code, contents, evidence, instead, paragraphs};
use crate::ide::callable::CallParameter;
use crate::ide::infer::{self, Inference, Type, nearest};
use crate::ide::member::{self, Member, MemberKind, of_builtin};
use crate::ide::prose;
use crate::ide::scope::{Binding, BindingKind, ScopeId};
use crate::ide::syntax::{NodeId, NodeKind, StatementId, StatementKind, TokenKind};
use crate::script::{CONSTANTS, Module, Object};
use crate::source::normalize_path;

pub(super) fn hover(inference: &Inference<'_, '_>, offset: usize) -> Option<Hover> {
    let range = word_at(inference, offset)?;
    let markdown = parameter_at(inference, &range)
        .or_else(|| member_at(inference, &range))
        .or_else(|| name_at(inference, &range))?;
    Some(Hover { markdown, range })
}

/// The name at `offset`. Between two tokens, the one that begins there counts.
fn word_at(inference: &Inference<'_, '_>, offset: usize) -> Option<Range<usize>> {
    let script = inference.script;
    let tokens = &script.tree.tokens;
    let index = tokens.partition_point(|it| it.start <= offset);
    let mut near = tokens[..index]
        .iter()
        .rev()
        .take(2)
        .filter(|it| offset <= it.end);
    if let Some(token) = near.clone().find(|it| it.kind == TokenKind::Name) {
        return Some(token.range());
    }
    // A format string holds names, too.
    near.find(|it| it.kind == TokenKind::String)?;
    Some(script.names.occurrence_at(offset)?.range.clone())
}

/// The parameter that a keyword argument names.
fn parameter_at(inference: &Inference<'_, '_>, range: &Range<usize>) -> Option<String> {
    let tree = &inference.script.tree;
    let calls = tree.around(range.start).into_iter();
    let calls = calls.filter_map(|it| match &tree.node(it).kind {
        NodeKind::Call(call) => Some(call),
        _ => None,
    });
    for call in calls {
        let mut arguments = call.arguments.iter();
        if arguments.any(|it| it.name.as_ref() == Some(range)) {
            let callable = inference.callable(call)?;
            let parameter = callable.parameter(Some(tree.written(range)), 0)?;
            return Some(of_parameter(parameter));
        }
    }
    None
}

pub(super) fn of_parameter(parameter: &CallParameter) -> String {
    let separator = match parameter.detail.starts_with('=') {
        _ if parameter.detail.is_empty() => "",
        true => " ",
        false => ": ",
    };
    let shown = format!(
        "(parameter) {}{}{separator}{}",
        parameter.stars, parameter.name, parameter.detail
    );
    let values = parameter.takes.and_then(|takes| match takes {
        crate::script::ArgType::Choice(choices) => {
            let choices: Vec<_> = choices.iter().map(|it| format!("`\"{it}\"`")).collect();
            Some(format!("One of {}.", choices.join(", ")))
        }
        _ => None,
    });
    paragraphs(&[
        &code(&shown),
        &parameter.documentation,
        &values.unwrap_or_default(),
    ])
}

/// What stands behind a dot.
fn member_at(inference: &Inference<'_, '_>, range: &Range<usize>) -> Option<String> {
    let tree = &inference.script.tree;
    let object = tree
        .around(range.end)
        .into_iter()
        .find_map(|it| match &tree.node(it).kind {
            NodeKind::Dot { object, name } if name == range => Some(*object),
            _ => None,
        })?;
    let owner = inference.of(object);
    let member = member::find(&owner, tree.written(range))?;
    let held = match member.ty {
        Type::Collection(..) | Type::Volumes(_) => contents::of(inference, &member.ty),
        _ => String::new(),
    };
    Some(paragraphs(&[&of_member(&member, &owner), &held]))
}

fn of_member(member: &Member, owner: &Type) -> String {
    let prefix = match owner {
        Type::Object(object) => format!("{}.", object.global.unwrap_or(object.name)),
        Type::Module(module) => format!("{}.", module.export.name),
        _ => owner
            .name()
            .map_or(String::new(), |it| match it.split_once(' ') {
                Some((name, _)) => format!("{name}."),
                None => format!("{it}."),
            }),
    };
    let prefix = if prefix.contains('[') {
        ""
    } else {
        prefix.as_str()
    };
    let shown = match member.kind {
        MemberKind::Attribute => format!(
            "{prefix}{}: {}",
            member.name,
            member.ty.name().unwrap_or_else(|| member.detail.clone())
        ),
        MemberKind::Method | MemberKind::Constructor => format!("{prefix}{}", member.detail),
    };
    let parameters = match &member.ty {
        Type::Builtin(builtin, _) => parameters(builtin),
        _ => String::new(),
    };
    paragraphs(&[
        &code(&shown),
        &instead(member.replacement),
        &member.documentation,
        &parameters,
        evidence(member.evidence),
    ])
}

/// The parameters of a function, as a list.
fn parameters(builtin: &crate::script::Builtin) -> String {
    let described = builtin
        .parameters
        .iter()
        .filter(|it| !it.documentation.is_empty());
    let lines = described.map(|it| {
        let documentation = prose(it.documentation).replace('\n', " ");
        format!("- `{}`: {documentation}", it.name)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn name_at(inference: &Inference<'_, '_>, range: &Range<usize>) -> Option<String> {
    let script = inference.script;
    let name = script.tree.written(range);
    let occurrence = script
        .names
        .occurrence_at(range.start)
        .filter(|it| it.range == *range);
    match occurrence {
        Some(occurrence) => match occurrence.scope {
            Some(scope) => {
                let bindings = script.names.bindings(scope, name);
                let binding = nearest(bindings, range.start);
                Some(of_binding(inference, binding, name))
            }
            None => of_global(name),
        },
        None => None,
    }
}

pub(super) fn of_binding(
    inference: &Inference<'_, '_>,
    binding: &Binding<'_>,
    name: &str,
) -> String {
    let script = inference.script;
    match &binding.kind {
        BindingKind::Function(id) => {
            let documentation = script.documentation(*id).unwrap_or_default();
            paragraphs(&[&code(&script.signature(*id)), &documentation])
        }
        BindingKind::Load {
            module, original, ..
        } => of_loaded(inference, module, original),
        kind => {
            let word = match kind {
                BindingKind::Parameter(..) | BindingKind::LambdaParameter => "parameter",
                BindingKind::Loop(..) => "loop variable",
                _ => "variable",
            };
            let ty = inference.of_binding(binding, name);
            let of_type = ty.name().map_or(String::new(), |it| format!(": {it}"));
            let value = match kind {
                BindingKind::Value(value) => shown_value(inference, *value),
                BindingKind::Parameter(function, index) => default(inference, *function, *index),
                _ => None,
            };
            let value = value.map_or(String::new(), |it| format!(" = {it}"));
            let comment = script.comment_above(binding.name.start).unwrap_or_default();
            paragraphs(&[
                &code(&format!("({word}) {name}{of_type}{value}")),
                &comment,
                &contents::of(inference, &ty),
            ])
        }
    }
}

/// The default of a parameter, as it is written.
fn default<'t>(
    inference: &Inference<'_, 't>,
    function: StatementId,
    index: usize,
) -> Option<&'t str> {
    let StatementKind::Def { parameters, .. } = &inference.script.tree.statement(function).kind
    else {
        return None;
    };
    shown_value(inference, parameters.get(index)?.default?)
}

/// A value that is short, as it is written.
fn shown_value<'t>(inference: &Inference<'_, 't>, value: NodeId) -> Option<&'t str> {
    let tree = &inference.script.tree;
    let written = tree.written(&tree.node(value).range);
    (!written.contains('\n') && written.len() <= 100).then_some(written)
}

/// What `load` binds.
pub(super) fn of_loaded(inference: &Inference<'_, '_>, module: &str, original: &str) -> String {
    if let Some(module) = Module::find(module).filter(|it| it.export.name == original) {
        return of_module(module);
    }
    let path = normalize_path(module);
    let found = path.as_ref().and_then(|path| {
        inference.view.with_script(path, |script| {
            let other = Inference::new(inference.view, script);
            let bindings = script.names.bindings(ScopeId::MODULE, original);
            let binding = bindings.last()?;
            match binding.kind {
                // What a script loads is not handed on; and a circle would never end.
                BindingKind::Load { .. } => None,
                _ => Some(of_binding(&other, binding, original)),
            }
        })
    });
    match found {
        Some(found) => paragraphs(&[&found, &format!("Loaded from `{module}`.")]),
        None => format!("Loaded from `{module}`."),
    }
}

pub(super) fn of_module(module: &Module) -> String {
    let load = format!("load(\"{}\", \"{}\")", module.path, module.export.name);
    paragraphs(&[
        &code(&load),
        &prose(module.export.documentation),
        &names_of(&module.export),
        evidence(Some(module.evidence)),
    ])
}

fn names_of(object: &Object) -> String {
    let names: Vec<_> = object.names().map(|it| format!("`{it}`")).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!("It has {}.", names.join(", ")),
    }
}

/// What every script has under that name.
fn of_global(name: &str) -> Option<String> {
    if CONSTANTS.contains(&name) {
        let about = match name {
            "None" => "No value.",
            _ => "A truth value.",
        };
        return Some(paragraphs(&[&code(name), about]));
    }
    match infer::global(name) {
        Type::Builtin(builtin, owner) => {
            let member = of_builtin(builtin, owner);
            Some(of_member(&member, &Type::Any))
        }
        Type::Object(object) => Some(paragraphs(&[
            &code(name),
            &prose(object.documentation),
            &names_of(object),
        ])),
        Type::Standard(standard) => Some(paragraphs(&[
            &code(standard.signature),
            standard.documentation,
            "*Part of Starlark itself.*",
        ])),
        _ => None,
    }
}
