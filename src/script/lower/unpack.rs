//! Unknown values that are taken apart: `a, (b, c) = value`, `for k, v in values`.
//!
//! An unknown value has as many elements as are wanted, and each of them may be
//! taken apart again. The engine would ask it for their number, so the values go
//! through a function that is told the shape of the target.

use starlark::syntax::ast::AstNoPayload;
use starlark::syntax::ast::{
    AssignTargetP, AstAssignTarget, AstExpr, AstStmt, ClauseP, ExprP, ForClauseP, StmtP,
};
use starlark::values::tuple::AllocTuple;
use starlark::values::{Heap, Value};

use super::{OVER, Patch, whole};
use crate::script::arg_type::items;
use crate::script::choices;
use crate::script::values::unknown;

/// The name of the function that gives a value the shape of its target.
pub(super) const UNPACK: &str = "__raftt_unpack";

/// How deep targets may be nested. Text nests no deeper.
const MAX_DEPTH: usize = 64;

/// Has the values that `statement` takes apart be shaped.
pub(super) fn lower_statement(statement: &AstStmt, text: &str, patches: &mut Vec<Patch>) {
    match &statement.node {
        StmtP::Assign(assign) => {
            if let Some(shape) = shape(&assign.lhs) {
                wrap(&assign.rhs, UNPACK, Some(&shape), text, patches);
            }
        }
        StmtP::For(each) => {
            let shape = shape(&each.var);
            wrap(&each.over, OVER, shape.as_deref(), text, patches);
        }
        _ => {}
    }
}

/// Has the values that a comprehension takes apart be shaped.
pub(super) fn lower_comprehension(expression: &AstExpr, text: &str, patches: &mut Vec<Patch>) {
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
    for each in all {
        let each: &ForClauseP<AstNoPayload> = each;
        if let Some(shape) = shape(&each.var) {
            // Every element is to be taken apart, of one that is unknown, too.
            let of_each = format!("each {shape}");
            wrap(&each.over, UNPACK, Some(&of_each), text, patches);
        }
    }
}

fn wrap(
    value: &AstExpr,
    function: &str,
    shape: Option<&str>,
    text: &str,
    patches: &mut Vec<Patch>,
) {
    let range = whole(value, text);
    let end = match shape {
        Some(shape) => format!("), {shape:?})"),
        None => "))".to_owned(),
    };
    let call = [
        Patch::insert(range.start, format!("{function}((")),
        Patch::insert(range.end, end),
    ];
    patches.extend(call.map(|patch| patch.of(range.clone())));
}

/// The shape of a target that takes its value apart: `(*(**))` for `a, (b, c)`.
fn shape(target: &AstAssignTarget) -> Option<String> {
    let AssignTargetP::Tuple(_) = &target.node else {
        return None;
    };
    let mut shape = String::new();
    write_shape(target, &mut shape, 0);
    Some(shape)
}

fn write_shape(target: &AstAssignTarget, shape: &mut String, depth: usize) {
    match &target.node {
        AssignTargetP::Tuple(items) if depth < MAX_DEPTH => {
            shape.push('(');
            for item in items {
                write_shape(item, shape, depth + 1);
            }
            shape.push(')');
        }
        _ => shape.push('*'),
    }
}

/// `value` in the shape of its target, where that is needed because of what is
/// not known; else as it is.
pub(super) fn run<'v>(value: Value<'v>, shape: &str, heap: Heap<'v>) -> Value<'v> {
    match shape.strip_prefix("each ") {
        Some(shape) => over(value, shape, heap),
        None => shaped(value, &mut shape.chars(), heap).unwrap_or(value),
    }
}

/// What a loop goes over, each element in the shape of the loop's target.
pub(super) fn over<'v>(values: Value<'v>, shape: &str, heap: Heap<'v>) -> Value<'v> {
    let items = match items(values) {
        Some(items) => items,
        None if unknown(values).is_some() => {
            choices::absorb();
            vec![values]
        }
        None => return values,
    };
    let shaped: Vec<_> = items
        .iter()
        .map(|item| shaped(*item, &mut shape.chars(), heap))
        .collect();
    if shaped.iter().all(Option::is_none) {
        return values;
    }
    let items = items.into_iter().zip(shaped);
    let items: Vec<_> = items.map(|(item, shaped)| shaped.unwrap_or(item)).collect();
    heap.alloc(items)
}

/// `value` in the shape that `shape` goes on with; none where it has it.
fn shaped<'v>(
    value: Value<'v>,
    shape: &mut std::str::Chars<'_>,
    heap: Heap<'v>,
) -> Option<Value<'v>> {
    if shape.next()? == '*' {
        return None;
    }
    let unknown = unknown(value);
    let own = items(value);
    let mut elements = Vec::new();
    let mut is_changed = unknown.is_some();
    let mut index = 0;
    while shape.as_str().starts_with(['*', '(']) {
        let element = match (&unknown, &own) {
            (Some(unknown), _) => heap.alloc(unknown.clone()),
            (None, Some(own)) if index < own.len() => own[index],
            // A wrong number of elements is a mistake, which the engine tells.
            _ => Value::new_none(),
        };
        let inner = shaped(element, shape, heap);
        is_changed |= inner.is_some();
        elements.push(inner.unwrap_or(element));
        index += 1;
    }
    shape.next();
    let is_right = unknown.is_some() || own.is_some_and(|own| own.len() == index);
    (is_changed && is_right).then(|| heap.alloc(AllocTuple(elements)))
}
