//! How a call is written: which argument stands where.

use std::ops::Range;

use starlark::syntax::ast::{ArgumentP, AstArgument, AstExpr, ExprP};

use super::Site;
use crate::script::parsed::range;

/// A call as it is written.
pub(crate) struct Written<'a> {
    pub(crate) callee_name: Option<Range<usize>>,
    pub(crate) positional: Vec<&'a AstExpr>,
    pub(crate) named: Vec<(&'a str, Range<usize>, &'a AstExpr)>,
    /// `*args` and `**kwargs`.
    pub(crate) star: Option<&'a AstExpr>,
    pub(crate) star_star: Option<&'a AstExpr>,
}

impl<'a> Written<'a> {
    pub(crate) fn at(site: &'a Site) -> Self {
        let mut written = Self {
            callee_name: None,
            positional: Vec::new(),
            named: Vec::new(),
            star: None,
            star_star: None,
        };
        let call = site.script.call(&site.range);
        let Some(ExprP::Call(callee, arguments)) = call.map(|call| &call.node) else {
            return written;
        };
        written.callee_name = Some(match &callee.node {
            ExprP::Dot(_, name) => range(name.span),
            _ => range(callee.span),
        });
        for argument in &arguments.args {
            written.add(argument);
        }
        written
    }

    fn add(&mut self, argument: &'a AstArgument) {
        match &argument.node {
            ArgumentP::Positional(value) => self.positional.push(value),
            ArgumentP::Named(name, value) => {
                self.named.push((&name.node, range(name.span), value));
            }
            ArgumentP::Args(value) => self.star = Some(value),
            ArgumentP::KwArgs(value) => self.star_star = Some(value),
        }
    }
}
