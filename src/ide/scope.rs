//! Which names a script binds, and what every name in it stands for.

mod occurrences;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::syntax::{Clause, Node, NodeId, NodeKind, Parameter, StatementId, StatementKind, Tree};

/// The names of a script.
#[derive(Debug)]
pub(crate) struct Names<'t> {
    scopes: Vec<Scope<'t>>,
    /// The scope that every node stands in.
    of_nodes: Vec<ScopeId>,
    /// The scope that every statement stands in.
    of_statements: Vec<ScopeId>,
    /// The scope of what stands in the block of every statement.
    of_blocks: Vec<ScopeId>,
    /// Every place that names something, in order.
    pub(crate) occurrences: Vec<Occurrence<'t>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ScopeId(usize);

impl ScopeId {
    /// The scope of the script itself.
    pub(crate) const MODULE: Self = Self(0);
}

#[derive(Debug, Default)]
struct Scope<'t> {
    parent: Option<ScopeId>,
    bindings: HashMap<&'t str, Vec<Binding<'t>>>,
}

/// A place that binds a name.
#[derive(Clone, Debug)]
pub(crate) struct Binding<'t> {
    pub(crate) name: Range<usize>,
    pub(crate) kind: BindingKind<'t>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BindingKind<'t> {
    /// `name = value`.
    Value(NodeId),
    /// One of several targets, by its number.
    Part(NodeId, usize),
    /// `name += value`.
    Changed,
    /// A loop over something; the number of the target, if there are several.
    Loop(NodeId, Option<usize>),
    Function(StatementId),
    /// A parameter, by its number, of a function.
    Parameter(StatementId, usize),
    /// A parameter of a lambda.
    LambdaParameter,
    /// `load(module, …)`: the module, and the name there.
    Load {
        module: &'t str,
        original: &'t str,
        literal: Range<usize>,
    },
}

/// A place that names something.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence<'t> {
    pub(crate) name: &'t str,
    pub(crate) range: Range<usize>,
    /// The scope that binds it; none for a name that the script does not bind.
    pub(crate) scope: Option<ScopeId>,
    /// The scope that it stands in.
    pub(crate) within: ScopeId,
    /// Whether it is bound here.
    pub(crate) is_binding: bool,
}

impl<'t> Names<'t> {
    pub(crate) fn of(tree: &Tree<'t>) -> Self {
        let mut names = Self {
            scopes: vec![Scope::default()],
            of_nodes: vec![ScopeId::MODULE; tree.nodes.len()],
            of_statements: vec![ScopeId::MODULE; tree.statements.len()],
            of_blocks: vec![ScopeId::MODULE; tree.statements.len()],
            occurrences: Vec::new(),
        };
        names.statement_scopes(tree);
        names.node_scopes(tree);
        for (id, statement) in tree.statements() {
            let scope = names.of_statements[id.index()];
            match &statement.kind {
                StatementKind::Assign {
                    targets,
                    value,
                    is_augmented,
                } => {
                    for (index, name) in targets_of(tree, *targets) {
                        let kind = match index {
                            _ if *is_augmented => BindingKind::Changed,
                            None => BindingKind::Value(*value),
                            Some(index) => BindingKind::Part(*value, index),
                        };
                        names.bind(tree, scope, name, kind);
                    }
                }
                StatementKind::For { targets, over } => {
                    for (index, name) in targets_of(tree, *targets) {
                        names.bind(tree, scope, name, BindingKind::Loop(*over, index));
                    }
                }
                StatementKind::Def {
                    name, parameters, ..
                } => {
                    names.bind(tree, scope, name.clone(), BindingKind::Function(id));
                    for (index, parameter) in parameters.iter().enumerate() {
                        let kind = BindingKind::Parameter(id, index);
                        names.bind(
                            tree,
                            names.of_blocks[id.index()],
                            parameter.name.clone(),
                            kind,
                        );
                    }
                }
                StatementKind::Block | StatementKind::Return(_) | StatementKind::Plain => {}
            }
        }
        for (id, node) in tree.nodes() {
            names.bind_in(tree, id, node);
        }
        names.find_occurrences(tree);
        names
    }

    fn statement_scopes(&mut self, tree: &Tree<'t>) {
        for (id, statement) in tree.statements() {
            let around = statement.parent.map(|it| self.of_blocks[it.index()]);
            let own = around.unwrap_or(ScopeId::MODULE);
            self.of_statements[id.index()] = own;
            self.of_blocks[id.index()] = match statement.kind {
                StatementKind::Def { .. } => self.add(own),
                _ => own,
            };
        }
    }

    /// Gives nodes their scopes. A node is older than what it is a part of.
    fn node_scopes(&mut self, tree: &Tree<'t>) {
        let mut inner: HashMap<NodeId, ScopeId> = HashMap::new();
        for (id, node) in tree.nodes().rev() {
            let own = match node.parent {
                Some(parent) => match inner.get(&parent) {
                    Some(scope) if !is_outside(tree.node(parent), id) => *scope,
                    _ => self.of_nodes[parent.index()],
                },
                None => {
                    let statement = tree.statement_at(node.range.start);
                    statement.map_or(ScopeId::MODULE, |it| self.of_statements[it.index()])
                }
            };
            self.of_nodes[id.index()] = own;
            let has_scope = match &node.kind {
                NodeKind::Lambda { .. } => true,
                NodeKind::Bracket(bracket) => !bracket.clauses.is_empty(),
                _ => false,
            };
            if has_scope {
                let scope = self.add(own);
                inner.insert(id, scope);
                self.bind_inner(tree, node, scope);
            }
        }
    }

    /// Binds what a lambda or a comprehension binds.
    fn bind_inner(&mut self, tree: &Tree<'t>, node: &Node, scope: ScopeId) {
        match &node.kind {
            NodeKind::Lambda { parameters, .. } => {
                for Parameter { name, .. } in parameters {
                    self.bind(tree, scope, name.clone(), BindingKind::LambdaParameter);
                }
            }
            NodeKind::Bracket(bracket) => {
                for clause in &bracket.clauses {
                    let Clause::For { targets, over } = clause else {
                        continue;
                    };
                    for (index, name) in targets_of(tree, *targets) {
                        self.bind(tree, scope, name, BindingKind::Loop(*over, index));
                    }
                }
            }
            _ => {}
        }
    }

    /// Binds what `load` binds.
    fn bind_in(&mut self, tree: &Tree<'t>, id: NodeId, node: &Node) {
        let NodeKind::Call(call) = &node.kind else {
            return;
        };
        if tree.name(call.callee) != Some("load") {
            return;
        }
        let mut arguments = call.arguments.iter();
        let Some(module) = arguments.next().and_then(|it| tree.string(it.value)) else {
            return;
        };
        let scope = self.of_nodes[id.index()];
        for argument in arguments {
            let (Some(original), Some(literal)) =
                (tree.string(argument.value), tree.literal(argument.value))
            else {
                continue;
            };
            let name = argument
                .name
                .clone()
                .unwrap_or_else(|| literal.content.clone());
            let kind = BindingKind::Load {
                module,
                original,
                literal: tree.node(argument.value).range.clone(),
            };
            self.bind(tree, scope, name, kind);
        }
    }

    fn add(&mut self, parent: ScopeId) -> ScopeId {
        self.scopes.push(Scope {
            parent: Some(parent),
            ..Scope::default()
        });
        ScopeId(self.scopes.len() - 1)
    }

    fn bind(
        &mut self,
        tree: &Tree<'t>,
        scope: ScopeId,
        range: Range<usize>,
        kind: BindingKind<'t>,
    ) {
        let name = tree.written(&range);
        if !name.is_empty() {
            let bindings = self.scopes[scope.0].bindings.entry(name).or_default();
            bindings.push(Binding { name: range, kind });
        }
    }

    /// The scope that binds `name`, seen from `scope`.
    pub(crate) fn resolve(&self, scope: ScopeId, name: &str) -> Option<ScopeId> {
        let mut at = Some(scope);
        while let Some(scope) = at {
            if self.scopes[scope.0].bindings.contains_key(name) {
                return at;
            }
            at = self.scopes[scope.0].parent;
        }
        None
    }

    /// What binds `name`, seen from `node`.
    pub(crate) fn lookup(&self, node: NodeId, name: &str) -> Option<&[Binding<'t>]> {
        let scope = self.resolve(self.of_nodes[node.index()], name)?;
        Some(self.bindings(scope, name))
    }

    /// What binds `name` in `scope`.
    pub(crate) fn bindings(&self, scope: ScopeId, name: &str) -> &[Binding<'t>] {
        self.scopes[scope.0]
            .bindings
            .get(name)
            .map_or(&[], Vec::as_slice)
    }

    /// What `load` binds, in all scopes.
    pub(crate) fn loads(&self) -> impl Iterator<Item = &Binding<'t>> {
        let bindings = self
            .scopes
            .iter()
            .flat_map(|it| it.bindings.values().flatten());
        bindings.filter(|it| matches!(it.kind, BindingKind::Load { .. }))
    }

    /// Whether `inner` is `outer`, or a scope in it.
    pub(crate) fn is_within(&self, inner: ScopeId, outer: ScopeId) -> bool {
        let mut at = Some(inner);
        while let Some(scope) = at {
            if scope == outer {
                return true;
            }
            at = self.scopes[scope.0].parent;
        }
        false
    }

    /// The names that can be used in `scope`, each with what binds it, innermost first.
    pub(crate) fn visible(&self, scope: ScopeId) -> Vec<(&'t str, ScopeId)> {
        let mut seen = HashSet::new();
        let mut visible = Vec::new();
        let mut at = Some(scope);
        while let Some(scope) = at {
            let mut own: Vec<_> = self.scopes[scope.0].bindings.keys().copied().collect();
            own.sort_unstable();
            visible.extend(
                own.into_iter()
                    .filter(|it| seen.insert(*it))
                    .map(|it| (it, scope)),
            );
            at = self.scopes[scope.0].parent;
        }
        visible
    }

    /// The scope that `offset` stands in.
    pub(crate) fn scope_at(&self, tree: &Tree<'t>, offset: usize) -> ScopeId {
        let inner = tree.around(offset).first().copied();
        if let Some(node) = inner {
            return self.of_nodes[node.index()];
        }
        // On a line of its own: the block that its indentation puts it in.
        self.scope_of_line(tree, offset)
    }

    fn scope_of_line(&self, tree: &Tree<'t>, offset: usize) -> ScopeId {
        let line = tree.text[..offset].rfind('\n').map_or(0, |it| it + 1);
        let before = &tree.text[line..offset];
        let indent = before.len() - before.trim_start_matches([' ', '\t']).len();
        let last = tree
            .statements
            .partition_point(|it| it.range.start <= offset);
        let mut at = last.checked_sub(1).map(StatementId::at);
        while let Some(id) = at {
            let statement = tree.statement(id);
            if statement.indent < indent {
                return self.of_blocks[id.index()];
            }
            at = statement.parent;
        }
        ScopeId::MODULE
    }

    /// What is named at `offset`.
    pub(crate) fn occurrence_at(&self, offset: usize) -> Option<&Occurrence<'t>> {
        let after = self
            .occurrences
            .partition_point(|it| it.range.start <= offset);
        let near = self.occurrences[..after].iter().rev().take(2);
        near.into_iter().find(|it| offset <= it.range.end)
    }
}

/// Whether `part` stands outside of the scope that `whole` opens.
fn is_outside(whole: &Node, part: NodeId) -> bool {
    match &whole.kind {
        NodeKind::Lambda { body, .. } => *body != Some(part),
        NodeKind::Bracket(bracket) => {
            matches!(bracket.clauses.first(), Some(Clause::For { over, .. }) if *over == part)
        }
        _ => true,
    }
}

/// The names that a target binds, each with its number if there are several.
fn targets_of(tree: &Tree<'_>, target: NodeId) -> Vec<(Option<usize>, Range<usize>)> {
    let node = tree.node(target);
    match &node.kind {
        NodeKind::Name => vec![(None, node.range.clone())],
        NodeKind::Bracket(bracket) => {
            let mut names = Vec::new();
            for (index, (item, _)) in bracket.items.iter().enumerate() {
                // Nested targets are bound; what they hold is not followed.
                let inner = targets_of(tree, *item).into_iter();
                names.extend(inner.map(|(_, range)| (Some(index), range)));
            }
            names
        }
        _ => Vec::new(),
    }
}
