//! The one place that decided a value.

use starlark::syntax::ast::{AstExpr, AstLiteral, BinOp, ExprP};

use super::{Place, Step, returned, step};
use crate::source::Span;

/// The place that decided `value`, which `expression` gives.
pub(super) fn search(
    value: &str,
    place: &Place<'_>,
    expression: &AstExpr,
    steps: usize,
) -> Option<Span> {
    match decided(value, place, expression, steps)? {
        Decided::Exact(span) | Decided::Computed(span) => Some(span),
    }
}

enum Decided {
    /// A literal with that very value.
    Exact(Span),
    /// An expression that puts the value together.
    Computed(Span),
}

fn decided(value: &str, place: &Place<'_>, expression: &AstExpr, steps: usize) -> Option<Decided> {
    let steps = steps.checked_sub(1)?;
    let span = place.script.span(expression.span);
    match &expression.node {
        ExprP::Literal(AstLiteral::String(text)) => {
            (text.node == value).then_some(Decided::Exact(span))
        }
        ExprP::Identifier(name) => match step(place, &name.ident, expression)? {
            Step::To(place, next) | Step::ElementOf(place, next) => {
                decided(value, &place, next, steps)
            }
        },
        ExprP::List(items) | ExprP::Tuple(items) => any(value, place, items, steps),
        ExprP::Dict(items) => any(value, place, items.iter().map(|(_, item)| item), steps),
        ExprP::Index(both) => decided(value, place, &both.0, steps),
        ExprP::If(parts) => any(value, place, [&parts.1, &parts.2], steps),
        ExprP::Op(left, BinOp::Add, right) => {
            let found = any(value, place, [&**left, &**right], steps);
            let exact = found.filter(|found| matches!(found, Decided::Exact(_)));
            exact.or(Some(Decided::Computed(span)))
        }
        ExprP::ListComprehension(item, ..) => decided(value, place, item, steps),
        ExprP::Call(callee, _) => {
            let inner = returned(place, expression, callee);
            let inner = inner.and_then(|(place, values)| any(value, &place, values, steps));
            inner.or(Some(Decided::Computed(span)))
        }
        ExprP::Literal(_) => None,
        _ => Some(Decided::Computed(span)),
    }
}

/// The only expression of several that decides the value. An exact literal is
/// one, whatever the others are.
fn any<'a>(
    value: &str,
    place: &Place<'_>,
    expressions: impl IntoIterator<Item = &'a AstExpr>,
    steps: usize,
) -> Option<Decided> {
    let mut computed = Vec::new();
    for expression in expressions {
        match decided(value, place, expression, steps) {
            Some(Decided::Exact(span)) => return Some(Decided::Exact(span)),
            Some(Decided::Computed(span)) => computed.push(span),
            None => {}
        }
    }
    match computed[..] {
        [span] => Some(Decided::Computed(span)),
        _ => None,
    }
}
