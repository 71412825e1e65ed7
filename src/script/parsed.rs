//! A script as it was read: text, syntax tree, and the names in it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use starlark::syntax::AstModule;
use starlark::syntax::ast::{AstExpr, AstNoPayload, AstStmt, DefP, ExprP, LoadArgP, StmtP};

use crate::script::builtins::{STANDARD_NAMES, global_names};
use crate::script::lower::{self, FAILED, Lowered, Patch};
use crate::script::recover;
use crate::script::scope::Names;
use crate::source::{FileId, Span};

/// The scripts of a project by their path.
pub(crate) type Scripts = HashMap<String, Rc<Script>>;

/// A script that could be parsed.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) file: FileId,
    pub(crate) path: String,
    pub(crate) text: Arc<str>,
    /// Whether somebody will ask which statements are reached.
    pub(crate) is_watched: bool,
    pub(crate) module: AstModule,
    pub(crate) names: Names,
    /// The text that was parsed: the author's, with blanks for what is broken.
    pub(crate) source: String,
    /// Names that broken statements would have bound.
    pub(crate) lost_names: Vec<String>,
    /// Names that a `load` would have bound if they were there.
    pub(crate) not_loaded: RefCell<Vec<String>>,
    /// What makes the script safe to run, and what replaces what failed.
    pub(crate) patches: RefCell<Vec<Patch>>,
    /// The text that runs, when it is not the author's.
    pub(crate) lowered: RefCell<Option<Lowered>>,
}

impl Script {
    /// Changes the text that runs next.
    pub(crate) fn patch(&self, patch: Patch) {
        self.patches.borrow_mut().push(patch);
    }

    /// Has the next run take what failed at `range` for an unknown value. False
    /// when that leads nowhere.
    pub(crate) fn replace_failed(&self, range: &Range<usize>) -> bool {
        self.replace(range, FAILED.to_owned())
    }

    fn replace(&self, range: &Range<usize>, text: String) -> bool {
        let failed = self.expression(range).or_else(|| {
            let part = self.failed_part(range)?;
            self.expression(&part)
        });
        let Some(failed) = failed else { return false };
        let range = lower::whole(failed, &self.source);
        let patch = Patch::replace(range.clone(), text);
        let mut patches = self.patches.borrow_mut();
        let is_new = !patches.contains(&patch);
        if is_new {
            patches.retain(|other| !other.is_within(&range));
            patches.push(patch);
        }
        is_new
    }

    /// The value of the innermost statement around `range`: what is assigned,
    /// returned or gone over.
    fn failed_part(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let mut part = None;
        let mut pending = vec![self.statement()];
        while let Some(statement) = pending.pop() {
            part = match &statement.node {
                StmtP::Assign(assign) => Some(assign.rhs.span),
                StmtP::AssignModify(_, _, value) => Some(value.span),
                StmtP::Return(Some(value)) | StmtP::Expression(value) => Some(value.span),
                StmtP::For(each) => Some(each.over.span),
                StmtP::If(condition, _) | StmtP::IfElse(condition, _) => Some(condition.span),
                _ => part,
            };
            pending = children_around(statement, range);
        }
        part.map(self::range)
    }

    /// The syntax tree to run. There is none when the patches do not fit
    /// together; the script must not run without them.
    pub(crate) fn module_to_run(&self) -> Option<AstModule> {
        let patches = self.patches.borrow();
        let mut lowered = self.lowered.borrow_mut();
        let mut module = if patches.is_empty() {
            self.module.clone()
        } else {
            let text = Lowered::new(&self.source, &patches);
            let module = recover::parse_once(&self.path, &text.text).ok()?;
            *lowered = Some(text);
            module
        };
        module.replace_binary_operators(lower::operator_functions());
        Some(module)
    }

    /// Whether the script uses names that Starlark itself brings.
    pub(crate) fn needs_standard_names(&self) -> bool {
        let patches = self.patches.borrow();
        let is_standard = |name: &str| STANDARD_NAMES.contains(&name);
        self.names.free.keys().any(|name| is_standard(name))
            || patches.iter().any(|patch| is_standard(patch.text()))
    }

    /// The names that are known only at run time: they are bound nowhere, or
    /// by a `load` of something that is not there.
    pub(crate) fn unknown_names(&self) -> Vec<String> {
        let names = self.names.free.keys();
        let undefined = names.filter(|name| !global_names().any(|known| known == *name));
        undefined
            .chain(self.not_loaded.borrow().iter())
            .cloned()
            .collect()
    }

    /// Has the next run load only `kept` in `statement`, a `load` of `path`;
    /// the names in `lacking` become unknown.
    pub(crate) fn load_only(
        &self,
        statement: &AstStmt,
        path: &str,
        kept: &[&LoadArgP<AstNoPayload>],
        lacking: &[&LoadArgP<AstNoPayload>],
    ) {
        let names: Vec<_> = kept
            .iter()
            .map(|it| format!("{} = {:?}", it.local.ident, it.their.node))
            .collect();
        let text = match names.as_slice() {
            [] => "0".to_owned(),
            names => format!("load({path:?}, {})", names.join(", ")),
        };
        let patch = Patch::replace(range(statement.span), text);
        if !self.patches.borrow().contains(&patch) {
            self.patch(patch);
            let names = lacking.iter().map(|it| it.local.ident.clone());
            self.not_loaded.borrow_mut().extend(names);
        }
    }

    /// Adds the calls of `configure_cred_helper` in `expression`.
    pub(crate) fn cred_helper_calls(&self, expression: &AstExpr, calls: &mut Vec<Span>) {
        if let ExprP::Call(callee, _) = &expression.node
            && let ExprP::Identifier(name) = &callee.node
            && name.ident == "configure_cred_helper"
        {
            calls.push(self.span(expression.span));
        }
        expression.visit_expr(|inner| self.cred_helper_calls(inner, calls));
    }

    /// The author's place of a range of the text that runs.
    pub(crate) fn original_span(&self, span: starlark::codemap::Span) -> Span {
        let range = range(span);
        let range = match &*self.lowered.borrow() {
            Some(lowered) => lowered.original(range),
            None => range,
        };
        Span::new(self.file, range)
    }

    /// The place of a node of the syntax tree.
    pub(crate) fn span(&self, span: starlark::codemap::Span) -> Span {
        Span::new(self.file, range(span))
    }

    /// The syntax tree.
    pub(crate) fn statement(&self) -> &AstStmt {
        self.module.statement()
    }

    /// The smallest expression that spans exactly `range`.
    pub(crate) fn expression(&self, range: &Range<usize>) -> Option<&AstExpr> {
        let mut found = None;
        self.visit_around(range, &mut |expression| {
            if self.spans(expression, range) {
                found = Some(expression);
            }
        });
        found
    }

    /// Whether `expression` spans exactly `range`, but for parentheses at its
    /// beginning, which the parser leaves out.
    fn spans(&self, expression: &AstExpr, range: &Range<usize>) -> bool {
        let own = self::range(expression.span);
        own.end == range.end
            && (own.start == range.start
                || lower::whole(expression, &self.source).start == range.start)
    }

    /// The call that spans exactly `range`.
    pub(crate) fn call(&self, range: &Range<usize>) -> Option<&AstExpr> {
        let mut found = None;
        self.visit_around(range, &mut |expression| {
            if matches!(expression.node, ExprP::Call(..)) && self.spans(expression, range) {
                found = Some(expression);
            }
        });
        found
    }

    /// Visits the expressions around `range`, outermost first.
    pub(crate) fn visit_around<'a>(
        &'a self,
        range: &Range<usize>,
        visit: &mut impl FnMut(&'a AstExpr),
    ) {
        in_statement(self.statement(), range, visit);
    }

    /// Visits the statements around `range`, outermost first.
    pub(crate) fn visit_statements_around<'a>(
        &'a self,
        range: &Range<usize>,
        visit: &mut impl FnMut(&'a AstStmt),
    ) {
        let mut pending = vec![self.statement()];
        while let Some(statement) = pending.pop() {
            visit(statement);
            pending.extend(children_around(statement, range));
        }
    }

    /// The innermost function around `offset`.
    pub(crate) fn function_around(&self, offset: usize) -> Option<&DefP<AstNoPayload>> {
        let mut found = None;
        let mut pending = vec![self.statement()];
        while let Some(statement) = pending.pop() {
            if let StmtP::Def(def) = &statement.node
                && range(def.body.span).contains(&offset)
            {
                found = Some(def);
            }
            pending.extend(children_around(statement, &(offset..offset)));
        }
        found
    }

    /// The function that the top level binds to `name`.
    pub(crate) fn function(&self, name: &str) -> Option<&DefP<AstNoPayload>> {
        top_level(self.statement()).find_map(|statement| match &statement.node {
            StmtP::Def(def) if def.name.ident == name => Some(def),
            _ => None,
        })
    }
}

/// The statements of the top level, in order.
pub(crate) fn top_level(statement: &AstStmt) -> impl Iterator<Item = &AstStmt> {
    match &statement.node {
        StmtP::Statements(all) => all.as_slice(),
        _ => std::slice::from_ref(statement),
    }
    .iter()
}

/// The bytes of an engine's span.
pub(crate) fn range(span: starlark::codemap::Span) -> Range<usize> {
    span.begin().get() as usize..span.end().get() as usize
}

fn covers(outer: starlark::codemap::Span, inner: &Range<usize>) -> bool {
    let outer = range(outer);
    outer.start <= inner.start && inner.end <= outer.end
}

/// The statements directly within `statement` that cover `inner`. A long list
/// of statements is searched by halving, since it is in order.
fn children_around<'a>(statement: &'a AstStmt, inner: &Range<usize>) -> Vec<&'a AstStmt> {
    if let StmtP::Statements(all) = &statement.node {
        let after = all.partition_point(|it| range(it.span).start <= inner.start);
        let before = all[..after].iter().rev().take(2);
        return before.filter(|it| covers(it.span, inner)).collect();
    }
    let mut children = Vec::new();
    statement.visit_stmt(|child| {
        if covers(child.span, inner) {
            children.push(child);
        }
    });
    children
}

/// Visits the expressions that cover `inner`, outermost first.
fn in_statement<'a>(
    statement: &'a AstStmt,
    inner: &Range<usize>,
    visit: &mut impl FnMut(&'a AstExpr),
) {
    let children = children_around(statement, inner);
    if !children.is_empty() || matches!(statement.node, StmtP::Statements(_)) {
        for child in children {
            in_statement(child, inner, visit);
        }
        return;
    }
    statement.visit_expr(|expression| in_expression(expression, inner, visit));
}

fn in_expression<'a>(
    expression: &'a AstExpr,
    inner: &Range<usize>,
    visit: &mut impl FnMut(&'a AstExpr),
) {
    // Parentheses at the beginning are not part of an expression's span, so
    // only what ends too early cannot cover.
    if range(expression.span).end < inner.end {
        return;
    }
    visit(expression);
    expression.visit_expr(|child| in_expression(child, inner, visit));
}
