//! Where the names of a script are bound, and which are bound nowhere.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use starlark::syntax::ast::{
    AssignTargetP, AstAssignTarget, AstExpr, AstNoPayload, AstParameter, AstStmt, AstTypeExpr,
    ClauseP, DefP, ExprP, ForClauseP, ParameterP, StmtP,
};

use crate::script::parsed::range;

/// The names of a script.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// What the top level binds: every place of every name, in order.
    pub(crate) bindings: HashMap<String, Vec<Binding>>,
    /// Names that are read and bound nowhere, with the places where they are read.
    pub(crate) free: HashMap<String, Vec<Use>>,
}

/// A place that binds a name.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// The name itself.
    pub(crate) name: Range<usize>,
    /// What binds it.
    pub(crate) kind: BindingKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BindingKind {
    /// An assignment of the expression at this place.
    Value(Range<usize>),
    /// One of several targets, or an augmented assignment.
    Other,
    /// A loop over the expression at this place.
    Loop(Range<usize>),
    /// A function.
    Function,
    /// `load(module, name = "original")`.
    Load { module: String, original: String },
}

/// A place that reads a name.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    pub(crate) at: Range<usize>,
    /// Whether it is called there, or an attribute of it is read.
    pub(crate) is_head: bool,
}

impl Names {
    pub(crate) fn of(statement: &AstStmt) -> Self {
        let mut names = Self::default();
        bind_statement(statement, &mut names.bindings);
        let mut walk = Walk {
            locals: Vec::new(),
            names: &mut names,
        };
        walk.statement(statement);
        names
    }
}

/// What the body of a function binds, apart from its parameters.
pub(crate) fn locals(def: &DefP<AstNoPayload>) -> HashMap<String, Vec<Binding>> {
    let mut bindings = HashMap::new();
    bind_statement(&def.body, &mut bindings);
    bindings
}

/// The names that a target binds.
pub(crate) fn targets(target: &AstAssignTarget) -> Vec<(&str, Range<usize>)> {
    match &target.node {
        AssignTargetP::Tuple(all) => all.iter().flat_map(targets).collect(),
        AssignTargetP::Identifier(name) => vec![(name.ident.as_str(), range(name.span))],
        AssignTargetP::Index(_) | AssignTargetP::Dot(..) => Vec::new(),
    }
}

fn bind(bindings: &mut HashMap<String, Vec<Binding>>, name: &str, binding: Binding) {
    bindings.entry(name.to_owned()).or_default().push(binding);
}

/// Adds what `statement` binds in its own scope.
fn bind_statement(statement: &AstStmt, bindings: &mut HashMap<String, Vec<Binding>>) {
    match &statement.node {
        StmtP::Assign(assign) => {
            let is_single = matches!(assign.lhs.node, AssignTargetP::Identifier(_));
            for (name, at) in targets(&assign.lhs) {
                let kind = if is_single {
                    BindingKind::Value(range(assign.rhs.span))
                } else {
                    BindingKind::Other
                };
                bind(bindings, name, Binding { name: at, kind });
            }
        }
        StmtP::AssignModify(target, ..) => {
            for (name, at) in targets(target) {
                let kind = BindingKind::Other;
                bind(bindings, name, Binding { name: at, kind });
            }
        }
        StmtP::For(each) => {
            for (name, at) in targets(&each.var) {
                let kind = BindingKind::Loop(range(each.over.span));
                bind(bindings, name, Binding { name: at, kind });
            }
            bind_statement(&each.body, bindings);
        }
        StmtP::Def(def) => {
            let binding = Binding {
                name: range(def.name.span),
                kind: BindingKind::Function,
            };
            bind(bindings, &def.name.ident, binding);
        }
        StmtP::Load(load) => {
            for argument in &load.args {
                let binding = Binding {
                    name: range(argument.local.span),
                    kind: BindingKind::Load {
                        module: load.module.node.clone(),
                        original: argument.their.node.clone(),
                    },
                };
                bind(bindings, &argument.local.ident, binding);
            }
        }
        _ => statement.visit_stmt(|inner| bind_statement(inner, bindings)),
    }
}

/// Looks for names that are bound nowhere.
struct Walk<'n> {
    /// The names of the scopes around, innermost last.
    locals: Vec<HashSet<String>>,
    names: &'n mut Names,
}

impl Walk<'_> {
    fn statement(&mut self, statement: &AstStmt) {
        match &statement.node {
            StmtP::Assign(assign) => self.annotation(assign.ty.as_ref()),
            StmtP::Def(def) => self.annotation(def.return_type.as_deref()),
            _ => {}
        }
        if let StmtP::Def(def) = &statement.node {
            self.parameters(&def.params);
            let mut scope: HashSet<String> = locals(def).into_keys().collect();
            scope.extend(parameter_names(&def.params));
            self.locals.push(scope);
            self.statement(&def.body);
            self.locals.pop();
            return;
        }
        use starlark_syntax::syntax::uniplate::Visit;
        let mut expressions = Vec::new();
        let mut statements = Vec::new();
        statement.visit_children(|child| match child {
            Visit::Expr(expression) => expressions.push(expression),
            Visit::Stmt(inner) => statements.push(inner),
        });
        for expression in expressions {
            self.expression(expression, false);
        }
        for inner in statements {
            self.statement(inner);
        }
    }

    /// Default values and annotations are evaluated outside of the function.
    fn parameters(&mut self, parameters: &[AstParameter]) {
        for parameter in parameters {
            match &parameter.node {
                ParameterP::Normal(_, ty, default) => {
                    self.annotation(ty.as_deref());
                    if let Some(default) = default {
                        self.expression(default, false);
                    }
                }
                ParameterP::Args(_, ty) | ParameterP::KwArgs(_, ty) => {
                    self.annotation(ty.as_deref());
                }
                ParameterP::NoArgs | ParameterP::Slash => {}
            }
        }
    }

    fn annotation(&mut self, ty: Option<&AstTypeExpr>) {
        if let Some(ty) = ty {
            self.expression(&ty.node.expr, false);
        }
    }

    fn expression(&mut self, expression: &AstExpr, is_head: bool) {
        match &expression.node {
            ExprP::Identifier(name) => self.use_of(&name.ident, range(name.span), is_head),
            ExprP::Call(callee, _) => {
                self.expression(callee, true);
                let mut is_callee = true;
                expression.visit_expr(|child| {
                    if !std::mem::take(&mut is_callee) {
                        self.expression(child, false);
                    }
                });
            }
            ExprP::Dot(object, _) => self.expression(object, true),
            ExprP::Lambda(lambda) => {
                self.parameters(&lambda.params);
                self.locals.push(parameter_names(&lambda.params).collect());
                self.expression(&lambda.body, false);
                self.locals.pop();
            }
            ExprP::ListComprehension(item, first, clauses) => {
                self.comprehension(&[item], first, clauses);
            }
            ExprP::DictComprehension(item, first, clauses) => {
                self.comprehension(&[&item.0, &item.1], first, clauses);
            }
            _ => expression.visit_expr(|child| self.expression(child, false)),
        }
    }

    fn comprehension(
        &mut self,
        items: &[&AstExpr],
        first: &ForClauseP<AstNoPayload>,
        clauses: &[ClauseP<AstNoPayload>],
    ) {
        let bound = |clause: &ForClauseP<AstNoPayload>| {
            let names = targets(&clause.var).into_iter();
            names.map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
        };
        self.expression(&first.over, false);
        self.locals.push(bound(first).into_iter().collect());
        for clause in clauses {
            match clause {
                ClauseP::If(condition) => self.expression(condition, false),
                ClauseP::For(each) => {
                    self.expression(&each.over, false);
                    if let Some(scope) = self.locals.last_mut() {
                        scope.extend(bound(each));
                    }
                }
            }
        }
        for item in items {
            self.expression(item, false);
        }
        self.locals.pop();
    }

    fn use_of(&mut self, name: &str, at: Range<usize>, is_head: bool) {
        let is_local = self.locals.iter().any(|scope| scope.contains(name));
        if !is_local && !self.names.bindings.contains_key(name) {
            let uses = self.names.free.entry(name.to_owned()).or_default();
            uses.push(Use { at, is_head });
        }
    }
}

fn parameter_names(parameters: &[AstParameter]) -> impl Iterator<Item = String> + '_ {
    let identifiers = parameters.iter().filter_map(|it| it.node.ident());
    identifiers.map(|identifier| identifier.ident.clone())
}
