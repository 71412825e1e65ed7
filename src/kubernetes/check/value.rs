//! Values that are of another type than their field.

use super::{Check, amount};
use crate::diagnostic::{Diagnostic, Safety};
use crate::kubernetes::rules::wrong_manifest_value as wrong;
use crate::kubernetes::types::Type;
use crate::kubernetes::{Data, Value};
use crate::yaml::quoted;

/// What a value is given for.
#[derive(Clone, Copy)]
pub(super) enum Field<'n> {
    /// The field of this name.
    Named(&'n str),
    /// An item of the list in the field of this name.
    Item(&'n str),
}

impl Check<'_> {
    /// Judges the value of the field `name`, which takes `ty`.
    // Values nest no deeper than their reader allows, so recursion is bounded.
    pub(super) fn value(&mut self, field: Field<'_>, ty: Type, value: &Value) {
        let (Field::Named(name) | Field::Item(name)) = field;
        match (ty, &value.data) {
            (Type::Object(inner), Data::Map(_)) => self.fields(inner, value, false),
            (Type::List(item), Data::List(items)) => {
                for it in items {
                    if self.diagnostics.len() >= self.limit {
                        return;
                    }
                    self.value(Field::Item(name), item.ty(), it);
                }
            }
            (Type::Map(item), Data::Map(entries)) => {
                for (key, value) in entries {
                    if self.diagnostics.len() >= self.limit {
                        return;
                    }
                    self.value(Field::Named(&key.name), item.ty(), value);
                }
            }
            (Type::Quantity, Data::Text(text)) => self.amount(name, text, value),
            (ty, data) if fits(ty, data) => {}
            (ty, _) => self.wrong(field, ty, value),
        }
    }

    fn wrong(&mut self, field: Field<'_>, ty: Type, value: &Value) {
        let written = self.text.get(value.at.range()).unwrap_or_default();
        // What will be put in for a placeholder is not known.
        if ["${", "{{", "$("].iter().any(|it| written.contains(it)) || is_variable(written) {
            return;
        }
        let mut given = given(&value.data).to_owned();
        // Not everybody knows that these are no texts.
        let is_odd = match value.data {
            Data::Bool(_) => !["true", "false"].contains(&written),
            Data::Int(_) | Data::Float(_) => !written
                .bytes()
                .all(|it| it.is_ascii_digit() || b"+-.".contains(&it)),
            _ => false,
        };
        if is_odd && value.origin.is_none() {
            given = format!("{given}, which `{written}` without quotes is");
        }
        let (Field::Named(name) | Field::Item(name)) = field;
        let subject = match field {
            Field::Named(name) => format!("`{name}`"),
            Field::Item(list) => format!("an item of `{list}`"),
        };
        let diagnostic = wrong::diagnostic(&subject, (&wanted(ty), &given), value.at);
        let diagnostic = mend(diagnostic, name, ty, value, written);
        // What an alias stands for is used elsewhere, too.
        self.diagnostics.push(match value.origin {
            None => diagnostic,
            Some(_) => Diagnostic {
                fix: None,
                ..diagnostic
            },
        });
    }

    fn amount(&mut self, name: &str, text: &str, value: &Value) {
        let is_placeholder = text.contains(['$', '{']);
        if is_placeholder || amount::is_amount(text) {
            return;
        }
        let meant = amount::meant(name, text);
        let diagnostic = wrong::no_amount(text, meant.as_deref(), value.at);
        self.diagnostics.push(match value.origin {
            None => diagnostic,
            Some(_) => Diagnostic {
                fix: None,
                ..diagnostic
            },
        });
    }
}

/// Says how to write the value, and does it where that is certain.
fn mend(diagnostic: Diagnostic, name: &str, ty: Type, value: &Value, written: &str) -> Diagnostic {
    let replace = |diagnostic: Diagnostic, safety, message: &str, text: String| {
        let help = format!("write `{text}`");
        diagnostic.help(help).fix(safety, message, value.at, text)
    };
    match (ty, &value.data) {
        (Type::Text, Data::Bool(_) | Data::Int(_) | Data::Float(_)) => {
            replace(diagnostic, Safety::Safe, "quote it", quoted(written))
        }
        (Type::Int, Data::Text(text)) if text.parse::<i64>().is_ok() => {
            replace(diagnostic, Safety::Safe, "remove the quotes", text.clone())
        }
        (Type::Bool, Data::Text(text)) if text == "true" || text == "false" => {
            replace(diagnostic, Safety::Safe, "remove the quotes", text.clone())
        }
        (Type::List(item), Data::Text(text)) if item.ty() == Type::Text => {
            let is_plain = !text.contains(char::is_whitespace) && !written.contains(['|', '>']);
            match is_plain {
                true => replace(
                    diagnostic,
                    Safety::Unsafe,
                    "put it into a list",
                    format!("[{written}]"),
                ),
                false if name == "command" || name == "args" => {
                    diagnostic.help("write each word as an item of a list: `[sh, -c, '…']`")
                }
                false => diagnostic.help("write it as an item of a list: `- …`"),
            }
        }
        (Type::List(_), Data::Map(_)) if name == "env" => {
            diagnostic.help("write each variable as `- name: NAME` with `value: '…'` below it")
        }
        (Type::List(_), Data::Map(_)) => diagnostic.help("begin each item with `- `"),
        (Type::Object(_) | Type::Map(_), Data::Text(text)) => match key_without_space(text) {
            Some(key) => diagnostic.help(format!("write a space behind `{key}:`")),
            None => diagnostic,
        },
        (Type::Object(_) | Type::Map(_), Data::List(_)) => {
            diagnostic.help("write its fields without `- ` before them")
        }
        _ => diagnostic,
    }
}

/// The key of `name:web`, which is a text as long as there is no space.
fn key_without_space(text: &str) -> Option<&str> {
    let (key, value) = text.split_once(':')?;
    let is_name = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric());
    (is_name(key) && !value.is_empty() && !value.starts_with('/')).then_some(key)
}

/// Whether the API server takes `data` for `ty`. A field without a value is not set.
fn fits(ty: Type, data: &Data) -> bool {
    match (ty, data) {
        (_, Data::Null | Data::Unknown(_)) | (Type::Any, _) => true,
        (Type::Text | Type::IntOrText | Type::Quantity, Data::Text(_)) => true,
        (Type::Bool, Data::Bool(_)) => true,
        (Type::Int | Type::IntOrText | Type::Float | Type::Quantity, Data::Int(_)) => true,
        (Type::Float | Type::Quantity, Data::Float(_)) => true,
        // How readers of YAML hand on `1.0` differs.
        (Type::Int | Type::IntOrText, Data::Float(number)) => number.fract() == 0.0,
        (Type::List(_), Data::List(_)) => true,
        (Type::Object(_) | Type::Map(_), Data::Map(_)) => true,
        _ => false,
    }
}

fn wanted(ty: Type) -> String {
    let one = |ty| match ty {
        Type::Text => "a string",
        Type::Bool => "`true` or `false`",
        Type::Int => "a whole number",
        Type::Float => "a number",
        Type::IntOrText => "a number or a string",
        Type::Quantity => "an amount such as `500m` or `256Mi`",
        Type::Map(_) | Type::Object(_) => "a mapping",
        Type::List(_) => "a list",
        Type::Any => "anything",
    };
    match ty {
        Type::List(item) => match item.ty() {
            Type::Text => "a list of strings".to_owned(),
            Type::Int => "a list of numbers".to_owned(),
            _ => one(ty).to_owned(),
        },
        ty => one(ty).to_owned(),
    }
}

fn given(data: &Data) -> &'static str {
    match data {
        Data::Null | Data::Unknown(_) => "nothing",
        Data::Bool(_) => "a boolean",
        Data::Int(_) | Data::Float(_) => "a number",
        Data::Text(_) => "a string",
        Data::List(_) => "a list",
        Data::Map(_) => "a mapping",
    }
}

/// Whether `text` is a variable that a program like `envsubst` fills in: `$PORT`.
fn is_variable(text: &str) -> bool {
    let name = text.strip_prefix('$').unwrap_or_default();
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
    name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_') && name.chars().all(is_part)
}
