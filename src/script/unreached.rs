//! What no run of a script evaluated.

use std::collections::HashSet;
use std::ops::Range;

use starlark::syntax::ast::{AstExpr, AstStmt, BinOp, ExprP, StmtP};

use crate::script::parsed::{Script, range};
use crate::source::{FileId, Span};

/// Where the statements begin that runs have reached.
pub(crate) type Reached = HashSet<(FileId, u32)>;

/// Whether somebody will ask what of the script `text` is not reached. Writing it down
/// takes time in every loop, and only comments of ours are judged by it.
pub(crate) fn is_asked_for(text: &str) -> bool {
    text.contains("raftt")
}

/// The places that no run evaluated, or perhaps none: statements that were not reached,
/// the heads of such blocks, and statements of which a part depends on a condition.
pub(crate) fn unreached(script: &Script, reached: &Reached) -> Vec<Span> {
    let mut places = Vec::new();
    if is_asked_for(&script.text) {
        in_statement(script, script.statement(), reached, &mut places);
    }
    places
}

fn in_statement(script: &Script, statement: &AstStmt, reached: &Reached, places: &mut Vec<Span>) {
    let whole = range(statement.span);
    let is_reached = reached.contains(&(script.file, script.span(statement.span).start));
    let mut add = |place: Range<usize>| places.push(Span::new(script.file, place));
    match &statement.node {
        // What a `load` lacks is found without evaluating it.
        StmtP::Statements(_)
        | StmtP::Load(_)
        | StmtP::Pass
        | StmtP::Break
        | StmtP::Continue
        | StmtP::Return(None) => {}
        StmtP::Def(_) | StmtP::If(..) | StmtP::IfElse(..) | StmtP::For(_) => {
            let mut end = whole.end;
            statement.visit_stmt(|child| end = end.min(range(child.span).start));
            if !is_reached {
                add(whole.start..end);
            }
        }
        _ => {
            let mut is_certain = is_reached;
            statement.visit_expr(|it| is_certain &= !is_conditional(it));
            if !is_certain {
                add(whole);
            }
        }
    }
    statement.visit_stmt(|child| in_statement(script, child, reached, places));
}

/// Whether a part of the expression may not be evaluated.
fn is_conditional(expression: &AstExpr) -> bool {
    let is_condition = matches!(
        expression.node,
        ExprP::If(_)
            | ExprP::Lambda(_)
            | ExprP::ListComprehension(..)
            | ExprP::DictComprehension(..)
            | ExprP::Op(_, BinOp::And | BinOp::Or, _)
    );
    let mut is_conditional = is_condition;
    expression.visit_expr(|it| is_conditional |= self::is_conditional(it));
    is_conditional
}
