//! A Kubernetes object as a tree of values that know where they were decided.

use std::fmt;

use crate::source::{Located, Span};
use crate::unknown::Unknown;

/// A Kubernetes object.
#[derive(Clone)]
pub(crate) struct Object {
    /// `apps/v1`; empty when the file does not say.
    pub(crate) api_version: String,
    /// `Deployment`.
    pub(crate) kind: String,
    /// Its `metadata.name`; empty when the file does not say.
    pub(crate) name: String,
    /// Its `metadata.namespace`.
    pub(crate) namespace: Option<String>,
    /// All of it, a [`Data::Map`] with the API's own field names (`workingDir`).
    pub(crate) value: Value,
}

/// A value, and where it was decided.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    /// What it is.
    pub(crate) data: Data,
    /// Where it was decided: the value in its file. What a file stands for and
    /// does not write out, a default for example, has the place that asked for it.
    pub(crate) at: Span,
    /// Where it was decided first, when that is another place than `at` and can
    /// be told: the literal that a script's variable was bound to.
    pub(crate) origin: Option<Span>,
}

/// What a [`Value`] is.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Value>),
    /// The entries in their order, each key once.
    Map(Vec<(Key, Value)>),
    /// Known only at run time.
    Unknown(Unknown),
}

/// A key of a [`Data::Map`].
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// The name as the API spells it.
    pub(crate) name: String,
    /// Where it is written.
    pub(crate) at: Span,
}

/// What a secret holds is not shown.
impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Object");
        shown
            .field("api_version", &self.api_version)
            .field("kind", &self.kind)
            .field("name", &self.name)
            .field("namespace", &self.namespace);
        if self.is_secret() {
            shown.finish_non_exhaustive()
        } else {
            shown.field("value", &self.value).finish()
        }
    }
}

impl Object {
    /// Leaves out who wrote which field, which is half of what a cluster tells.
    pub(super) fn drop_managed_fields(&mut self) {
        if let Data::Map(entries) = &mut self.value.data
            && let Some((_, metadata)) = entries.iter_mut().find(|it| it.0.name == "metadata")
            && let Data::Map(entries) = &mut metadata.data
        {
            entries.retain(|(key, _)| key.name != "managedFields");
        }
    }

    /// Whether it is a secret, whose values are shown nowhere.
    pub(crate) fn is_secret(&self) -> bool {
        // Of what is mistyped, too much is hidden rather than too little.
        self.kind.eq_ignore_ascii_case("secret")
    }
}

impl Value {
    pub(crate) fn new(data: Data, at: Span) -> Self {
        Self {
            data,
            at,
            origin: None,
        }
    }

    /// The text with its places, if it is one.
    pub(crate) fn located_text(&self) -> Option<Located<String>> {
        let mut located = Located::new(self.text()?.to_owned(), self.at);
        located.origin = self.origin;
        Some(located)
    }

    /// Has every place be what `place` makes of it.
    pub(crate) fn map_places(&mut self, place: &impl Fn(Span) -> Span) {
        self.at = place(self.at);
        self.origin = self.origin.map(place);
        match &mut self.data {
            Data::List(items) => items.iter_mut().for_each(|it| it.map_places(place)),
            Data::Map(entries) => {
                for (key, value) in entries {
                    key.at = place(key.at);
                    value.map_places(place);
                }
            }
            _ => {}
        }
    }

    /// The entry `name`, if this is a map that has it.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match &self.data {
            Data::Map(entries) => entries
                .iter()
                .find_map(|(key, value)| (key.name == name).then_some(value)),
            _ => None,
        }
    }

    /// The entry `name`, to be changed.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        match &mut self.data {
            Data::Map(entries) => entries
                .iter_mut()
                .find_map(|(key, value)| (key.name == name).then_some(value)),
            _ => None,
        }
    }

    /// The value that the names of `path` lead to, one map after the other.
    pub(crate) fn at_path(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |value, name| value.get(name))
    }

    /// The same, to change it.
    pub(crate) fn at_path_mut(&mut self, path: &[&str]) -> Option<&mut Self> {
        path.iter()
            .try_fold(self, |value, name| match &mut value.data {
                Data::Map(entries) => {
                    let mut entries = entries.iter_mut();
                    entries.find_map(|(key, value)| (key.name == *name).then_some(value))
                }
                _ => None,
            })
    }

    /// Whether `is_meant` is true of a text within it. Files nest no deeper than their
    /// reader allows.
    pub(crate) fn has_text(&self, is_meant: &impl Fn(&str) -> bool) -> bool {
        match &self.data {
            Data::Text(text) => is_meant(text),
            Data::List(items) => items.iter().any(|it| it.has_text(is_meant)),
            Data::Map(entries) => entries.iter().any(|(_, it)| it.has_text(is_meant)),
            _ => false,
        }
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }
}
