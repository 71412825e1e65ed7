//! What can be called, and with which parameters.

use super::infer::Type;
use super::member::of_api;
use super::script::Script;
use super::syntax::StatementKind;
use super::{View, prose};
use crate::kubernetes::types;
use crate::script::{ArgType, Builtin, Object, signature, type_name};

/// Something that can be called.
#[derive(Clone, Debug)]
pub(crate) struct Callable {
    /// The call with its parameters, as it is declared.
    pub(crate) signature: String,
    pub(crate) documentation: String,
    pub(crate) parameters: Vec<CallParameter>,
    pub(crate) ty: Type,
}

/// A parameter of something that can be called.
#[derive(Clone, Debug)]
pub(crate) struct CallParameter {
    pub(crate) name: String,
    /// Its type and default, as they stand in the signature behind its name.
    pub(crate) detail: String,
    pub(crate) documentation: String,
    pub(crate) is_required: bool,
    /// What it takes, of a parameter that the language declares.
    pub(crate) takes: Option<&'static ArgType>,
    /// What it takes, of one that the language does not declare, where that is known.
    pub(crate) ty: Type,
    /// `*` or `**`.
    pub(crate) stars: String,
}

impl Callable {
    pub(crate) fn of(view: View<'_>, script: &Script<'_>, ty: &Type) -> Option<Self> {
        match ty {
            Type::Builtin(builtin, owner) => Some(of_declaration(builtin, *owner, ty)),
            Type::Standard(standard) => Some(of_signature(
                standard.signature,
                standard.documentation.to_owned(),
                ty,
            )),
            Type::Constructor(object) => {
                let parameters = object.fields().map(field_parameter).collect();
                Some(Self {
                    signature: format!("k8s.{}(**fields: value)", object.short_name()),
                    documentation: object.description.to_owned(),
                    parameters,
                    ty: ty.clone(),
                })
            }
            Type::Function { path, name } if path == script.path => of_function(script, name, ty),
            Type::Function { path, name } => view.with_script(path, |it| of_function(it, name, ty)),
            _ => None,
        }
    }

    /// The parameter that an argument is for.
    pub(crate) fn parameter(&self, name: Option<&str>, index: usize) -> Option<&CallParameter> {
        match name {
            Some(name) => self
                .parameters
                .iter()
                .find(|it| it.name == name && it.stars.is_empty()),
            None => {
                let several = self.parameters.iter().position(|it| it.stars == "*");
                self.parameters
                    .get(several.map_or(index, |it| it.min(index)))
            }
        }
    }
}

fn of_declaration(
    builtin: &'static Builtin,
    owner: Option<&'static Object>,
    ty: &Type,
) -> Callable {
    let prefix = owner.map(|it| format!("{}.", it.global.unwrap_or(it.name)));
    let mut parameters: Vec<_> = builtin
        .parameters
        .iter()
        .map(|it| CallParameter {
            name: it.name.to_owned(),
            detail: match it.default {
                Some(default) => format!("{} = {default}", type_name(&it.takes)),
                None => type_name(&it.takes),
            },
            documentation: prose(it.documentation),
            is_required: it.default.is_none(),
            takes: Some(&it.takes),
            ty: Type::Any,
            stars: String::new(),
        })
        .collect();
    if owner.is_some_and(|it| it.global == Some("k8s")) && builtin.name == "Container" {
        let fields = types::container().fields().map(field_parameter);
        let known: Vec<String> = parameters.iter().map(|it| it.name.clone()).collect();
        parameters.extend(fields.filter(|it| !known.contains(&it.name)));
    }
    Callable {
        signature: signature(&prefix.unwrap_or_default(), builtin),
        documentation: prose(builtin.documentation),
        parameters,
        ty: ty.clone(),
    }
}

fn field_parameter(field: types::Field) -> CallParameter {
    let member = of_api(field);
    CallParameter {
        name: member.name,
        detail: member.detail,
        documentation: member.documentation,
        is_required: false,
        takes: None,
        ty: member.ty,
        stars: String::new(),
    }
}

/// What a signature in text says.
fn of_signature(signature: &str, documentation: String, ty: &Type) -> Callable {
    let inner = signature.split_once('(').map_or("", |it| it.1);
    let inner = inner.rsplit_once(')').map_or(inner, |it| it.0);
    let parts = inner.split(", ").filter(|it| !it.is_empty());
    let parameters = parts.map(|part| {
        let bare = part.trim_start_matches('*');
        let (name, detail) = bare.split_once(": ").unwrap_or((bare, ""));
        CallParameter {
            name: name.to_owned(),
            detail: detail.to_owned(),
            documentation: String::new(),
            is_required: !part.contains('=') && bare == part,
            takes: None,
            ty: Type::Any,
            stars: part[..part.len() - bare.len()].to_owned(),
        }
    });
    Callable {
        signature: signature.to_owned(),
        documentation,
        parameters: parameters.collect(),
        ty: ty.clone(),
    }
}

fn of_function(script: &Script<'_>, name: &str, ty: &Type) -> Option<Callable> {
    let id = script.function(name)?;
    let tree = &script.tree;
    let StatementKind::Def { parameters, .. } = &tree.statement(id).kind else {
        return None;
    };
    let parameters = parameters
        .iter()
        .filter(|it| !it.name.is_empty())
        .map(|it| {
            let default = it.default.map(|it| &tree.node(it).range);
            let ty = match default.map(|it| tree.written(it)) {
                Some("True" | "False") => Type::Bool,
                _ => Type::Any,
            };
            CallParameter {
                name: tree.written(&it.name).to_owned(),
                detail: default.map_or(String::new(), |it| format!("= {}", tree.written(it))),
                documentation: String::new(),
                is_required: it.default.is_none() && it.stars.is_empty(),
                takes: None,
                ty,
                stars: tree.written(&it.stars).to_owned(),
            }
        });
    let signature = script.signature(id);
    Some(Callable {
        signature: signature.trim_start_matches("def ").to_owned(),
        documentation: script.documentation(id).unwrap_or_default(),
        parameters: parameters.collect(),
        ty: ty.clone(),
    })
}
