//! What values have: attributes, methods, fields; and how they are shown.

use super::View;
use super::infer::{Type, of_field, of_object};
use super::prose;
use super::script::Script;
use super::starlark::{self, Standard};
use super::syntax::{NodeKind, StatementKind};
use crate::kubernetes::types::{self, ObjectType, Type as Field};
use crate::script::{
    Attribute, Builtin, Evidence, Kind, Object, ReturnType, kind_of_collection, signature,
    type_name, workload,
};

/// Something that a value has.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) kind: MemberKind,
    /// Its type, or the call.
    pub(crate) detail: String,
    /// What it is, in Markdown.
    pub(crate) documentation: String,
    pub(crate) evidence: Option<Evidence>,
    /// What to use instead.
    pub(crate) replacement: Option<&'static str>,
    pub(crate) ty: Type,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberKind {
    Attribute,
    Method,
    /// Makes an object.
    Constructor,
}

/// What values of a type have.
pub(crate) fn members(ty: &Type) -> Vec<Member> {
    match ty {
        Type::Object(object) => {
            let mut members = of_declared(object, &Type::clone(ty));
            if object.global == Some("k8s") {
                let known: Vec<String> = members.iter().map(|it| it.name.clone()).collect();
                let types =
                    types::all().filter(|it| !known.iter().any(|known| known == it.short_name()));
                members.extend(types.map(constructor));
                members.sort_by(|a, b| a.name.cmp(&b.name));
                members.dedup_by(|a, b| a.name == b.name);
            }
            members
        }
        Type::Resources(object, _) => of_declared(object, ty),
        Type::Module(module) => of_declared(&module.export, ty),
        Type::Workload(kind, _) => of_workload(kind),
        Type::Part(Field::Object(ty)) => ty.fields().map(of_api).collect(),
        Type::Part(Field::List(_)) => of_declared(crate::script::items_object(), ty),
        Type::Part(Field::Map(_)) => of_declared(crate::script::map_object(), ty),
        Type::Text => of_starlark(starlark::TEXT),
        Type::List(_) => of_starlark(starlark::LIST),
        Type::Dictionary(_) => of_starlark(starlark::DICTIONARY),
        _ => Vec::new(),
    }
}

/// The member `name` of values of a type.
pub(crate) fn find(ty: &Type, name: &str) -> Option<Member> {
    let declared = || members(ty).into_iter().find(|it| it.name == name);
    // The API's fields have more than one spelling.
    let field = |ty: Option<&'static ObjectType>| ty?.field(name).map(of_api);
    match ty {
        Type::Part(Field::Object(ty)) => field(Some(ty)),
        Type::Workload(kind, _) => {
            declared().or_else(|| field(types::of_kind(kind.api_version, &kind.kind)))
        }
        _ => declared(),
    }
}

fn of_declared(object: &'static Object, owner: &Type) -> Vec<Member> {
    let attributes = object.attributes.iter().map(|it| of_attribute(it, owner));
    let methods = object.methods.iter().map(|it| of_builtin(it, Some(object)));
    attributes.chain(methods).collect()
}

fn of_attribute(attribute: &Attribute, owner: &Type) -> Member {
    let ty = match (owner, attribute.value) {
        (Type::Resources(_, from), ReturnType::Object(_)) => {
            match kind_of_collection(attribute.name) {
                Some(kind) => Type::Collection(kind, from.clone()),
                None => Type::Volumes(from.clone()),
            }
        }
        (_, ReturnType::Object(object)) => of_object(object()),
        (_, ReturnType::Str) => Type::Text,
        (_, ReturnType::None) => Type::None,
        (_, ReturnType::Any) => Type::Any,
    };
    Member {
        name: attribute.name.to_owned(),
        kind: MemberKind::Attribute,
        detail: attribute.value.name().to_owned(),
        documentation: prose(attribute.documentation),
        evidence: Some(attribute.evidence),
        replacement: attribute.replacement,
        ty,
    }
}

/// A function, or the method of an object.
pub(crate) fn of_builtin(builtin: &'static Builtin, owner: Option<&'static Object>) -> Member {
    Member {
        name: builtin.name.to_owned(),
        kind: MemberKind::Method,
        detail: signature("", builtin),
        documentation: prose(builtin.documentation),
        evidence: Some(builtin.evidence),
        replacement: builtin.replacement,
        ty: Type::Builtin(builtin, owner),
    }
}

fn of_workload(kind: &Kind) -> Vec<Member> {
    let ty = types::of_kind(kind.api_version, &kind.kind);
    let mut members = Vec::new();
    if std::ptr::eq(kind.object(), workload()) {
        members = of_declared(workload(), &Type::Any);
    }
    for field in ty.into_iter().flat_map(ObjectType::fields) {
        let field = of_api(field);
        match members.iter_mut().find(|it| it.name == field.name) {
            // The API knows what is in it.
            Some(known) => {
                known.ty = field.ty;
                known.detail = field.detail;
            }
            None => members.push(field),
        }
    }
    members
}

/// A field of the Kubernetes API.
fn of_api(field: types::Field) -> Member {
    let spelled = format!("The field `{}` of the Kubernetes API.", field.name);
    let documentation = match field.description {
        "" => spelled,
        description => format!("{description}\n\n{spelled}"),
    };
    Member {
        name: field.snake(),
        kind: MemberKind::Attribute,
        detail: field_name(field.ty),
        documentation,
        evidence: None,
        replacement: None,
        ty: of_field(field.ty),
    }
}

fn constructor(ty: &'static ObjectType) -> Member {
    Member {
        name: ty.short_name().to_owned(),
        kind: MemberKind::Constructor,
        detail: format!("{}(…)", ty.short_name()),
        documentation: ty.description.to_owned(),
        evidence: Some(Evidence::Inferred),
        replacement: None,
        ty: Type::Constructor(ty),
    }
}

fn of_starlark(methods: &'static [Standard]) -> Vec<Member> {
    let members = methods.iter().map(|method| Member {
        name: method.name.to_owned(),
        kind: MemberKind::Method,
        detail: method.signature.to_owned(),
        documentation: method.documentation.to_owned(),
        evidence: None,
        replacement: None,
        ty: Type::Standard(method),
    });
    members.collect()
}

/// What a field holds, as types are written.
pub(crate) fn field_name(field: Field) -> String {
    match field {
        Field::Any => "value".to_owned(),
        Field::Text => "str".to_owned(),
        Field::Bool => "bool".to_owned(),
        Field::Int => "int".to_owned(),
        Field::Float => "float".to_owned(),
        Field::IntOrText => "int | str".to_owned(),
        Field::Quantity => "quantity".to_owned(),
        Field::List(items) => format!("list[{}]", field_name(items.ty())),
        Field::Map(items) => format!("dict[str, {}]", field_name(items.ty())),
        Field::Object(ty) => ty.short_name().to_owned(),
    }
}

impl Type {
    /// The type as types are written; none where it is not known.
    pub(crate) fn name(&self) -> Option<String> {
        let name = match self {
            Self::Any => return None,
            Self::None => "None".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Int => "int".to_owned(),
            Self::Float => "float".to_owned(),
            Self::Text => "str".to_owned(),
            Self::List(item) => match item.name() {
                Some(item) => format!("list[{item}]"),
                None => "list".to_owned(),
            },
            Self::Tuple(items) => {
                let items = items
                    .iter()
                    .map(|it| it.name().unwrap_or_else(|| "value".to_owned()));
                format!("tuple[{}]", items.collect::<Vec<_>>().join(", "))
            }
            Self::Dictionary(item) => match item.name() {
                Some(item) => format!("dict[str, {item}]"),
                None => "dict".to_owned(),
            },
            Self::Object(object) | Self::Resources(object, _) => object.name.to_owned(),
            Self::Collection(kind, _) => format!("Workloads ({})", kind.collection),
            Self::Volumes(_) => "Volumes".to_owned(),
            Self::Workload(kind, _) => match std::ptr::eq(kind.object(), workload()) {
                true => format!("Workload ({})", kind.kind),
                false => kind.kind.clone(),
            },
            Self::Part(field) => field_name(*field),
            Self::Module(module) => format!("module {}", module.export.name),
            Self::Builtin(..)
            | Self::Standard(_)
            | Self::Function { .. }
            | Self::Constructor(_) => "function".to_owned(),
        };
        Some(name)
    }
}

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
    pub(crate) takes: Option<&'static crate::script::ArgType>,
    /// The type of the values that it takes, where that is known.
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
            let is_text = it
                .default
                .is_some_and(|it| matches!(tree.node(it).kind, NodeKind::String(_)));
            CallParameter {
                name: tree.written(&it.name).to_owned(),
                detail: default.map_or(String::new(), |it| format!("= {}", tree.written(it))),
                documentation: String::new(),
                is_required: it.default.is_none() && it.stars.is_empty(),
                takes: None,
                ty: if is_text { Type::Text } else { Type::Any },
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
