//! Names that can be used, and arguments that can be given.

use std::ops::Range;

use super::{Completion, CompletionKind, members, values};
use crate::ide::callable::Callable;
use crate::ide::context::{self, Wanted, Within};
use crate::ide::hover::paragraphs;
use crate::ide::infer::{self, Inference, Type};
use crate::ide::member::of_builtin;
use crate::ide::scope::{Binding, BindingKind};
use crate::ide::starlark;
use crate::ide::symbols::is_constant;
use crate::ide::syntax::{Call, KEYWORDS, StatementKind, Token, TokenKind, Tree};
use crate::script::{ArgType, CONSTANTS, Object, functions, global_objects};

pub(super) fn complete(
    inference: &Inference<'_, '_>,
    word: Range<usize>,
    offset: usize,
) -> Vec<Completion> {
    let tree = &inference.script.tree;
    let before = token_before(tree, word.start);
    if !takes_name(tree, before, &word, offset) {
        return Vec::new();
    }
    match context::within(tree, offset) {
        Some(Within::Call(_, call)) if context::callee(tree, call) == "load" => Vec::new(),
        Some(Within::Call(_, call)) => in_call(inference, call, &word, offset),
        Some(Within::Index(object)) => {
            let mut found = values::of_lookup(inference, object, &word);
            found.extend(names(inference, &word, offset, None));
            found
        }
        _ => {
            let wanted = inference.wanted(offset);
            let mut found = wanted
                .as_ref()
                .map_or_else(Vec::new, |it| values::of_wanted(inference, it, &word));
            found.extend(names(inference, &word, offset, wanted.as_ref()));
            found
        }
    }
}

/// The token before the word; none where the word begins a statement.
fn token_before(tree: &Tree<'_>, at: usize) -> Option<Token> {
    let before = tree.token_before(at)?;
    let is_end = before.kind == TokenKind::Newline || tree.written(&before.range()) == ";";
    (!is_end).then_some(before)
}

/// Whether a name can stand there.
fn takes_name(tree: &Tree<'_>, before: Option<Token>, word: &Range<usize>, offset: usize) -> bool {
    if let Some(before) = before {
        let written = tree.written(&before.range());
        let is_operand = match before.kind {
            TokenKind::Name => !KEYWORDS.contains(&written),
            TokenKind::Number | TokenKind::String | TokenKind::Close => true,
            _ => false,
        };
        if is_operand || ["def", "for", "as", "import", "load"].contains(&written) {
            return false;
        }
    }
    // The names of parameters are the user's own.
    let statement = tree.statement_at(offset).map(|it| tree.statement(it));
    let Some(StatementKind::Def { parameters, .. }) = statement.map(|it| &it.kind) else {
        return true;
    };
    let is_in_head = statement.is_some_and(|it| offset <= it.head_end);
    let is_value = parameters.iter().any(|it| {
        let nodes = it.default.into_iter().chain(it.annotation);
        nodes.into_iter().any(|it| {
            let range = &tree.node(it).range;
            range.start <= word.end && word.start <= range.end
        })
    });
    !is_in_head || is_value
}

fn in_call(
    inference: &Inference<'_, '_>,
    call: &Call,
    word: &Range<usize>,
    offset: usize,
) -> Vec<Completion> {
    let tree = &inference.script.tree;
    let slot = context::slot(tree, call, offset);
    let wanted = inference.wanted(offset);
    let is_name = slot.name.as_ref() == Some(word);
    let mut found = Vec::new();
    // An argument can be named where nothing else of it is written yet.
    let is_bare = slot.name.is_none() && slot.value.is_none_or(|it| tree.node(it).range == *word);
    if (is_name || is_bare)
        && let Some(callable) = inference.callable(call)
    {
        found.extend(arguments(tree, &callable, call, slot.index, word));
    }
    if is_name {
        return found;
    }
    if let Some(wanted) = &wanted {
        found.extend(values::of_wanted(inference, wanted, word));
    }
    found.extend(names(inference, word, offset, wanted.as_ref()));
    found
}

/// The names of arguments that are not given yet.
fn arguments(
    tree: &Tree<'_>,
    callable: &Callable,
    call: &Call,
    index: usize,
    word: &Range<usize>,
) -> Vec<Completion> {
    let given: Vec<&str> = call
        .arguments
        .iter()
        .enumerate()
        .filter(|(place, _)| *place != index)
        .filter_map(|(place, argument)| match &argument.name {
            Some(name) => Some(tree.written(name)),
            None => callable.parameters.get(place).map(|it| it.name.as_str()),
        })
        .collect();
    let is_followed = tree.text[word.end..].trim_start().starts_with('=');
    let open = callable.parameters.iter();
    let open = open.filter(|it| it.stars.is_empty() && !given.contains(&it.name.as_str()));
    open.map(|parameter| {
        let text = match is_followed {
            true => parameter.name.clone(),
            false => format!("{} = ", parameter.name),
        };
        Completion::new(&parameter.name, CompletionKind::Argument, word.clone())
            .text(text)
            .detail(&parameter.detail)
            .documentation(&parameter.documentation)
            .rank(u8::from(!parameter.is_required))
    })
    .collect()
}

/// The names that can be used at `offset`.
fn names(
    inference: &Inference<'_, '_>,
    word: &Range<usize>,
    offset: usize,
    wanted: Option<&Wanted<'_>>,
) -> Vec<Completion> {
    let tree = &inference.script.tree;
    let mut found = own_names(inference, word, offset, wanted);
    let takes = match wanted {
        Some(Wanted::Argument { parameter, .. }) => parameter.takes,
        _ => None,
    };
    let is_known = |name: &str| found.iter().any(|it| it.label == name);
    let mut more: Vec<_> = functions()
        .map(|builtin| {
            let gives = infer::of_return(builtin.returns);
            Completion {
                kind: CompletionKind::Function,
                ..members::of_member(&of_builtin(builtin, None), word)
            }
            .rank(if fits(&gives, takes) { 1 } else { 3 })
        })
        .collect();
    more.extend(global_objects().map(|object| {
        Completion::new(
            object.global.unwrap_or(object.name),
            CompletionKind::Module,
            word.clone(),
        )
        .detail(object.name)
        .documentation(crate::ide::prose(object.documentation))
        .rank(if makes(object, takes) { 1 } else { 3 })
    }));
    more.extend(
        CONSTANTS
            .iter()
            .map(|name| Completion::new(*name, CompletionKind::Constant, word.clone()).rank(4)),
    );
    more.extend(starlark::FUNCTIONS.iter().map(|standard| {
        Completion::new(standard.name, CompletionKind::Function, word.clone())
            .detail(standard.signature)
            .documentation(standard.documentation)
            .rank(5)
    }));
    if token_before(tree, word.start).is_none() && context::within(tree, offset).is_none() {
        let words = [
            "def", "for", "if", "elif", "else", "load", "return", "pass", "break", "continue",
        ];
        more.extend(
            words.map(|it| Completion::new(it, CompletionKind::Keyword, word.clone()).rank(6)),
        );
    }
    more.retain(|it| !is_known(&it.label));
    found.extend(more);
    found
}

/// The names that the script binds.
pub(super) fn own_names(
    inference: &Inference<'_, '_>,
    word: &Range<usize>,
    offset: usize,
    wanted: Option<&Wanted<'_>>,
) -> Vec<Completion> {
    let script = inference.script;
    let scope = script.names.scope_at(&script.tree, offset);
    let mut found = Vec::new();
    for (name, scope) in script.names.visible(scope) {
        let bindings = script.names.bindings(scope, name);
        // What is being written is not there yet.
        let mut bindings = bindings.iter().filter(|it| it.name != *word);
        let Some(binding) = bindings.next_back() else {
            continue;
        };
        let ty = inference.of_binding(binding, name);
        let rank = match wanted {
            Some(Wanted::Argument { parameter, .. }) if fits(&ty, parameter.takes) => 1,
            _ => 2,
        };
        found.push(of_binding(inference, binding, name, &ty, word).rank(rank));
    }
    found
}

fn of_binding(
    inference: &Inference<'_, '_>,
    binding: &Binding<'_>,
    name: &str,
    ty: &Type,
    word: &Range<usize>,
) -> Completion {
    let script = inference.script;
    let completion = |kind| Completion::new(name, kind, word.clone());
    match &binding.kind {
        BindingKind::Function(id) => completion(CompletionKind::Function)
            .detail(script.signature(*id).trim_start_matches("def "))
            .documentation(script.documentation(*id).unwrap_or_default()),
        BindingKind::Load { module, .. } => {
            let kind = match ty {
                Type::Module(_) => CompletionKind::Module,
                Type::Function { .. } => CompletionKind::Function,
                _ => CompletionKind::Variable,
            };
            let documentation = match ty {
                Type::Module(module) => crate::ide::prose(module.export.documentation),
                _ => String::new(),
            };
            completion(kind)
                .detail(ty.name().unwrap_or_default())
                .documentation(paragraphs(&[
                    &documentation,
                    &format!("Loaded from `{module}`."),
                ]))
        }
        _ => {
            let kind = match is_constant(name) {
                true => CompletionKind::Constant,
                false => CompletionKind::Variable,
            };
            completion(kind)
                .detail(ty.name().unwrap_or_default())
                .documentation(script.comment_above(binding.name.start).unwrap_or_default())
        }
    }
}

/// Whether a method of `object` gives what a parameter takes.
fn makes(object: &'static Object, takes: Option<&'static ArgType>) -> bool {
    object
        .methods
        .iter()
        .any(|it| fits(&infer::of_return(it.returns), takes))
}

/// Whether a value of that type is what a parameter takes.
fn fits(ty: &Type, takes: Option<&'static ArgType>) -> bool {
    let is = |object: &'static Object, ty: &Type| match ty {
        Type::Object(own) | Type::Resources(own, _) => std::ptr::eq(*own, object),
        _ => false,
    };
    match takes {
        Some(ArgType::Object(object)) => is(object(), ty),
        Some(ArgType::OneOf(several)) => several.iter().any(|it| fits(ty, Some(it))),
        Some(ArgType::List(_)) => matches!(ty, Type::List(_)),
        Some(ArgType::Dict(_)) => matches!(ty, Type::Dictionary(_)),
        Some(ArgType::Str | ArgType::Path | ArgType::Choice(_)) => matches!(ty, Type::Text),
        Some(ArgType::Int | ArgType::Number) => matches!(ty, Type::Int),
        _ => false,
    }
}
