//! Keys that no mapping should have: those that are there already, and mappings.

use std::collections::HashMap;

use super::{Kind, NodeId, Pair, Tree};
use crate::source::Span;

/// A key that its mapping has already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DuplicateKey {
    pub(crate) name: String,
    pub(crate) at: Span,
    /// Where it is set first.
    pub(crate) first: Span,
    /// The mapping.
    pub(crate) mapping: NodeId,
}

impl Tree {
    /// The keys that are set again in their mapping, `<<` included.
    pub(crate) fn duplicate_keys(&self) -> Vec<DuplicateKey> {
        const FEW: usize = 16;
        let mut found = Vec::new();
        for (mapping, pairs) in self.mappings() {
            let name = |pair: &Pair| self.name(pair.key);
            let is_suspicious = pairs.len() > FEW
                || (1..pairs.len()).any(|index| {
                    let own = name(&pairs[index]);
                    own.is_some() && pairs[..index].iter().any(|it| name(it) == own)
                });
            if !is_suspicious {
                continue;
            }
            let mut seen = HashMap::with_capacity(pairs.len());
            for pair in pairs {
                let Some(name) = name(pair) else { continue };
                let at = self.span(pair.key);
                let first = *seen.entry(name).or_insert(at);
                if first != at {
                    found.push(DuplicateKey {
                        name: name.to_owned(),
                        at,
                        first,
                        mapping,
                    });
                }
            }
        }
        found
    }

    /// The first `{{ … }}`: a mapping whose key is a mapping, as templates have it.
    pub(crate) fn double_braces(&self) -> Option<Span> {
        let braces = self.mappings().filter(|(mapping, pairs)| {
            let [pair] = pairs else { return false };
            let inner = self.node(pair.key);
            let is_directly_inside = inner.span.start == self.span(*mapping).start + 1;
            matches!(inner.kind, Kind::Mapping(_)) && is_directly_inside
        });
        braces
            .map(|(mapping, _)| self.span(mapping))
            .min_by_key(|it| it.start)
    }

    /// Every mapping of the file, each with its pairs as they are written.
    pub(crate) fn mappings(&self) -> impl Iterator<Item = (NodeId, &[Pair])> {
        let nodes = self.nodes.iter().zip(0..);
        nodes.filter_map(|(node, index)| match &node.kind {
            Kind::Mapping(pairs) => Some((NodeId(index), pairs.as_slice())),
            _ => None,
        })
    }
}
