//! What a string can hold.

use std::ops::Range;

use super::values::{self, Text};
use super::{Completion, CompletionKind, names, paths};
use crate::ide::context::{self, Wanted, Within};
use crate::ide::infer::Inference;
use crate::ide::scope::{BindingKind, ScopeId};
use crate::ide::syntax::{Call, Literal};
use crate::script::Module;
use crate::source::{is_script, normalize_path};

pub(super) fn complete(
    inference: &Inference<'_, '_>,
    token: Range<usize>,
    offset: usize,
) -> Vec<Completion> {
    let tree = &inference.script.tree;
    let literal = Literal::of(tree.text, token.clone());
    if offset < literal.content.start || literal.content.end < offset {
        return Vec::new();
    }
    if let Some(word) = in_braces(tree.text, &literal, offset) {
        return names::own_names(inference, &word, offset, None);
    }
    let string = Place::of(tree.text, &literal, offset);
    match context::within(tree, offset) {
        Some(Within::Call(_, call)) if context::callee(tree, call) == "load" => {
            return in_load(inference, call, &string, offset);
        }
        Some(Within::Index(object)) => {
            let names = values::lookups(inference, object);
            return names.into_iter().map(|it| string.completion(it)).collect();
        }
        _ => {}
    }
    let Some(wanted) = inference.wanted(offset) else {
        return Vec::new();
    };
    if let Wanted::Argument { parameter, .. } = &wanted
        && parameter.takes.is_some_and(crate::script::ArgType::is_path)
    {
        return paths::complete(inference.view, &string, |_| true);
    }
    let texts = values::texts(inference, &wanted);
    texts.into_iter().map(|it| string.completion(it)).collect()
}

/// The name at `offset`, in the braces of a format string.
fn in_braces(text: &str, literal: &Literal, offset: usize) -> Option<Range<usize>> {
    let before = &text[literal.content.start..offset];
    let open = before.rfind('{').filter(|_| literal.is_format)?;
    // Two braces stand for one.
    let braces = before[..=open]
        .bytes()
        .rev()
        .take_while(|it| *it == b'{')
        .count();
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let is_name = before[open + 1..].trim_start().chars().all(is_part);
    if braces % 2 == 0 || !is_name {
        return None;
    }
    let start = before.trim_end_matches(is_part).len();
    let rest = &text[offset..literal.content.end];
    let length = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
    Some(literal.content.start + start..offset + length)
}

/// A string that is being written.
pub(super) struct Place {
    /// What stands before the place that was asked for.
    pub(super) before: String,
    /// What is between the quotes.
    pub(super) content: Range<usize>,
    /// What ends the string, where nothing does yet.
    pub(super) closing: String,
}

impl Place {
    fn of(text: &str, literal: &Literal, offset: usize) -> Self {
        let before = text[literal.content.start..offset].to_owned();
        if literal.is_closed {
            return Self {
                before,
                content: literal.content.clone(),
                closing: String::new(),
            };
        }
        // A string that is not closed takes in what stands behind it on the line.
        let is_last = text[offset..literal.content.end].trim().is_empty();
        let quote = &text[literal.content.start - 1..literal.content.start];
        Self {
            before,
            content: literal.content.start..offset,
            closing: if is_last {
                quote.to_owned()
            } else {
                String::new()
            },
        }
    }

    fn completion(&self, text: Text) -> Completion {
        Completion::new(&text.text, text.kind, self.content.clone())
            .text(format!("{}{}", text.text, self.closing))
            .detail(text.detail)
            .documentation(text.documentation)
            .rank(0)
    }
}

/// The first string is a module's path, the others are names in it.
fn in_load(
    inference: &Inference<'_, '_>,
    call: &Call,
    string: &Place,
    offset: usize,
) -> Vec<Completion> {
    let tree = &inference.script.tree;
    let slot = context::slot(tree, call, offset);
    if slot.index > 0 {
        let module = call.arguments.first().and_then(|it| tree.string(it.value));
        let names = module.map_or_else(Vec::new, |it| exports(inference, it));
        return names.into_iter().map(|it| string.completion(it)).collect();
    }
    let modules = Module::all().map(|module| {
        string.completion(Text {
            text: module.path.to_owned(),
            kind: CompletionKind::Module,
            detail: format!("exports {}", module.export.name),
            documentation: crate::ide::prose(module.export.documentation),
        })
    });
    let own = inference.script.path;
    let is_other = |path: &str| path.ends_with('/') || is_script(path) && path != own;
    let scripts = paths::complete(inference.view, string, is_other);
    modules
        .filter(|_| !string.before.contains('/'))
        .chain(scripts)
        .collect()
}

/// The names that a module or script exports.
fn exports(inference: &Inference<'_, '_>, module: &str) -> Vec<Text> {
    if let Some(module) = Module::find(module) {
        return vec![Text {
            text: module.export.name.to_owned(),
            kind: CompletionKind::Module,
            detail: String::new(),
            documentation: crate::ide::prose(module.export.documentation),
        }];
    }
    let found = normalize_path(module).and_then(|path| {
        inference.view.with_script(&path, |script| {
            let other = Inference::new(inference.view, script);
            let mut found = Vec::new();
            for (name, _) in script.names.visible(ScopeId::MODULE) {
                let bindings = script.names.bindings(ScopeId::MODULE, name);
                let Some(binding) = bindings.last() else {
                    continue;
                };
                let (detail, documentation) = match &binding.kind {
                    // What a script loads itself is not handed on.
                    BindingKind::Load { .. } => continue,
                    BindingKind::Function(id) => (
                        script.signature(*id).trim_start_matches("def ").to_owned(),
                        script.documentation(*id).unwrap_or_default(),
                    ),
                    _ => (
                        other.of_binding(binding, name).name().unwrap_or_default(),
                        String::new(),
                    ),
                };
                // An underscore keeps a name private.
                if !name.starts_with('_') {
                    found.push(Text {
                        text: name.to_owned(),
                        kind: CompletionKind::Name,
                        detail,
                        documentation,
                    });
                }
            }
            Some(found)
        })
    });
    found.unwrap_or_default()
}
