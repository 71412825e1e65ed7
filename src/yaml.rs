//! YAML as a tree whose every key and value knows its place.
//!
//! The tree is generic: it knows nothing of `raftt.yml`, and reads any file that
//! a message may point into. All nodes stand in one list and refer to each other
//! by number, so no input, however deep, is walked by recursion alone: aliases
//! stay references, and what follows them ([`Tree::entries`], [`Tree::to_json`])
//! has a [`Budget`].

mod build;
mod conflict;
mod expand;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "manifests and snapshots will be read with it")
)]
mod json;
mod keys;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "manifests and snapshots will be read with it")
)]
mod locate;
mod place;
mod problem;
mod recover;
mod scalar;

use std::ops::Range;

use crate::source::{FileId, Span};

pub(crate) use conflict::{Conflict, conflicts};
pub(crate) use expand::{Budget, Entry};
pub(crate) use keys::DuplicateKey;
pub(crate) use problem::Problem;
pub(crate) use recover::parse;
pub(crate) use scalar::{Scalar, Style, Value, quoted};

/// A file's YAML, as far as it could be read.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    file: FileId,
    nodes: Vec<Node>,
    /// The documents, in their order.
    pub(crate) documents: Vec<Document>,
    /// The comments, in their order, each from its `#` to the end of its line.
    pub(crate) comments: Vec<Span>,
    /// What is wrong with the text. What stands around such a place is read.
    pub(crate) problems: Vec<Problem>,
    /// The entries that were left out because of a problem, sorted.
    left_out: Vec<Range<usize>>,
}

/// Names a node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(u32);

/// A document of a file.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Its content.
    pub(crate) root: NodeId,
    /// Its `---`, or the empty place where it begins.
    pub(crate) start: Span,
}

/// A value, or a key.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Its text, without anchor and tag. A block collection reaches from its
    /// first key to its last value; a value that is not written is empty.
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Scalar(Scalar),
    Sequence(Vec<NodeId>),
    /// The pairs as they are written: duplicates and merge keys included.
    Mapping(Vec<Pair>),
    /// `*name`, for the node that bears the anchor.
    Alias(NodeId),
    /// `*name`, where no node before bears the anchor. That is a problem of the tree.
    Unresolved,
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) key: NodeId,
    pub(crate) value: NodeId,
}

impl Tree {
    /// The node `id`, as it is written.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Where the node `id` is written.
    pub(crate) fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// What the node `id` is, an alias being what it stands for.
    pub(crate) fn kind(&self, id: NodeId) -> &Kind {
        match &self.node(id).kind {
            // An alias bears no anchor, so one step leads to a value.
            Kind::Alias(target) => &self.node(*target).kind,
            kind => kind,
        }
    }

    /// The scalar `id`, if it is one.
    pub(crate) fn scalar(&self, id: NodeId) -> Option<&Scalar> {
        match self.kind(id) {
            Kind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// Where what the alias `id` stands for is written; none if it is no alias.
    pub(crate) fn alias_target(&self, id: NodeId) -> Option<Span> {
        match self.node(id).kind {
            Kind::Alias(target) => Some(self.span(target)),
            _ => None,
        }
    }

    /// How many nodes there are.
    pub(crate) fn size(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the node `id` is written with `*name` instead of in full.
    pub(crate) fn is_alias(&self, id: NodeId) -> bool {
        matches!(self.node(id).kind, Kind::Alias(_))
    }

    /// Every node, in no particular order.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    /// Whether something was left out right behind `span`: the value of that key
    /// is there, but could not be read.
    pub(crate) fn is_unread_behind(&self, span: Span, text: &str) -> bool {
        let from = span.end as usize;
        let next = self.left_out.partition_point(|range| range.start < from);
        let Some(range) = self.left_out.get(next) else {
            return false;
        };
        let between = text.get(from..range.start).unwrap_or("x");
        let mut lines = between.lines().map(str::trim);
        lines.all(|line| line.starts_with('#') || line.chars().all(|c| c == ':'))
    }
}

#[cfg(test)]
mod tests;
