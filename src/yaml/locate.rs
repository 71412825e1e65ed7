//! From JSON pointers, which validators speak, to places.

use super::{Budget, Kind, NodeId, Tree};
use crate::source::Span;

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its key, if it is in a mapping.
    pub(crate) key: Option<Span>,
    /// The value itself.
    pub(crate) value: Span,
}

impl Tree {
    /// Where the value at `pointer` below `root` stands. The pointer is RFC 6901's:
    /// `/a/0/b`, `~1` for `/` and `~0` for `~`; the empty one is the root itself.
    pub(crate) fn locate(&self, root: NodeId, pointer: &str) -> Option<Place> {
        let mut budget = Budget::new(1_000_000);
        let mut place = Place {
            key: None,
            value: self.span(root),
        };
        let mut node = root;
        for part in pointer.split('/').skip(1) {
            let part = part.replace("~1", "/").replace("~0", "~");
            let (key, value) = match self.kind(node) {
                Kind::Sequence(items) => (None, *items.get(part.parse::<usize>().ok()?)?),
                Kind::Mapping(_) => {
                    let entries = self.entries(node, &mut budget).into_iter();
                    // Of duplicates the last one counts.
                    let mut named = entries.filter(|it| self.name(it.key) == Some(&part));
                    let entry = named.next_back()?;
                    (Some(self.span(entry.key)), entry.value)
                }
                _ => return None,
            };
            node = value;
            place = Place {
                key,
                value: self.span(value),
            };
        }
        Some(place)
    }
}
