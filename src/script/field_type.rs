//! Whether a value fits a field of a Kubernetes object, and what to say when it
//! does not.

use starlark::syntax::ast::{AstExpr, AstLiteral, ExprP};

use crate::diagnostic::Diagnostic;
use crate::kubernetes::types::{ObjectType, Type};
use crate::kubernetes::words_of;
use crate::script::arg_type::with_article;
use crate::script::model::{self, Content, Model, Part, Slot};
use crate::script::parsed::Script;
use crate::script::rules::{unknown_field, wrong_field_type};
use crate::source::Span;

/// How deep values are looked at.
const MAX_DEPTH: usize = 16;

/// How much of what is wrong with one value is told.
const MAX_PROBLEMS: usize = 20;

/// What is wrong with writing a value to the field `name`, of the type `ty`, of an
/// `owner`. `expression` is how the value is written.
pub(crate) fn problems(
    (owner, name, ty): (Option<&'static ObjectType>, &str, Type),
    slot: &Slot,
    expression: Option<&AstExpr>,
    script: &Script,
) -> Vec<Diagnostic> {
    judged(name, (ty, Place::Field(owner)), slot, expression, script)
}

/// What is wrong with adding a value to the list `name`, whose items are of the type `ty`.
pub(crate) fn item_problems(
    (name, ty): (&str, Type),
    slot: &Slot,
    expression: Option<&AstExpr>,
    script: &Script,
) -> Vec<Diagnostic> {
    judged(name, (ty, Place::Item), slot, expression, script)
}

fn judged(
    name: &str,
    (ty, place): (Type, Place),
    slot: &Slot,
    expression: Option<&AstExpr>,
    script: &Script,
) -> Vec<Diagnostic> {
    model::with(|model| {
        let mut judge = Judge {
            model,
            script,
            at: slot.at,
            problems: Vec::new(),
        };
        judge.value((name, place), &slot.content, ty, expression, 0);
        judge.problems
    })
}

/// Where a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Into a field of an object of a type that is known or not.
    Field(Option<&'static ObjectType>),
    /// Into a list, so that the list is what takes it.
    Item,
}

/// Looks through a value.
struct Judge<'a> {
    model: &'a Model,
    script: &'a Script,
    /// The whole value.
    at: Span,
    problems: Vec<Diagnostic>,
}

impl Judge<'_> {
    // The depth is bounded, so recursion is too.
    fn value(
        &mut self,
        (name, place): (&str, Place),
        content: &Content,
        ty: Type,
        expression: Option<&AstExpr>,
        depth: usize,
    ) {
        if depth > MAX_DEPTH || self.problems.len() >= MAX_PROBLEMS {
            return;
        }
        let part = match content {
            Content::Object(id) => self.model.part(*id),
            _ => None,
        };
        match (part, ty) {
            (Some(Part::Items(list)), Type::List(item)) => {
                let written = match expression.map(|it| &it.node) {
                    Some(ExprP::List(items) | ExprP::Tuple(items)) => items.as_slice(),
                    _ => &[],
                };
                for (index, it) in list.items.iter().enumerate() {
                    let place = (name, Place::Item);
                    let content = &it.slot.content;
                    self.value(place, content, item.ty(), written.get(index), depth + 1);
                }
            }
            (Some(Part::Map(map)), Type::Map(value)) => {
                for (key, slot) in &map.entries {
                    let written = entry(expression, key).map(|(_, value)| value);
                    let place = (key.as_str(), Place::Field(None));
                    self.value(place, &slot.content, value.ty(), written, depth + 1);
                }
            }
            (Some(Part::Map(map)), Type::Object(owner)) => {
                for (key, slot) in &map.entries {
                    let written = entry(expression, key);
                    let Some(field) = owner.api_field(key).or_else(|| owner.field(key)) else {
                        let at = self.at(written.map(|(key, _)| key));
                        let literal = written.and_then(|(key, _)| self.text(key));
                        let problem = unknown_field::diagnostic(owner, key, at, literal);
                        self.problems.push(problem);
                        continue;
                    };
                    let written = written.map(|(_, value)| value);
                    let place = (key.as_str(), Place::Field(Some(owner)));
                    self.value(place, &slot.content, field.ty, written, depth + 1);
                }
            }
            _ if !fits(self.model, content, ty) => {
                let problem = self.misfit((name, place), content, ty, expression);
                self.problems.push(problem);
            }
            _ => {
                let problem = self.wrong_word((name, place), content, expression);
                self.problems.extend(problem);
            }
        }
    }

    /// A text that is none of the few that the field takes.
    fn wrong_word(
        &self,
        (name, place): (&str, Place),
        content: &Content,
        expression: Option<&AstExpr>,
    ) -> Option<Diagnostic> {
        let (Place::Field(Some(owner)), Content::Text(text)) = (place, content) else {
            return None;
        };
        let field = owner.api_field(name).or_else(|| owner.field(name))?;
        let words = words_of(owner, field.name)?;
        let is_shown = expression.is_some_and(is_text);
        (!text.is_empty() && !words.contains(&text.as_str()))
            .then(|| wrong_field_type::word(name, words, text, self.at(expression), is_shown))
    }

    /// A value that does not fit as a whole.
    fn misfit(
        &self,
        (name, place): (&str, Place),
        content: &Content,
        ty: Type,
        expression: Option<&AstExpr>,
    ) -> Diagnostic {
        let at = self.at(expression);
        let given = describe_content(self.model, content);
        let literal = expression.and_then(|it| self.text(it));
        match (ty, content, place) {
            (Type::List(items), Content::Text(_), _) if items.ty() == Type::Text => {
                let literal = literal.filter(|_| expression.is_some_and(is_text));
                wrong_field_type::text_for_list(name, literal, at, &[])
            }
            (
                Type::Text,
                Content::Int(_) | Content::Float(_) | Content::Bool(_),
                Place::Field(_),
            ) => wrong_field_type::not_text(name, &given, literal, at),
            (Type::Int | Type::Bool, Content::Text(text), Place::Field(_)) => {
                let meant = match text.as_str() {
                    "true" | "True" if ty == Type::Bool => Some("True"),
                    "false" | "False" if ty == Type::Bool => Some("False"),
                    text => (ty == Type::Int && text.parse::<i32>().is_ok()).then_some(text),
                };
                let meant = meant.filter(|_| expression.is_some_and(is_text));
                wrong_field_type::text_for_value(name, &describe(ty), meant, at)
            }
            (Type::List(items), Content::Object(id), Place::Field(_))
                if matches!(self.model.part(*id), Some(Part::Map(_))) =>
            {
                let diagnostic =
                    wrong_field_type::diagnostic(name, (&describe(ty), &given), at, &[]);
                match items.ty() {
                    Type::Object(item) if item.short_name() == "EnvVar" => diagnostic.help(
                        "write `[{\"name\": \"…\", \"value\": \"…\"}]`, an item for each variable",
                    ),
                    _ => diagnostic,
                }
            }
            (_, _, Place::Item) => {
                let wanted = format!("{} as items", plural(ty));
                wrong_field_type::diagnostic(name, (&wanted, &given), at, &[])
            }
            (_, _, Place::Field(_)) => {
                wrong_field_type::diagnostic(name, (&describe(ty), &given), at, &[])
            }
        }
    }

    fn at(&self, expression: Option<&AstExpr>) -> Span {
        expression.map_or(self.at, |it| self.script.span(it.span))
    }

    fn text(&self, expression: &AstExpr) -> Option<&str> {
        self.script
            .text
            .get(self.script.span(expression.span).range())
    }
}

/// How the entry `key` of a dictionary that is written out is written.
fn entry<'e>(expression: Option<&'e AstExpr>, key: &str) -> Option<(&'e AstExpr, &'e AstExpr)> {
    let ExprP::Dict(entries) = &expression?.node else {
        return None;
    };
    let is_key = |it: &AstExpr| matches!(&it.node, ExprP::Literal(AstLiteral::String(text)) if text.node == key);
    let mut entries = entries.iter();
    let (key, value) = entries.find(|(written, _)| is_key(written))?;
    Some((key, value))
}

fn is_text(expression: &AstExpr) -> bool {
    matches!(&expression.node, ExprP::Literal(AstLiteral::String(_)))
}

/// Whether the Kubernetes API takes `content` for a field of the type `ty`, apart from
/// what is in it. What is known only at run time fits everything.
fn fits(model: &Model, content: &Content, ty: Type) -> bool {
    if ty == Type::Any {
        return true;
    }
    match content {
        Content::None | Content::Unknown(_) => true,
        Content::Bool(_) => ty == Type::Bool,
        Content::Int(_) => {
            matches!(
                ty,
                Type::Int | Type::Float | Type::IntOrText | Type::Quantity
            )
        }
        Content::Float(_) => matches!(ty, Type::Float | Type::Quantity),
        Content::Text(_) => matches!(ty, Type::Text | Type::IntOrText | Type::Quantity),
        Content::Object(id) => match (model.part(*id), ty) {
            (Some(Part::Items(_)), Type::List(_)) => true,
            (Some(Part::Map(_)), Type::Map(_) | Type::Object(_)) => true,
            (Some(Part::Fields(_)), Type::Map(_)) => true,
            (Some(Part::Fields(fields)), Type::Object(wanted)) => {
                fields.ty.is_none_or(|ty| ty == wanted)
            }
            // A volume or a workload is no part of a Kubernetes object.
            _ => false,
        },
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
