//! A Kubernetes object as a tree of values that know where they were decided.

use crate::source::{Located, Span};
use crate::unknown::Unknown;

/// A Kubernetes object.
#[derive(Clone, Debug)]
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

    /// The entry `name`, if this is a map that has it.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match &self.data {
            Data::Map(entries) => entries
                .iter()
                .find_map(|(key, value)| (key.name == name).then_some(value)),
            _ => None,
        }
    }

    /// The value that the names of `path` lead to, one map after the other.
    pub(crate) fn at_path(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |value, name| value.get(name))
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
