//! From parts, as the script left them, to values with places.

use super::{Content, Id, Model, Part, Slot};
use crate::kubernetes::{Data, Key, Value};
use crate::source::Span;
use crate::unknown::Unknown;

/// How deep parts are followed. Scripts can put an object into itself.
const MAX_DEPTH: usize = 64;
/// How many parts one object may be made of. Scripts can share a part so often
/// that writing it out would take longer than anybody waits.
const MAX_PARTS: usize = 200_000;

impl Model {
    /// What the part `id` has become. Empty parts that nobody wrote are left out.
    pub(crate) fn export(&self, id: Id, at: Span) -> Value {
        let mut left = MAX_PARTS;
        self.export_part(id, at, 0, &mut left)
    }

    fn export_part(&self, id: Id, at: Span, depth: usize, left: &mut usize) -> Value {
        *left = left.saturating_sub(1);
        let is_too_much = depth > MAX_DEPTH || *left == 0;
        let Some(part) = self.part(id).filter(|_| !is_too_much) else {
            return Value::new(Data::Unknown(self.unknown(id)), at);
        };
        let data = match part {
            Part::Items(list) => {
                let items = list.items.iter();
                Data::List(
                    items
                        .map(|it| self.export_slot(&it.slot, depth, left))
                        .collect(),
                )
            }
            Part::Fields(fields) => self.export_entries(&fields.fields, depth, left),
            Part::Map(map) => self.export_entries(&map.entries, depth, left),
        };
        Value::new(data, at)
    }

    fn export_entries(&self, entries: &[(String, Slot)], depth: usize, left: &mut usize) -> Data {
        let there = entries.iter().filter(|(_, slot)| match slot.content {
            Content::None => false,
            Content::Object(id) => !self.is_empty_part(id),
            _ => true,
        });
        let entries = there.map(|(name, slot)| {
            let key = Key {
                name: name.clone(),
                at: slot.at,
            };
            (key, self.export_slot(slot, depth, left))
        });
        Data::Map(entries.collect())
    }

    fn export_slot(&self, slot: &Slot, depth: usize, left: &mut usize) -> Value {
        let data = match &slot.content {
            Content::None => Data::Null,
            Content::Bool(value) => Data::Bool(*value),
            Content::Int(value) => Data::Int(*value),
            Content::Float(value) => Data::Float(*value),
            Content::Text(text) => Data::Text(text.clone()),
            Content::Unknown(unknown) => Data::Unknown(unknown.clone()),
            Content::Object(id) => match self.part(*id) {
                Some(_) => self.export_part(*id, slot.at, depth + 1, left).data,
                None => Data::Unknown(Unknown {
                    what: self.entry(*id).what.clone(),
                    from: None,
                }),
            },
        };
        Value {
            data,
            at: slot.at,
            origin: slot.origin,
        }
    }
}
