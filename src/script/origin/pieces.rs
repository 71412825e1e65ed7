//! The literals that a value was put together from.

use starlark::syntax::ast::{AstExpr, AstLiteral, ExprP};

use super::{Place, Step, returned, step};
use crate::source::Piece;

/// How many expressions are looked at for one value.
const MAX_EXPRESSIONS: usize = 64;

/// The literals that `value`, which `expression` gives, was put together from,
/// as far as they can be told.
pub(super) fn pieces(value: &str, place: &Place<'_>, expression: &AstExpr) -> Vec<Piece> {
    let mut gathering = Gathering {
        value,
        left: MAX_EXPRESSIONS,
        found: Vec::new(),
    };
    gathering.expression(place, expression);
    gathering.found
}

struct Gathering<'v> {
    value: &'v str,
    /// How many expressions may still be looked at.
    left: usize,
    found: Vec<Piece>,
}

impl Gathering<'_> {
    fn expression(&mut self, place: &Place<'_>, expression: &AstExpr) {
        let Some(left) = self.left.checked_sub(1) else {
            return;
        };
        self.left = left;
        match &expression.node {
            ExprP::Literal(AstLiteral::String(text)) => {
                if !text.node.is_empty() && self.value.contains(&text.node) {
                    self.found.push(Piece {
                        text: text.node.clone(),
                        span: place.script.span(expression.span),
                    });
                }
            }
            ExprP::Identifier(name) => match step(place, &name.ident, expression) {
                Some(Step::To(place, next) | Step::ElementOf(place, next)) => {
                    self.expression(&place, next);
                }
                None => {}
            },
            ExprP::Call(callee, _) => {
                match returned(place, expression, callee) {
                    Some((inner, values)) => {
                        for value in values {
                            self.expression(&inner, value);
                        }
                    }
                    // The receiver and the arguments of `format`, `join` and their like.
                    None => expression.visit_expr(|child| self.expression(place, child)),
                }
            }
            _ => expression.visit_expr(|child| self.expression(place, child)),
        }
    }
}
