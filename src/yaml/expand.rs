//! What a tree means once aliases and merge keys are followed: bounded, because
//! a short text can stand for more than any memory holds.

use std::collections::HashSet;

use super::scalar::Style;
use super::{Kind, NodeId, Tree};

/// How many more nodes may be visited.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    left: usize,
}

impl Budget {
    /// May visit `nodes` nodes.
    pub(crate) fn new(nodes: usize) -> Self {
        Self { left: nodes }
    }

    /// Whether there was too little of it, and something was left out.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.left == 0
    }

    /// Takes one; whether something was left.
    pub(crate) fn spend(&mut self) -> bool {
        self.take().is_some()
    }

    /// Takes one; `None` once nothing is left.
    pub(super) fn take(&mut self) -> Option<()> {
        self.left = self.left.saturating_sub(1);
        (self.left > 0).then_some(())
    }
}

/// A key and its value in a mapping, its merge keys followed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) key: NodeId,
    pub(crate) value: NodeId,
    /// Whether it comes from another mapping, through `<<`.
    pub(crate) is_merged: bool,
}

impl Tree {
    /// The entries of the mapping `id`: its own in their order, duplicates included,
    /// then what its merge keys bring and it does not have itself. None when it is
    /// no mapping.
    pub(crate) fn entries(&self, id: NodeId, budget: &mut Budget) -> Vec<Entry> {
        let mut merge = Merge {
            tree: self,
            visited: HashSet::new(),
            waiting: Vec::new(),
        };
        let mut entries = merge.own(id, false, budget);
        if merge.waiting.is_empty() {
            return entries;
        }
        let mut names: HashSet<_> = entries.iter().map(|it| self.name(it.key)).collect();
        while let Some(source) = merge.waiting.pop() {
            let own = merge.own(source, true, budget).into_iter();
            entries.extend(own.filter(|entry| names.insert(self.name(entry.key))));
        }
        entries
    }

    /// The text of a key. A key that is no scalar has none.
    pub(crate) fn name(&self, key: NodeId) -> Option<&str> {
        self.scalar(key).map(|scalar| &*scalar.text)
    }

    /// Whether `key` is `<<`.
    pub(crate) fn is_merge_key(&self, key: NodeId) -> bool {
        self.scalar(key)
            .is_some_and(|it| it.style == Style::Plain && &*it.text == "<<")
    }
}

struct Merge<'t> {
    tree: &'t Tree,
    /// Mappings are merged once at most, so circles end.
    visited: HashSet<*const Kind>,
    /// Mappings to merge yet, the next one last.
    waiting: Vec<NodeId>,
}

impl Merge<'_> {
    /// The entries of the mapping `id` itself. What it merges comes before all
    /// that waits already.
    fn own(&mut self, id: NodeId, is_merged: bool, budget: &mut Budget) -> Vec<Entry> {
        let kind = self.tree.kind(id);
        let Kind::Mapping(pairs) = kind else {
            return Vec::new();
        };
        if !self.visited.insert(kind) {
            return Vec::new();
        }
        let mut own = Vec::new();
        let mut sources = Vec::new();
        for pair in pairs {
            if self.tree.is_merge_key(pair.key) {
                match self.tree.kind(pair.value) {
                    Kind::Sequence(items) => sources.extend(items),
                    _ => sources.push(pair.value),
                }
            } else if is_merged && budget.take().is_none() {
                break;
            } else {
                own.push(Entry {
                    key: pair.key,
                    value: pair.value,
                    is_merged,
                });
            }
        }
        self.waiting.extend(sources.into_iter().rev());
        own
    }
}
