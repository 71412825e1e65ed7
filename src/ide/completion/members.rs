//! What stands behind a dot.

use std::ops::Range;

use super::{Completion, CompletionKind};
use crate::ide::hover::{evidence, instead, paragraphs};
use crate::ide::infer::{Inference, Type};
use crate::ide::member::{Member, MemberKind, members};
use crate::ide::syntax::{NodeKind, Token};

pub(super) fn complete(
    inference: &Inference<'_, '_>,
    dot: Token,
    word: Range<usize>,
) -> Vec<Completion> {
    let tree = &inference.script.tree;
    let object = tree
        .around(dot.end)
        .into_iter()
        .find_map(|it| match &tree.node(it).kind {
            NodeKind::Dot { object, name } if name.start == dot.end || *name == word => {
                Some(*object)
            }
            _ => None,
        });
    let Some(object) = object else {
        return Vec::new();
    };
    let members = members(&inference.of(object)).into_iter();
    members
        .map(|it| {
            let completion = of_member(&it, &word);
            // What holds something comes first.
            match inference.view.names_in(&it.ty).is_empty() {
                true => completion,
                false => completion.rank(0),
            }
        })
        .collect()
}

pub(super) fn of_member(member: &Member, word: &Range<usize>) -> Completion {
    let kind = match member.kind {
        MemberKind::Attribute => CompletionKind::Attribute,
        MemberKind::Method => CompletionKind::Method,
        MemberKind::Constructor => CompletionKind::Constructor,
    };
    let documentation = paragraphs(&[
        &instead(member.replacement),
        &member.documentation,
        evidence(member.evidence),
    ]);
    let detail = match &member.ty {
        Type::Any => member.detail.clone(),
        Type::Builtin(..) | Type::Standard(_) | Type::Constructor(_) => member.detail.clone(),
        ty => ty.name().unwrap_or_else(|| member.detail.clone()),
    };
    Completion::new(&member.name, kind, word.clone())
        .detail(detail)
        .documentation(documentation)
        .deprecated(member.replacement.is_some())
        .rank(match member.kind {
            MemberKind::Constructor => 2,
            _ => 1,
        })
}
