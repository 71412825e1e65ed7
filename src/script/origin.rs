//! Where a value was decided: the literal that a variable was bound to, the
//! argument that a caller gave, the expression that put it together.
//!
//! This is found by reading, not by running: the value is known, and the way
//! back from the call is followed as long as it is the only one.

mod pieces;
mod search;

use std::ops::Range;

use starlark::syntax::ast::{
    ArgumentP, AstExpr, AstNoPayload, AstStmt, BinOp, CallArgsP, ClauseP, DefP, ExprP, ForClauseP,
    StmtP,
};

use crate::script::call::Site;
use crate::script::parsed::{Script, Scripts, range};
use crate::script::scope::{self, Binding, BindingKind};
use crate::source::{Piece, Span, normalize_path};

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
    let place = Place::new(scripts, script, sites)?;
    search::search(value, &place, expression, MAX_STEPS)
}

/// The literals that the string `value`, given by `expression`, was put together from.
pub(crate) fn pieces(
    scripts: &Scripts,
    script: &Script,
    sites: &[Site],
    expression: &AstExpr,
    value: &str,
) -> Vec<Piece> {
    match Place::new(scripts, script, sites) {
        Some(place) => pieces::pieces(value, &place, expression),
        None => Vec::new(),
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
    let place = Place::new(scripts, script, sites)?;
    let (script, items) = written_list(&place, expression, MAX_STEPS)?;
    (items.len() == length).then(|| script.span(items[index].span))
}

/// A script, and the calls that led into its current function, innermost last.
#[derive(Clone)]
struct Place<'a> {
    scripts: &'a Scripts,
    script: &'a Script,
    sites: Vec<(&'a Script, Range<usize>)>,
}

impl<'a> Place<'a> {
    fn new(scripts: &'a Scripts, script: &Script, sites: &[Site]) -> Option<Self> {
        let known = |script: &Script| scripts.get(&script.path).map(|script| &**script);
        let sites = sites
            .iter()
            .filter_map(|site| Some((known(&site.script)?, site.range.clone())));
        Some(Self {
            scripts,
            script: known(script)?,
            sites: sites.collect(),
        })
    }

    /// The top level of `script`.
    fn top_level(&self, script: &'a Script) -> Self {
        Self {
            scripts: self.scripts,
            script,
            sites: Vec::new(),
        }
    }

    /// The inside of a function of `script` that the call at `range` calls.
    fn within(&self, script: &'a Script, range: Range<usize>) -> Self {
        let mut sites = self.sites.clone();
        sites.push((self.script, range));
        Self {
            scripts: self.scripts,
            script,
            sites,
        }
    }
}

/// Where a name leads.
enum Step<'a> {
    To(Place<'a>, &'a AstExpr),
    /// An element of what the expression gives.
    ElementOf(Place<'a>, &'a AstExpr),
}

/// The function that `name` stands for at the top level, also of a loaded script.
fn function<'a>(place: &Place<'a>, name: &str) -> Option<(&'a Script, &'a DefP<AstNoPayload>)> {
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

/// What a call of one of the script's own functions returns, and where that stands.
fn returned<'a>(
    place: &Place<'a>,
    call: &AstExpr,
    callee: &AstExpr,
) -> Option<(Place<'a>, Vec<&'a AstExpr>)> {
    let ExprP::Identifier(name) = &callee.node else {
        return None;
    };
    let (script, def) = function(place, &name.ident)?;
    let mut values = Vec::new();
    returns(&def.body, &mut values);
    Some((place.within(script, range(call.span)), values))
}

/// The list that `expression` is, if it is written out.
fn written_list<'a>(
    place: &Place<'a>,
    expression: &AstExpr,
    steps: usize,
) -> Option<(&'a Script, Vec<&'a AstExpr>)> {
    let steps = steps.checked_sub(1)?;
    let expression = place.script.expression(&range(expression.span))?;
    match &expression.node {
        ExprP::List(items) | ExprP::Tuple(items) => Some((place.script, items.iter().collect())),
        ExprP::Identifier(name) => match step(place, &name.ident, expression)? {
            Step::To(place, next) => written_list(&place, next, steps),
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
fn step<'a>(place: &Place<'a>, name: &str, expression: &AstExpr) -> Option<Step<'a>> {
    let at = range(expression.span);
    if let Some(over) = comprehension_over(place.script, name, &at) {
        return Some(Step::ElementOf(place.clone(), over));
    }
    if let Some(def) = place.script.function_around(at.start) {
        if let Some(index) = parameter_index(def, name) {
            let mut outer = place.sites.clone();
            let (caller, at) = outer.pop()?;
            let call = caller.call(&at)?;
            let ExprP::Call(_, arguments) = &call.node else {
                return None;
            };
            let place = Place {
                scripts: place.scripts,
                script: caller,
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

fn follow<'a>(place: &Place<'a>, bindings: &[Binding]) -> Option<Step<'a>> {
    let [binding] = bindings else { return None };
    match &binding.kind {
        BindingKind::Value(at) => {
            let value = place.script.expression(at)?;
            Some(Step::To(place.clone(), value))
        }
        BindingKind::Loop(at) => {
            let over = place.script.expression(at)?;
            Some(Step::ElementOf(place.clone(), over))
        }
        BindingKind::Load { module, original } => {
            let script = place.scripts.get(&normalize_path(module)?)?;
            let bindings = script.names.bindings.get(original)?;
            follow(&place.top_level(script), bindings)
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
        let mut all = std::iter::once(&**first).chain(more);
        let binds = |each: &&ForClauseP<AstNoPayload>| {
            let mut targets = scope::targets(&each.var).into_iter();
            targets.any(|(target, _)| target == name)
        };
        if let Some(each) = all.rfind(binds) {
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
