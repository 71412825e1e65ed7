//! `raftt.yml`: from text to values that know their places.
//!
//! Every key is declared once, in [`keys`](self::keys): the struct's field, how it
//! is read, what is said about it and its place in the published schema follow
//! from there.

mod entry;
mod key;
mod keys;
mod load;
mod moving;
mod read;
mod reader;
mod rules;
pub(crate) mod schema;
mod script_file;
mod values;

pub use entry::{Entry, Variable};
pub use keys::{Build, DataSource, Debugging, DeclaredSecret, DirectOptions, ProjectFile};

#[cfg(feature = "lsp")]
pub(crate) use key::{Key, NamedFile, Status};
#[cfg(feature = "lsp")]
pub(crate) use keys::PLACES;
pub(crate) use read::read;
pub(crate) use rules::setting_in_wrong_file;

/// The rules that reading `raftt.yml` reports.
pub(crate) const RULES: &[&crate::rule::Rule] = rules::ALL;

#[cfg(test)]
mod tests;
