//! The value of a secret: asked whether it is something, never shown.

use std::fmt;
use std::sync::Arc;

use starlark::values::{Heap, Value};

/// The value of a secret that the caller gave. Scripts see an unknown value; only
/// what they ask about it, `get_secret("stage") == "production"`, is answered, so
/// that no part of it can reach an image, a message or the plan.
#[derive(Clone)]
pub(crate) struct Secret(Arc<str>);

impl Secret {
    pub(crate) fn new(value: &str) -> Self {
        Self(value.into())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value as a text, for a question that is answered at once.
    pub(crate) fn as_value<'v>(&self, heap: Heap<'v>) -> Value<'v> {
        heap.alloc_str(&self.0).to_value()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The methods of texts that only say whether something is so.
pub(crate) const QUESTIONS: &[&str] = &[
    "startswith",
    "endswith",
    "isalnum",
    "isalpha",
    "isdigit",
    "islower",
    "isspace",
    "isupper",
];
