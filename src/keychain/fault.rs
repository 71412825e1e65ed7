//! Why a pull secret cannot be read.

use std::fmt;

use super::AuthError;

/// Why a pull secret cannot be read. It tells nothing of the secret's values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The data is no base64.
    Base64 {
        /// The key of the data.
        field: &'static str,
    },
    /// What the data holds was encoded once too often.
    EncodedTwice {
        /// The key of the data.
        field: &'static str,
        /// Whether it stands in `stringData`, which is not encoded at all.
        is_plain: bool,
    },
    /// The content is no JSON.
    NotJson {
        /// The first line that is wrong, from 1.
        line: usize,
        /// The column of that line, in bytes from 1.
        column: usize,
    },
    /// The content begins with a byte-order mark, as some editors write it.
    ByteOrderMark,
    /// A part of the content is not what it has to be.
    WrongType {
        /// Which, with its path: `auths`, `HttpHeaders`.
        field: &'static str,
    },
    /// An entry is not what it has to be.
    WrongEntry {
        /// The key of the entry.
        key: String,
        /// The field; none for the entry itself.
        field: Option<&'static str>,
    },
    /// The field `auth` of an entry cannot be decoded.
    Auth {
        /// The key of the entry.
        key: String,
        /// Why.
        error: AuthError,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base64 { field } => write!(f, "`{field}` is not valid base64"),
            Self::EncodedTwice {
                field,
                is_plain: false,
            } => write!(f, "`{field}` is base64 of base64"),
            Self::EncodedTwice {
                field,
                is_plain: true,
            } => write!(f, "`{field}` of `stringData` is base64, and has to be JSON"),
            Self::NotJson { line, column } => write!(
                f,
                "its content is not valid JSON, at line {line}, column {column}"
            ),
            Self::ByteOrderMark => f.write_str("its content begins with a byte-order mark"),
            Self::WrongType { field } => write!(f, "`{field}` is no object"),
            Self::WrongEntry { key, field: None } => {
                write!(f, "the entry of `{key}` is no object")
            }
            Self::WrongEntry {
                key,
                field: Some(field),
            } => write!(f, "`{field}` of `{key}` is no text"),
            Self::Auth { key, error } => write!(f, "the entry of `{key}`: {error}"),
        }
    }
}

impl std::error::Error for Fault {}
