//! Keys with their values.

use crate::source::{Located, Span};

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    /// The key as it is written.
    pub key: Span,
    /// The value.
    pub value: Located<T>,
    /// Whether the value is what was probably meant by one of another type, which
    /// was reported.
    pub is_mended: bool,
}

/// An entry of a mapping whose keys are the user's own: a name and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name, which is the key.
    pub name: Located<String>,
    /// The text.
    pub value: Located<String>,
}
