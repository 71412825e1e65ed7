//! From values with places to parts that a script can change.

use super::{Content, Fields, Id, Item, Items, Map, Model, Part, Slot, Type};
use crate::kubernetes::types::{ObjectType, snake_case};
use crate::kubernetes::{Data, Value};
use crate::source::Span;

/// How deep objects are taken over. Files nest no deeper than their reader allows.
const MAX_DEPTH: usize = 200;

impl Model {
    /// Takes over a whole object of the type `ty`.
    pub(crate) fn import_object(
        &mut self,
        value: &Value,
        ty: Option<&'static ObjectType>,
        what: &str,
        from: Option<Span>,
    ) -> Id {
        let part = self.import_fields(value, ty, what, from, 0);
        self.add_part(what, from, part)
    }

    // The depth is bounded, so recursion is too.
    fn import_data(
        &mut self,
        value: &Value,
        ty: Type,
        what: &str,
        from: Option<Span>,
        depth: usize,
    ) -> Content {
        if depth > MAX_DEPTH {
            return Content::None;
        }
        let part = match (&value.data, ty) {
            (Data::Null, _) => return Content::None,
            (Data::Bool(value), _) => return Content::Bool(*value),
            (Data::Int(value), _) => return Content::Int(*value),
            (Data::Float(value), _) => return Content::Float(*value),
            (Data::Text(text), _) => return Content::Text(text.clone()),
            (Data::Unknown(unknown), _) => return Content::Unknown(unknown.clone()),
            (Data::List(items), _) => {
                let item = match ty {
                    Type::List(item) => item.ty(),
                    _ => Type::Any,
                };
                let items = items.iter().enumerate().map(|(index, value)| {
                    let what = format!("{what}[{index}]");
                    let content = self.import_data(value, item, &what, from, depth + 1);
                    Item {
                        index: None,
                        slot: slot(content, value),
                    }
                });
                let items = items.collect();
                Part::Items(Items {
                    item,
                    items,
                    is_open: false,
                })
            }
            (Data::Map(entries), Type::Map(of)) => {
                let of = of.ty();
                let entries = entries.iter().map(|(key, value)| {
                    let what = format!("{what}[{:?}]", key.name);
                    let content = self.import_data(value, of, &what, from, depth + 1);
                    (key.name.clone(), slot(content, value))
                });
                let entries = entries.collect();
                Part::Map(Map {
                    value: of,
                    entries,
                    is_open: false,
                })
            }
            (Data::Map(_), Type::Object(ty)) => {
                self.import_fields(value, Some(ty), what, from, depth)
            }
            (Data::Map(_), _) => self.import_fields(value, None, what, from, depth),
        };
        Content::Object(self.add_part(what, from, part))
    }

    fn import_fields(
        &mut self,
        value: &Value,
        ty: Option<&'static ObjectType>,
        what: &str,
        from: Option<Span>,
        depth: usize,
    ) -> Part {
        let entries = match &value.data {
            Data::Map(entries) => entries.as_slice(),
            _ => &[],
        };
        let fields = entries.iter().map(|(key, value)| {
            let field = ty.and_then(|ty| ty.api_field(&key.name));
            let name = snake_case(&key.name);
            let what = format!("{what}.{name}");
            let ty = field.map_or(Type::Any, |field| field.ty);
            let content = self.import_data(value, ty, &what, from, depth + 1);
            (key.name.clone(), slot(content, value))
        });
        let fields = fields.collect();
        Part::Fields(Fields {
            ty,
            fields,
            is_open: false,
        })
    }
}

fn slot(content: Content, value: &Value) -> Slot {
    Slot {
        content,
        at: value.at,
        origin: value.origin,
    }
}
