//! What an offset stands in.

use std::ops::Range;

use super::callable::{CallParameter, Callable};
use super::infer::Inference;
use super::syntax::{Call, NodeId, NodeKind, Tree};

/// The innermost bracket around an offset.
#[derive(Clone, Copy)]
pub(crate) enum Within<'s> {
    /// The parentheses of a call.
    Call(NodeId, &'s Call),
    /// `object[…]`.
    Index(NodeId),
    /// Any other bracket.
    Bracket(NodeId),
}

/// The innermost bracket that `offset` stands in.
pub(crate) fn within<'s>(tree: &'s Tree<'_>, offset: usize) -> Option<Within<'s>> {
    let mut innermost: Option<(usize, Within<'s>)> = None;
    for (id, node) in tree.nodes() {
        let (open, is_closed, found) = match &node.kind {
            NodeKind::Call(call) => (call.open, call.is_closed, Within::Call(id, call)),
            NodeKind::Index {
                object,
                open,
                is_closed,
                ..
            } => (*open, *is_closed, Within::Index(*object)),
            NodeKind::Bracket(bracket) if is_bracket(tree, bracket.open) => {
                (bracket.open, bracket.is_closed, Within::Bracket(id))
            }
            _ => continue,
        };
        let end = node.range.end - usize::from(is_closed);
        let is_inner = innermost.is_none_or(|(other, _)| open >= other);
        if open < offset && offset <= end && is_inner {
            innermost = Some((open, found));
        }
    }
    innermost.map(|(_, found)| found)
}

/// A tuple without parentheses has none.
fn is_bracket(tree: &Tree<'_>, open: usize) -> bool {
    matches!(tree.text.as_bytes().get(open), Some(b'(' | b'[' | b'{'))
}

/// The argument of a call that an offset stands in.
#[derive(Debug)]
pub(crate) struct Slot {
    /// Its number.
    pub(crate) index: usize,
    /// Its name, of a keyword argument.
    pub(crate) name: Option<Range<usize>>,
    /// The value, if something is there.
    pub(crate) value: Option<NodeId>,
}

/// The argument that `offset` stands in: the one that would be written there, if
/// nothing is.
pub(crate) fn slot(tree: &Tree<'_>, call: &Call, offset: usize) -> Slot {
    let mut arguments = call.arguments.iter().enumerate();
    let own = arguments.find(|(_, it)| it.slot.start <= offset && offset <= it.slot.end);
    match own {
        Some((index, argument)) => Slot {
            index,
            name: argument.name.clone(),
            value: Some(argument.value)
                .filter(|it| !matches!(tree.node(*it).kind, NodeKind::Missing)),
        },
        None => Slot {
            index: call
                .arguments
                .iter()
                .filter(|it| it.slot.end <= offset)
                .count(),
            name: None,
            value: None,
        },
    }
}

/// Where a value stands that is wanted.
pub(crate) enum Wanted<'t> {
    /// It is an argument, itself or as an item of a list.
    Argument {
        parameter: Box<CallParameter>,
        callee: &'t str,
        is_item: bool,
    },
    /// It is written to an attribute.
    Attribute(&'t str),
}

impl<'t> Inference<'_, 't> {
    /// What is wanted at `offset`.
    pub(crate) fn wanted(&self, offset: usize) -> Option<Wanted<'t>> {
        let tree = &self.script.tree;
        let mut at = offset;
        let mut is_item = false;
        for _ in 0..3 {
            match within(tree, at) {
                Some(Within::Call(_, call)) => {
                    let callable = self.callable(call)?;
                    let slot = slot(tree, call, at);
                    let parameter = parameter(tree, &callable, &slot)?.clone();
                    return Some(Wanted::Argument {
                        parameter: Box::new(parameter),
                        callee: callee(tree, call),
                        is_item,
                    });
                }
                Some(Within::Bracket(id)) => {
                    is_item = true;
                    at = tree.node(id).range.start;
                }
                _ => break,
            }
        }
        let statement = tree.statement(tree.statement_at(offset)?);
        let super::syntax::StatementKind::Assign { targets, value, .. } = &statement.kind else {
            return None;
        };
        match &tree.node(*targets).kind {
            NodeKind::Dot { name, .. } if tree.node(*value).range.start <= offset => {
                Some(Wanted::Attribute(tree.written(name)))
            }
            _ => None,
        }
    }
}

/// The parameter that an argument is for.
pub(crate) fn parameter<'c>(
    tree: &Tree<'_>,
    callable: &'c Callable,
    slot: &Slot,
) -> Option<&'c CallParameter> {
    let name = slot.name.as_ref().map(|it| tree.written(it));
    callable.parameter(name, slot.index)
}

/// The last part of what is called: `mount` of `pod.mount`.
pub(crate) fn callee<'t>(tree: &Tree<'t>, call: &Call) -> &'t str {
    match &tree.node(call.callee).kind {
        NodeKind::Dot { name, .. } => tree.written(name),
        NodeKind::Name => tree.written(&tree.node(call.callee).range),
        _ => "",
    }
}
