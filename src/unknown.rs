//! What only the cluster or a later step knows.

use crate::source::Span;

/// A value that only the cluster or a later step knows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unknown {
    /// What it is, in code as the script would write it: `get_env_id()`.
    pub what: String,
    /// Where it was asked for. None when it stands in for what a mistake, which
    /// was reported, left open.
    pub from: Option<Span>,
}
