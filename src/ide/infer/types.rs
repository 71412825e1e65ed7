//! Kinds of values, and what the language declares of them.

use crate::ide::Location;
use crate::ide::starlark::{self, Standard};
use crate::kubernetes::types::{self, ObjectType, Type as Field};
use crate::script::{
    Builtin, Kind, Module, Object, ReturnType, functions, global_objects, volume, volumes,
};

/// A kind of value.
#[derive(Clone, Debug)]
pub(crate) enum Type {
    /// Not known.
    Any,
    None,
    Bool,
    Int,
    Float,
    Text,
    List(Box<Type>),
    Tuple(Vec<Type>),
    Dictionary(Box<Type>),
    /// An object of the language, of which no more is known.
    Object(&'static Object),
    /// What a call loaded; where the call is, if it can be told.
    Resources(&'static Object, Option<Location>),
    /// The objects of one kind.
    Collection(Kind, Option<Location>),
    /// Named volumes.
    Volumes(Option<Location>),
    /// An object with a kind, and its name.
    Workload(Kind, Option<String>),
    /// A part of a Kubernetes object.
    Part(Field),
    Module(&'static Module),
    Builtin(&'static Builtin, Option<&'static Object>),
    Standard(&'static Standard),
    /// `k8s.Volume`.
    Constructor(&'static ObjectType),
    /// A function of a script, by its path and name.
    Function {
        path: String,
        name: String,
    },
}

/// What every script has under that name.
pub(crate) fn global(name: &str) -> Type {
    if let Some(builtin) = functions().find(|it| it.name == name) {
        return Type::Builtin(builtin, None);
    }
    if let Some(object) = global_objects().find(|it| it.global == Some(name)) {
        return Type::Object(object);
    }
    match name {
        "True" | "False" => Type::Bool,
        "None" => Type::None,
        _ => starlark::function(name).map_or(Type::Any, Type::Standard),
    }
}

/// The type of what the language declares as `object`.
pub(crate) fn of_object(object: &'static Object) -> Type {
    match object.name {
        "Resources" => Type::Resources(object, None),
        "Container" => Type::Part(Field::Object(types::container())),
        _ if std::ptr::eq(object, volumes()) => Type::Volumes(None),
        _ => Type::Object(object),
    }
}

/// The type of what a declaration says is returned.
pub(crate) fn of_return(returns: ReturnType) -> Type {
    match returns {
        ReturnType::None => Type::None,
        // Nearly every function that gives text is about something else.
        ReturnType::Str | ReturnType::Any => Type::Any,
        ReturnType::Object(object) => of_object(object()),
    }
}

/// The type of a field of the Kubernetes API.
pub(crate) fn of_field(field: Field) -> Type {
    match field {
        Field::Any | Field::IntOrText => Type::Any,
        Field::Text | Field::Quantity => Type::Text,
        Field::Bool => Type::Bool,
        Field::Int => Type::Int,
        Field::Float => Type::Float,
        Field::List(_) | Field::Map(_) | Field::Object(_) => Type::Part(field),
    }
}

/// What going over a value gives.
pub(super) fn element(ty: Type) -> Type {
    match ty {
        Type::List(item) => *item,
        Type::Tuple(items) => items.into_iter().next().unwrap_or(Type::Any),
        Type::Dictionary(_) | Type::Part(Field::Map(_)) => Type::Text,
        Type::Part(Field::List(items)) => of_field(items.ty()),
        Type::Collection(kind, _) => Type::Workload(kind, None),
        Type::Volumes(_) => Type::Object(volume()),
        _ => Type::Any,
    }
}

/// The part with that number of what is unpacked.
pub(super) fn part(ty: Type, index: usize) -> Type {
    match ty {
        Type::Tuple(items) => items.into_iter().nth(index).unwrap_or(Type::Any),
        Type::List(item) => *item,
        _ => Type::Any,
    }
}
