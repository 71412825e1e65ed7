//! Finds what other implementations of Starlark refuse.

use std::collections::{HashMap, HashSet};

use starlark::syntax::ast::{AssignP, AstExpr, AstStmt, ExprP, ParameterP, StmtP};

use crate::diagnostic::Diagnostic;
use crate::script::parsed::{Script, range, top_level};
use crate::script::rules::not_portable_starlark::diagnostic;
use crate::source::Span;

/// What Go's Starlark refuses of `script` unless it is told otherwise.
pub(crate) fn check(script: &Script, diagnostics: &mut Vec<Diagnostic>) {
    for statement in top_level(script.statement()) {
        let what = match &statement.node {
            StmtP::For(_) => "`for` at the top level",
            StmtP::If(..) | StmtP::IfElse(..) => "`if` at the top level",
            _ => continue,
        };
        let start = range(statement.span).start;
        let keyword = start..start + if what.starts_with("`for") { 3 } else { 2 };
        let at = Span::new(script.file, keyword);
        diagnostics.push(diagnostic(
            what,
            "move it into a function, and call that",
            at,
        ));
    }
    reassigned(script, diagnostics);
    recursive(script, diagnostics);
    annotations(script, script.statement(), diagnostics);
    script
        .statement()
        .visit_expr(|it| template_strings(script, it, diagnostics));
}

fn reassigned(script: &Script, diagnostics: &mut Vec<Diagnostic>) {
    for (name, bindings) in &script.names.bindings {
        if let [first, second, ..] = bindings.as_slice() {
            let at = Span::new(script.file, second.name.clone());
            let first = Span::new(script.file, first.name.clone());
            let what = format!("assigning the global name `{name}` again");
            diagnostics
                .push(diagnostic(&what, "use another name", at).also(first, "first assigned here"));
        }
    }
}

/// Functions that call themselves, also through others.
fn recursive(script: &Script, diagnostics: &mut Vec<Diagnostic>) {
    let mut calls: HashMap<&str, (Span, Vec<&str>)> = HashMap::new();
    for statement in top_level(script.statement()) {
        if let StmtP::Def(def) = &statement.node {
            let mut called = Vec::new();
            def.body.visit_expr(|it| called_names(it, &mut called));
            calls.insert(&def.name.ident, (script.span(def.name.span), called));
        }
    }
    for (name, (at, _)) in &calls {
        let mut seen = HashSet::new();
        let mut pending = vec![*name];
        while let Some(next) = pending.pop() {
            let Some((_, called)) = calls.get(next) else {
                continue;
            };
            for callee in called {
                if callee == name {
                    let help = "use a loop over a range that is long enough";
                    let what = format!("functions that call themselves, as `{name}` does");
                    diagnostics.push(diagnostic(&what, help, *at));
                    pending.clear();
                    break;
                }
                if seen.insert(*callee) {
                    pending.push(callee);
                }
            }
        }
    }
}

fn called_names<'a>(expression: &'a AstExpr, names: &mut Vec<&'a str>) {
    if let ExprP::Call(callee, _) = &expression.node
        && let ExprP::Identifier(name) = &callee.node
    {
        names.push(&name.ident);
    }
    expression.visit_expr(|inner| called_names(inner, names));
}

fn template_strings(script: &Script, expression: &AstExpr, diagnostics: &mut Vec<Diagnostic>) {
    if let ExprP::FString(_) = &expression.node {
        let help = "use `\"…{}…\".format(value)`";
        diagnostics.push(diagnostic("f-strings", help, script.span(expression.span)));
    }
    expression.visit_expr(|inner| template_strings(script, inner, diagnostics));
}

fn annotations(script: &Script, statement: &AstStmt, diagnostics: &mut Vec<Diagnostic>) {
    let mut annotation = |at| {
        let help = "leave the annotation out";
        diagnostics.push(diagnostic("type annotations", help, script.span(at)));
    };
    match &statement.node {
        StmtP::Assign(AssignP { ty: Some(ty), .. }) => annotation(ty.span),
        StmtP::Def(def) => {
            for parameter in &def.params {
                if let ParameterP::Normal(_, Some(ty), _)
                | ParameterP::Args(_, Some(ty))
                | ParameterP::KwArgs(_, Some(ty)) = &parameter.node
                {
                    annotation(ty.span);
                }
            }
            if let Some(ty) = &def.return_type {
                annotation(ty.span);
            }
        }
        _ => {}
    }
    statement.visit_stmt(|inner| annotations(script, inner, diagnostics));
}
