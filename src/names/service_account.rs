//! Names of Kubernetes service accounts.

use std::fmt;

/// The name of a Kubernetes service account: an RFC 1123 subdomain.
///
/// Source: Kubernetes' `ValidateServiceAccountName`, which is `NameIsDNSSubdomain`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceAccountName(String);

/// Why a text is no name of a service account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServiceAccountError {
    /// It is empty.
    Empty,
    /// It is longer than 253 characters.
    TooLong,
    /// It has a character that is no lower-case letter, digit, `-` or `.`, here.
    BadCharacter {
        /// The character.
        character: char,
        /// Its offset in bytes.
        at: usize,
    },
    /// A part between dots is empty, or does not begin and end with a letter or digit, here.
    BadEdge {
        /// The offset in bytes.
        at: usize,
    },
}

impl fmt::Display for ServiceAccountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong => f.write_str("it is longer than 253 characters"),
            Self::BadCharacter { character, .. } => write!(
                f,
                "`{character}` is no lower-case letter, digit, `-` or `.`"
            ),
            Self::BadEdge { .. } => {
                f.write_str("every part between dots must begin and end with a letter or digit")
            }
        }
    }
}

impl std::error::Error for ServiceAccountError {}

impl ServiceAccountName {
    /// Checks `name`.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(name: &str) -> Result<Self, ServiceAccountError> {
        if name.is_empty() {
            return Err(ServiceAccountError::Empty);
        }
        let is_allowed =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        if let Some((at, character)) = name.char_indices().find(|(_, c)| !is_allowed(*c)) {
            return Err(ServiceAccountError::BadCharacter { character, at });
        }
        if name.len() > 253 {
            return Err(ServiceAccountError::TooLong);
        }
        let mut at = 0;
        for part in name.split('.') {
            let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if !is_edge(part.chars().next()) {
                return Err(ServiceAccountError::BadEdge { at });
            }
            if !is_edge(part.chars().next_back()) {
                let at = at + part.len() - 1;
                return Err(ServiceAccountError::BadEdge { at });
            }
            at += part.len() + 1;
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::ServiceAccountName;

    #[test]
    fn names_are_rfc_1123_subdomains() {
        let long = "a".repeat(253);
        for name in ["default", "raftt-ecr", "a.b-c.d1", "1", &long] {
            assert!(ServiceAccountName::parse(name).is_ok(), "{name}");
        }
        let too_long = "a".repeat(254);
        let wrong = [
            "", "A", "a_b", "-a", "a-", "a..b", ".a", "a.", "a.-b", "a/b", "a b", &too_long,
        ];
        for name in wrong {
            assert!(ServiceAccountName::parse(name).is_err(), "{name}");
        }
    }
}
