//! What values have: attributes, methods, fields; and how they are shown.

use super::infer::{Type, of_field, of_object};
use super::prose;
use super::starlark::{self, Standard};
use crate::kubernetes::types::{self, ObjectType, Type as Field};
use crate::script::{
    Attribute, Builtin, Evidence, Kind, Object, ReturnType, kind_of_collection, signature, workload,
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
pub(super) fn of_api(field: types::Field) -> Member {
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
