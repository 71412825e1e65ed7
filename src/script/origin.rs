//! Where a value was decided: the literal that a variable was bound to, the
//! argument that a caller gave, the expression that put it together.
//!
//! This is found by reading, not by running: the value is known, and the way
//! back from the call is followed as long as it is the only one.

use starlark::syntax::ast::{
    ArgumentP, AstExpr, AstLiteral, AstNoPayload, AstStmt, BinOp, CallArgsP, ClauseP, DefP, ExprP,
    ForClauseP, StmtP,
};

use crate::script::call::Site;
use crate::script::parsed::Scripts;
use crate::script::parsed::{Script, range};
use crate::script::scope::{self, Binding, BindingKind};
use crate::source::{Span, normalize_path};

/// How many steps back are followed.
const MAX_STEPS: usize = 16;

/// Where the string `value`, given by `expression` in a call made through
/// `sites`, was decided.
pub(crate) fn of(
    scripts: &Scripts,
    script: &Script,
    sites: &[Site],
    expression: &AstExpr,
    value: &str,
) -> Option<Span> {
    let search = Search { value };
    let place = Place {
        scripts,
        script,
        sites,
    };
    match search.expression(place, expression, MAX_STEPS)? {
        Decided::Exact(span) | Decided::Computed(span) => Some(span),
    }
}

/// Where element `index` of a list of `length` elements was decided, if the
/// list is written out somewhere.
pub(crate) fn of_element(
    scripts: &Scripts,
    script: &Script,
    sites: &[Site],
    expression: &AstExpr,
    index: usize,
    length: usize,
) -> Option<Span> {
    let place = Place {
        scripts,
        script,
        sites,
    };
    let (script, items) = written_list(place, expression, MAX_STEPS)?;
    (items.len() == length).then(|| script.span(items[index].span))
}

/// A script, and the calls that led into its current function.
#[derive(Clone, Copy)]
struct Place<'a> {
    scripts: &'a Scripts,
    script: &'a Script,
    sites: &'a [Site],
}

enum Decided {
    /// A literal with that very value.
    Exact(Span),
    /// An expression that puts the value together.
    Computed(Span),
}

/// Where a name leads.
enum Step<'a> {
    To(Place<'a>, &'a AstExpr),
    /// An element of what the expression gives.
    ElementOf(Place<'a>, &'a AstExpr),
}

struct Search<'s> {
    value: &'s str,
}

impl Search<'_> {
    fn expression<'a>(
        &self,
        place: Place<'a>,
        expression: &'a AstExpr,
        steps: usize,
    ) -> Option<Decided> {
        let steps = steps.checked_sub(1)?;
        let span = place.script.span(expression.span);
        match &expression.node {
            ExprP::Literal(AstLiteral::String(text)) => {
                (text.node == self.value).then_some(Decided::Exact(span))
            }
            ExprP::Identifier(name) => match step(place, &name.ident, expression)? {
                Step::To(place, next) | Step::ElementOf(place, next) => {
                    self.expression(place, next, steps)
                }
            },
            ExprP::List(items) | ExprP::Tuple(items) => self.any(place, items, steps),
            ExprP::Dict(items) => self.any(place, items.iter().map(|(_, value)| value), steps),
            ExprP::Index(both) => self.expression(place, &both.0, steps),
            ExprP::If(parts) => self.any(place, [&parts.1, &parts.2], steps),
            ExprP::Op(left, BinOp::Add, right) => self
                .exact(place, [&**left, &**right], steps)
                .or(Some(Decided::Computed(span))),
            ExprP::ListComprehension(item, ..) => self.expression(place, item, steps),
            ExprP::Call(callee, arguments) => self
                .call(place, callee, arguments, steps)
                .or(Some(Decided::Computed(span))),
            ExprP::Literal(_) => None,
            _ => Some(Decided::Computed(span)),
        }
    }

    /// The only expression of several that decides the value. An exact literal
    /// is one, whatever the others are.
    fn any<'a>(
        &self,
        place: Place<'a>,
        expressions: impl IntoIterator<Item = &'a AstExpr>,
        steps: usize,
    ) -> Option<Decided> {
        let mut computed = Vec::new();
        for expression in expressions {
            match self.expression(place, expression, steps) {
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

    fn exact<'a>(
        &self,
        place: Place<'a>,
        expressions: impl IntoIterator<Item = &'a AstExpr>,
        steps: usize,
    ) -> Option<Decided> {
        let found = self.any(place, expressions, steps);
        found.filter(|found| matches!(found, Decided::Exact(_)))
    }

    /// A call of one of the script's own functions gives what it returns.
    fn call<'a>(
        &self,
        place: Place<'a>,
        callee: &'a AstExpr,
        arguments: &'a CallArgsP<AstNoPayload>,
        steps: usize,
    ) -> Option<Decided> {
        let ExprP::Identifier(name) = &callee.node else {
            return None;
        };
        let (script, def) = function(place, &name.ident)?;
        let mut returned = Vec::new();
        returns(&def.body, &mut returned);
        // What the function got is found from this call, not from the stack.
        let mut inner = Vec::new();
        for value in returned {
            inner.push(self.returned((place, arguments), (script, def), value, steps));
        }
        let mut inner = inner.into_iter().flatten();
        match (inner.next(), inner.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    }

    /// Where the value that a function returns was decided: in the function,
    /// or at the call if it returns what it was given.
    fn returned<'a>(
        &self,
        (place, arguments): (Place<'a>, &'a CallArgsP<AstNoPayload>),
        (script, def): (&'a Script, &'a DefP<AstNoPayload>),
        value: &'a AstExpr,
        steps: usize,
    ) -> Option<Decided> {
        if let ExprP::Identifier(name) = &value.node
            && let Some(index) = parameter_index(def, &name.ident)
        {
            let given = argument(arguments, index, &name.ident)?;
            return self.expression(place, given, steps);
        }
        let within = Place {
            scripts: place.scripts,
            script,
            sites: &[],
        };
        self.expression(within, value, steps)
    }
}

/// The function that `name` stands for at the top level, also of a loaded script.
fn function<'a>(place: Place<'a>, name: &str) -> Option<(&'a Script, &'a DefP<AstNoPayload>)> {
    if let Some(def) = place.script.function(name) {
        return Some((place.script, def));
    }
    match place.script.names.bindings.get(name)?.as_slice() {
        [
            Binding {
                kind: BindingKind::Load { module, original },
                ..
            },
        ] => {
            let script = place.scripts.get(&normalize_path(module)?)?;
            Some((script, script.function(original)?))
        }
        _ => None,
    }
}

/// The list that `expression` is, if it is written out.
fn written_list<'a>(
    place: Place<'a>,
    expression: &'a AstExpr,
    steps: usize,
) -> Option<(&'a Script, Vec<&'a AstExpr>)> {
    let steps = steps.checked_sub(1)?;
    match &expression.node {
        ExprP::List(items) | ExprP::Tuple(items) => Some((place.script, items.iter().collect())),
        ExprP::Identifier(name) => match step(place, &name.ident, expression)? {
            Step::To(place, next) => written_list(place, next, steps),
            Step::ElementOf(..) => None,
        },
        ExprP::Op(left, BinOp::Add, right) => {
            let (script, mut items) = written_list(place, left, steps)?;
            let (other, more) = written_list(place, right, steps)?;
            items.extend(more);
            // A list from two files has no one script to point into.
            std::ptr::eq(script, other).then_some((script, items))
        }
        _ => None,
    }
}

/// Where the name at `expression` leads, if that is one place.
fn step<'a>(place: Place<'a>, name: &str, expression: &'a AstExpr) -> Option<Step<'a>> {
    let at = range(expression.span);
    if let Some(over) = comprehension_over(place.script, name, &at) {
        return Some(Step::ElementOf(place, over));
    }
    if let Some(def) = place.script.function_around(at.start) {
        if let Some(index) = parameter_index(def, name) {
            let (caller, outer) = place.sites.split_last()?;
            let call = caller.script.call(&caller.range)?;
            let ExprP::Call(_, arguments) = &call.node else {
                return None;
            };
            let place = Place {
                scripts: place.scripts,
                script: &caller.script,
                sites: outer,
            };
            return Some(Step::To(place, argument(arguments, index, name)?));
        }
        if let Some(bindings) = scope::locals(def).get(name) {
            return follow(place, bindings);
        }
    }
    follow(place, place.script.names.bindings.get(name)?)
}

fn follow<'a>(place: Place<'a>, bindings: &[Binding]) -> Option<Step<'a>> {
    let [binding] = bindings else { return None };
    match &binding.kind {
        BindingKind::Value(at) => Some(Step::To(place, place.script.expression(at)?)),
        BindingKind::Loop(at) => Some(Step::ElementOf(place, place.script.expression(at)?)),
        BindingKind::Load { module, original } => {
            let script = place.scripts.get(&normalize_path(module)?)?;
            let place = Place {
                scripts: place.scripts,
                script,
                sites: &[],
            };
            follow(place, script.names.bindings.get(original)?)
        }
        BindingKind::Function | BindingKind::Other => None,
    }
}

/// What a comprehension around `at` goes over to bind `name`.
fn comprehension_over<'a>(
    script: &'a Script,
    name: &str,
    at: &std::ops::Range<usize>,
) -> Option<&'a AstExpr> {
    let mut found = None;
    script.visit_around(at, &mut |expression| {
        let (first, clauses) = match &expression.node {
            ExprP::ListComprehension(_, first, clauses)
            | ExprP::DictComprehension(_, first, clauses) => (first, clauses),
            _ => return,
        };
        let more = clauses.iter().filter_map(|clause| match clause {
            ClauseP::For(each) => Some(each),
            ClauseP::If(_) => None,
        });
        let all = std::iter::once(&**first).chain(more);
        let binds = |each: &&ForClauseP<AstNoPayload>| {
            let mut targets = scope::targets(&each.var).into_iter();
            targets.any(|(target, _)| target == name)
        };
        if let Some(each) = all.filter(binds).next_back() {
            found = Some(&each.over);
        }
    });
    found
}

fn parameter_index(def: &DefP<AstNoPayload>, name: &str) -> Option<usize> {
    def.params.iter().position(|parameter| {
        let identifier = parameter.node.ident();
        identifier.is_some_and(|identifier| identifier.ident == name)
    })
}

/// The argument for the parameter `name` at `index`.
fn argument<'a>(
    arguments: &'a CallArgsP<AstNoPayload>,
    index: usize,
    name: &str,
) -> Option<&'a AstExpr> {
    let by_name = arguments.args.iter().find_map(|it| match &it.node {
        ArgumentP::Named(given, value) if given.node == name => Some(value),
        _ => None,
    });
    by_name.or_else(|| match &arguments.args.get(index)?.node {
        ArgumentP::Positional(value) => Some(value),
        _ => None,
    })
}

/// What a function body returns.
fn returns<'a>(statement: &'a AstStmt, found: &mut Vec<&'a AstExpr>) {
    match &statement.node {
        StmtP::Return(Some(value)) => found.push(value),
        StmtP::Def(_) => {}
        _ => statement.visit_stmt(|inner| returns(inner, found)),
    }
}
