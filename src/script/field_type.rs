//! Whether a value fits a field of a Kubernetes object, and what to say when it
//! does not.

use starlark::syntax::ast::{AstExpr, AstLiteral, ExprP};

use crate::diagnostic::Diagnostic;
use crate::kubernetes::types::Type;
use crate::script::arg_type::with_article;
use crate::script::model::{self, Content, Model, Part, Slot};
use crate::script::parsed::Script;
use crate::script::rules::wrong_field_type;

/// How deep values are looked at.
const MAX_DEPTH: usize = 16;

/// What is wrong with writing a value to the field `name` of the type `ty`.
/// `expression` is how the value is written.
pub(crate) fn problems(
    (name, ty): (&str, Type),
    slot: &Slot,
    expression: Option<&AstExpr>,
    script: &Script,
) -> Vec<Diagnostic> {
    let fits = model::with(|model| fits(model, &slot.content, ty, 0));
    if fits {
        return Vec::new();
    }
    if let (Type::List(items), Content::Text(_)) = (ty, &slot.content)
        && items.ty() == Type::Text
    {
        let literal = expression.filter(|it| is_text(it));
        let literal = literal.and_then(|it| script.text.get(script.span(it.span).range()));
        return vec![wrong_field_type::text_for_list(name, literal, slot.at, &[])];
    }
    if let Some(wrong) = wrong_items(name, ty, slot, expression, script) {
        return wrong;
    }
    if let (Type::Text, Content::Int(_) | Content::Float(_) | Content::Bool(_)) =
        (ty, &slot.content)
    {
        let given = model::with(|model| describe_content(model, &slot.content));
        let literal = expression.and_then(|it| script.text.get(script.span(it.span).range()));
        return vec![wrong_field_type::not_text(name, &given, literal, slot.at)];
    }
    let wanted = describe(ty);
    {
        let given = model::with(|model| describe_content(model, &slot.content));
        vec![wrong_field_type::diagnostic(
            name,
            (&wanted, &given),
            slot.at,
            &[],
        )]
    }
}

/// The items of a list that do not fit, each at its place.
fn wrong_items(
    name: &str,
    ty: Type,
    slot: &Slot,
    expression: Option<&AstExpr>,
    script: &Script,
) -> Option<Vec<Diagnostic>> {
    let (Type::List(item), Content::Object(id)) = (ty, &slot.content) else {
        return None;
    };
    let item = item.ty();
    let written = match expression.map(|it| &it.node) {
        Some(ExprP::List(items) | ExprP::Tuple(items)) => items.as_slice(),
        _ => &[],
    };
    let wrong: Vec<(usize, String)> = model::with(|model| {
        let Some(Part::Items(list)) = model.part(*id) else {
            return Vec::new();
        };
        let items = list.items.iter().enumerate();
        let wrong = items.filter(|(_, it)| !fits(model, &it.slot.content, item, 0));
        let wrong = wrong.map(|(index, it)| (index, describe_content(model, &it.slot.content)));
        wrong.collect()
    });
    let wanted = format!("{} as items", plural(item));
    let diagnostics = wrong.iter().map(|(index, given)| {
        let at = written
            .get(*index)
            .map_or(slot.at, |it| script.span(it.span));
        wrong_field_type::diagnostic(name, (&wanted, given), at, &[])
    });
    let diagnostics: Vec<_> = diagnostics.collect();
    (!diagnostics.is_empty()).then_some(diagnostics)
}

fn is_text(expression: &AstExpr) -> bool {
    matches!(&expression.node, ExprP::Literal(AstLiteral::String(_)))
}

/// Whether the Kubernetes API takes `content` for a field of the type `ty`. What
/// is known only at run time fits everything.
fn fits(model: &Model, content: &Content, ty: Type, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    let part = match content {
        Content::None | Content::Unknown(_) => return true,
        Content::Object(id) => match model.part(*id) {
            Some(part) => part,
            // A volume or a workload is no part of a Kubernetes object.
            None => return matches!(ty, Type::Any),
        },
        Content::Bool(_) => return matches!(ty, Type::Any | Type::Bool),
        Content::Int(_) => {
            return matches!(
                ty,
                Type::Any | Type::Int | Type::Float | Type::IntOrText | Type::Quantity
            );
        }
        Content::Float(_) => return matches!(ty, Type::Any | Type::Float | Type::Quantity),
        Content::Text(_) => {
            return matches!(
                ty,
                Type::Any | Type::Text | Type::IntOrText | Type::Quantity
            );
        }
    };
    let fit = |slot: &Slot, ty: Type| fits(model, &slot.content, ty, depth + 1);
    match (part, ty) {
        (_, Type::Any) => true,
        (Part::Items(list), Type::List(item)) => {
            list.items.iter().all(|it| fit(&it.slot, item.ty()))
        }
        (Part::Map(map), Type::Map(value)) => {
            map.entries.iter().all(|(_, slot)| fit(slot, value.ty()))
        }
        (Part::Fields(_), Type::Map(_)) => true,
        (Part::Fields(fields), Type::Object(wanted)) => fields.ty.is_none_or(|ty| ty == wanted),
        (Part::Map(map), Type::Object(wanted)) => map.entries.iter().all(|(key, slot)| {
            let field = wanted.api_field(key).or_else(|| wanted.field(key));
            field.is_none_or(|field| fits(model, &slot.content, field.ty, depth + 1))
        }),
        _ => false,
    }
}

/// What a field takes, for people.
fn describe(ty: Type) -> String {
    match ty {
        Type::Any => "any value".to_owned(),
        Type::Text => "a string".to_owned(),
        Type::Bool => "`True` or `False`".to_owned(),
        Type::Int => "a whole number".to_owned(),
        Type::Float => "a number".to_owned(),
        Type::IntOrText => "a whole number or a string".to_owned(),
        Type::Quantity => "a quantity such as `\"500m\"` or `\"1Gi\"`".to_owned(),
        Type::List(item) => format!("a list of {}", plural(item.ty())),
        Type::Map(_) => "a dictionary".to_owned(),
        Type::Object(ty) => with_article(ty.short_name()),
    }
}

fn plural(ty: Type) -> String {
    match ty {
        Type::Text => "strings".to_owned(),
        Type::Int => "whole numbers".to_owned(),
        Type::Object(ty) => format!("`{}` objects", ty.short_name()),
        _ => "values".to_owned(),
    }
}

/// What a list takes that is given something else at `slot`.
pub(crate) fn item_problem(name: &str, ty: Type, slot: &Slot) -> Option<Diagnostic> {
    let given = model::with(|model| {
        let is_right = fits(model, &slot.content, ty, 0);
        (!is_right).then(|| describe_content(model, &slot.content))
    })?;
    let wanted = format!("{} as items", plural(ty));
    Some(wrong_field_type::diagnostic(
        name,
        (&wanted, &given),
        slot.at,
        &[],
    ))
}

fn describe_content(model: &Model, content: &Content) -> String {
    match content {
        Content::None => "`None`".to_owned(),
        Content::Bool(_) => "a truth value".to_owned(),
        Content::Int(_) | Content::Float(_) => "a number".to_owned(),
        Content::Text(_) => "a string".to_owned(),
        Content::Unknown(_) => "a value that is known only at run time".to_owned(),
        Content::Object(id) => match model.part(*id) {
            Some(Part::Items(_)) => "a list".to_owned(),
            Some(Part::Map(_)) => "a dictionary".to_owned(),
            _ => with_article(&model.type_name(*id)),
        },
    }
}
