//! Every place that names something.

use std::collections::HashSet;

use super::{BindingKind, Names, Occurrence, ScopeId};
use crate::ide::syntax::{Node, NodeId, NodeKind, Tree};

impl<'t> Names<'t> {
    pub(super) fn find_occurrences(&mut self, tree: &Tree<'t>) {
        let mut occurrences = Vec::new();
        for (index, scope) in self.scopes.iter().enumerate() {
            for (name, bindings) in &scope.bindings {
                occurrences.extend(bindings.iter().map(|binding| Occurrence {
                    name,
                    range: binding.name.clone(),
                    scope: Some(ScopeId(index)),
                    within: ScopeId(index),
                    is_binding: true,
                }));
            }
        }
        let bound: HashSet<usize> = occurrences.iter().map(|it| it.range.start).collect();
        for (id, node) in tree.nodes() {
            if let Some(name) = tree.name(id)
                && !bound.contains(&node.range.start)
            {
                occurrences.push(Occurrence {
                    name,
                    range: node.range.clone(),
                    scope: self.resolve(self.of_nodes[id.index()], name),
                    within: self.of_nodes[id.index()],
                    is_binding: false,
                });
            }
            self.find_keywords(tree, node, &mut occurrences);
        }
        occurrences.sort_by_key(|it| (it.range.start, it.range.end));
        self.occurrences = occurrences;
    }

    /// Adds the keyword arguments that name parameters of the script's own functions.
    pub(super) fn find_keywords(
        &self,
        tree: &Tree<'t>,
        node: &Node,
        occurrences: &mut Vec<Occurrence<'t>>,
    ) {
        let NodeKind::Call(call) = &node.kind else {
            return;
        };
        if call.arguments.iter().all(|it| it.name.is_none()) {
            return;
        }
        let Some(parameters) = self.parameter_scope(tree, call.callee) else {
            return;
        };
        for range in call.arguments.iter().filter_map(|it| it.name.clone()) {
            let name = tree.written(&range);
            let bindings = self.scopes[parameters.0].bindings.get(name);
            let is_parameter = bindings.is_some_and(|it| {
                it.iter()
                    .any(|it| matches!(it.kind, BindingKind::Parameter(..)))
            });
            if is_parameter {
                occurrences.push(Occurrence {
                    name,
                    range,
                    scope: Some(parameters),
                    within: parameters,
                    is_binding: false,
                });
            }
        }
    }

    /// The scope of the parameters of the function that `callee` names.
    pub(super) fn parameter_scope(&self, tree: &Tree<'t>, callee: NodeId) -> Option<ScopeId> {
        let name = tree.name(callee)?;
        let bindings = self.lookup(callee, name)?;
        let BindingKind::Function(id) = bindings.last()?.kind else {
            return None;
        };
        Some(self.of_blocks[id.index()])
    }
}
