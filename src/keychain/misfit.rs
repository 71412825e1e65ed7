//! Secrets that hold Docker's configuration and are no pull secrets.

use super::secret::{TYPES, name_of};
use crate::kubernetes::{Object, Value};
use crate::source::Span;

/// A secret that was meant to be a pull secret, and that the kubelet does not take
/// for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    pub(crate) name: String,
    /// Where it is named, or where its type is.
    pub(crate) at: Span,
    /// Its type; none where it has none.
    pub(crate) ty: Option<String>,
    /// The key of its data.
    pub(crate) field: &'static str,
    /// The type that has this key.
    pub(crate) type_of_field: &'static str,
    /// The key that its type has, if it is one of pull secrets.
    pub(crate) field_of_type: Option<&'static str>,
}

impl Misfit {
    /// The misfit that `object` is, if it is one.
    pub(super) fn of(object: &Object) -> Option<Self> {
        if object.kind != "Secret" {
            return None;
        }
        let has = |field: &str| {
            let parts = ["data", "stringData"];
            parts
                .iter()
                .any(|part| object.value.at_path(&[part, field]).is_some())
        };
        let ty = object.value.get("type");
        let name = ty.and_then(Value::text);
        let own = TYPES.iter().find(|(known, _)| Some(*known) == name);
        if own.is_some_and(|(_, field)| has(field)) {
            return None;
        }
        let (type_of_field, field) = TYPES.iter().find(|(_, field)| has(field))?;
        Some(Self {
            name: object.name.clone(),
            at: ty.map_or_else(|| name_of(object), |it| it.at),
            ty: name.map(str::to_owned),
            field,
            type_of_field,
            field_of_type: own.map(|(_, field)| *field),
        })
    }
}
