//! What nodes are made of.

use super::{Clause, Node, NodeId, NodeKind};

impl Node {
    /// The parts of the node.
    pub(crate) fn parts(&self) -> Vec<NodeId> {
        match &self.kind {
            NodeKind::Name | NodeKind::Number | NodeKind::Missing => Vec::new(),
            NodeKind::String(names) => names.clone(),
            NodeKind::Dot { object, .. } => vec![*object],
            NodeKind::Call(call) => {
                let values = call.arguments.iter().map(|it| it.value);
                std::iter::once(call.callee).chain(values).collect()
            }
            NodeKind::Index { object, index, .. } => std::iter::once(*object)
                .chain(index.iter().copied())
                .collect(),
            NodeKind::Bracket(bracket) => {
                let items = bracket.items.iter();
                let mut parts: Vec<_> = items
                    .flat_map(|(item, value)| std::iter::once(*item).chain(*value))
                    .collect();
                for clause in &bracket.clauses {
                    match clause {
                        Clause::For { targets, over } => parts.extend([*targets, *over]),
                        Clause::If(condition) => parts.push(*condition),
                    }
                }
                parts
            }
            NodeKind::Lambda { parameters, body } => {
                let values = parameters
                    .iter()
                    .flat_map(|it| it.annotation.into_iter().chain(it.default));
                values.chain(*body).collect()
            }
            NodeKind::Operator { operands, .. } => operands.clone(),
        }
    }
}
