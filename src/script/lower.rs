//! Rewrites a script, before it runs, so that every step which could do harm
//! or stop the evaluation goes through a function of ours.
//!
//! The text is changed by [`Patch`]es; [`Lowered::original`] leads from a place
//! in the changed text back to the author's. Most scripts need no patch at all.

mod assignment;
mod helper;
mod operator;
mod patch;
mod unpack;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use starlark::environment::Module;
use starlark::syntax::ast::{
    AssignOp, AssignTargetP, AstAssignTarget, AstExpr, AstStmt, AstString, ExprP, ParameterP, StmtP,
};

use crate::script::guard;
use crate::script::values::UnknownValue;

use helper::Helper;
pub(crate) use helper::OWN_FRAME;
pub(crate) use operator::Operator;
pub(crate) use patch::{Lowered, Patch};

/// The name of an unknown value that stands for an expression that failed.
pub(crate) const FAILED: &str = "__raftt_failed";
const METHOD: &str = "__raftt_method";
const OVER: &str = "__raftt_over";
const TICK: &str = "__raftt_tick";

/// Binds the functions that lowered scripts call in `environment`.
pub(crate) fn bind(environment: &Module<'_>) {
    let heap = environment.heap();
    for operator in Operator::ALL {
        environment.set(operator.function_name(), heap.alloc(*operator));
    }
    let failed = UnknownValue::new("the failed expression", None);
    environment.set(FAILED, heap.alloc(failed));
    environment.set(METHOD, heap.alloc(Helper::Method));
    environment.set(assignment::SET, heap.alloc(Helper::Set));
    environment.set(unpack::UNPACK, heap.alloc(Helper::Unpack));
    environment.set(OVER, heap.alloc(Helper::Over));
    environment.set(TICK, heap.alloc(Helper::Tick));
}

/// The functions that stand for the operators between two values, as the
/// engine wants them.
pub(crate) fn operator_functions() -> &'static HashMap<String, String> {
    static FUNCTIONS: OnceLock<HashMap<String, String>> = OnceLock::new();
    FUNCTIONS.get_or_init(|| {
        let names = Operator::ALL
            .iter()
            .map(|it| (it.symbol(), it.function_name()));
        names
            .map(|(symbol, name)| (symbol.to_owned(), name.to_owned()))
            .collect()
    })
}

/// The patches that make `statement` safe to run. `text` is what it was parsed from.
pub(crate) fn patches(statement: &AstStmt, text: &str) -> Vec<Patch> {
    let mut patches = Vec::new();
    lower_statement(statement, text, &mut patches);
    patches
}

fn lower_statement(statement: &AstStmt, text: &str, patches: &mut Vec<Patch>) {
    if let StmtP::AssignModify(target, op, value) = &statement.node {
        // `+=` stays: it changes lists in place, and strings can at most double
        // before the limits are looked at again.
        if !matches!(op, AssignOp::Add) {
            let (start, end) = (offset(target.span.end()), offset(value.span.begin()));
            let operator = Operator::of_assignment(*op);
            if let Some(at) = text[start..end].find(&operator.assignment()) {
                let at = start + at;
                let target = &text[target_start(target, text)..start];
                let call = format!("= {}({target}, ", operator.function_name());
                patches.push(Patch::replace(at..at + operator.assignment().len(), call));
                patches.push(Patch::insert(offset(value.span.end()), ")"));
            }
        }
    }
    unpack::lower_statement(statement, text, patches);
    remove_annotations(statement, text, patches);
    assignment::lower(statement, text, patches);
    statement.visit_stmt(|inner| lower_statement(inner, text, patches));
    visit_own_expressions(statement, &mut |expression| {
        lower_expression(expression, text, patches);
    });
}

/// Annotations say nothing about the environment, and the engine wants types
/// of its own in them.
fn remove_annotations(statement: &AstStmt, text: &str, patches: &mut Vec<Patch>) {
    match &statement.node {
        StmtP::Assign(assign) => {
            if let Some(ty) = &assign.ty {
                let range = offset(assign.lhs.span.end())..offset(ty.span.end());
                patches.push(Patch::replace(range, ""));
            }
        }
        StmtP::Def(def) => {
            for parameter in &def.params {
                if let ParameterP::Normal(name, Some(ty), _)
                | ParameterP::Args(name, Some(ty))
                | ParameterP::KwArgs(name, Some(ty)) = &parameter.node
                {
                    let range = offset(name.span.end())..offset(ty.span.end());
                    patches.push(Patch::replace(range, ""));
                }
            }
            if let Some(ty) = &def.return_type {
                let end = offset(ty.span.end());
                if let Some(arrow) = text[..end].rfind("->") {
                    patches.push(Patch::replace(arrow..end, ""));
                }
            }
        }
        _ => {}
    }
}

/// The expressions of a statement, without those of the statements within it.
fn visit_own_expressions(statement: &AstStmt, visit: &mut impl FnMut(&AstExpr)) {
    use starlark_syntax::syntax::uniplate::Visit;
    statement.visit_children(|child| {
        if let Visit::Expr(expression) = child {
            visit(expression);
        }
    });
}

fn lower_expression(expression: &AstExpr, text: &str, patches: &mut Vec<Patch>) {
    let (start, end) = (
        offset(expression.span.begin()),
        offset(expression.span.end()),
    );
    match &expression.node {
        // The engine builds all methods of its own values, and the regular
        // expressions that read their documentation, to compile the first
        // method call; a call of what an expression gives costs nothing.
        ExprP::Call(callee, _) => {
            if let ExprP::Dot(receiver, name) = &callee.node {
                lower_method(callee, name, text, patches);
                lower_expression(receiver, text, patches);
                let mut is_callee = true;
                expression.visit_expr(|inner| {
                    if !std::mem::take(&mut is_callee) {
                        lower_expression(inner, text, patches);
                    }
                });
                return;
            }
        }
        ExprP::Dot(_, name) if guard::METHODS.contains(&name.node.as_str()) => {
            lower_method(expression, name, text, patches);
        }
        ExprP::Lambda(lambda) => {
            let body = &lambda.body.span;
            let ticking = [
                Patch::insert(offset(body.begin()), format!("({TICK}() and (")),
                Patch::insert(offset(body.end()), "))"),
            ];
            patches.extend(ticking.map(|patch| patch.of(start..end)));
        }
        ExprP::ListComprehension(..) | ExprP::DictComprehension(..) => {
            unpack::lower_comprehension(expression, text, patches);
            let tick = Patch::insert(end - 1, format!(" if {TICK}()"));
            patches.push(tick.of(start..end));
        }
        ExprP::FString(string) => {
            // Template strings cannot be weighed, `format` can.
            let template = quote(&string.format.node);
            let values: Vec<&str> = string
                .expressions
                .iter()
                .map(|it| &text[offset(it.span.begin())..offset(it.span.end())])
                .collect();
            let call = format!("{METHOD}({template}, \"format\")({})", values.join(", "));
            patches.push(Patch::replace(start..end, call));
            return;
        }
        _ => {}
    }
    expression.visit_expr(|inner| lower_expression(inner, text, patches));
}

/// Has `expression`, which is `receiver.name`, be looked up by a function.
fn lower_method(expression: &AstExpr, name: &AstString, text: &str, patches: &mut Vec<Patch>) {
    let (from, to) = (offset(name.span.begin()), offset(name.span.end()));
    if let Some(dot) = text[..from].rfind('.') {
        let owner = whole(expression, text);
        let lookup = [
            Patch::insert(owner.start, format!("{METHOD}(")),
            // The name stays, so that a misspelt one can be replaced.
            Patch::replace(dot..from, ", \""),
            Patch::insert(to, "\")"),
        ];
        patches.extend(lookup.map(|patch| patch.of(owner.clone())));
    }
}

/// The range of an expression with the parentheses that it begins with.
///
/// The parser leaves them out: `(a + b).c` spans `a + b).c`. What is inserted
/// or replaced there would tear them apart.
pub(crate) fn whole(expression: &AstExpr, text: &str) -> Range<usize> {
    start(expression, text)..offset(expression.span.end())
}

fn start(expression: &AstExpr, text: &str) -> usize {
    match &expression.node {
        ExprP::Dot(first, _) | ExprP::Call(first, _) | ExprP::Op(first, ..) => {
            before_parentheses(first, text)
        }
        ExprP::Slice(first, ..) => before_parentheses(first, text),
        ExprP::Index(parts) => before_parentheses(&parts.0, text),
        ExprP::Index2(parts) => before_parentheses(&parts.0, text),
        // The value comes before the condition.
        ExprP::If(parts) => before_parentheses(&parts.1, text),
        ExprP::Tuple(items) => match items.first() {
            Some(first) if first.span.begin() == expression.span.begin() => {
                before_parentheses(first, text)
            }
            _ => offset(expression.span.begin()),
        },
        _ => offset(expression.span.begin()),
    }
}

/// Where the parentheses around `first`, the first part of a longer
/// expression, begin.
fn before_parentheses(first: &AstExpr, text: &str) -> usize {
    let mut start = start(first, text);
    let mut rest = &text[offset(first.span.end())..];
    loop {
        rest = rest.trim_start();
        if rest.starts_with('#') {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if let Some(after) = rest.strip_prefix(')') {
            match text[..start].rfind('(') {
                Some(open) => start = open,
                None => return start,
            }
            rest = after;
        } else {
            return start;
        }
    }
}

fn target_start(target: &AstAssignTarget, text: &str) -> usize {
    match &target.node {
        AssignTargetP::Dot(object, _) => before_parentheses(object, text),
        AssignTargetP::Index(parts) => before_parentheses(&parts.0, text),
        _ => offset(target.span.begin()),
    }
}

fn offset(position: starlark::codemap::Pos) -> usize {
    position.get() as usize
}

/// `text` as a Starlark string.
fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
