//! The field `auth` of an entry.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Why the field `auth` could not be read. It never holds any of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthError {
    /// It is no base64 of the standard alphabet.
    Base64,
    /// What it encodes is no `username:password`.
    NoColon,
    /// What it encodes is no text.
    NotText,
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Base64 => "`auth` is not valid base64",
            Self::NoColon => "`auth` does not encode `username:password`",
            Self::NotText => "`auth` does not encode a text",
        })
    }
}

impl std::error::Error for AuthError {}

/// User name and password of the field `auth`, as the kubelet decodes it: line
/// breaks are skipped, padding is needed where the text ends in it, and the first
/// colon ends the user name.
///
/// # Errors
/// Why it cannot be decoded.
pub fn decode_auth(auth: &str) -> Result<(String, String), AuthError> {
    let is_padded = auth.trim().ends_with('=');
    let bytes = decode(auth, is_padded).ok_or(AuthError::Base64)?;
    let text = String::from_utf8(bytes).map_err(|_| AuthError::NotText)?;
    let (username, password) = text.split_once(':').ok_or(AuthError::NoColon)?;
    Ok((username.to_owned(), password.to_owned()))
}

/// What base64 `text` encodes, as Go decodes it.
pub(super) fn decode(text: &str, is_padded: bool) -> Option<Vec<u8>> {
    let padding = match is_padded {
        true => DecodePaddingMode::RequireCanonical,
        false => DecodePaddingMode::RequireNone,
    };
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(padding)
        .with_decode_allow_trailing_bits(true);
    let plain: String = text
        .chars()
        .filter(|it| !matches!(it, '\r' | '\n'))
        .collect();
    GeneralPurpose::new(&STANDARD, config).decode(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::{AuthError, decode_auth};

    #[test]
    fn the_first_colon_ends_the_user_name() {
        let decoded = |auth| decode_auth(auth).map_err(|it| it.to_string());
        let pair = |user: &str, password: &str| Ok((user.to_owned(), password.to_owned()));
        assert_eq!(decoded("Zm9vOmJhcg=="), pair("foo", "bar"));
        assert_eq!(decoded("Zm9vOmJhcg"), pair("foo", "bar"));
        assert_eq!(decoded("Zm9vOm\nJhcg==\n"), pair("foo", "bar"));
        assert_eq!(decoded("OmJhcg=="), pair("", "bar"));
        assert_eq!(decoded("Zm9vOmJhcgo="), pair("foo", "bar\n"));
        assert_eq!(decode_auth("cGFudHM="), Err(AuthError::NoColon));
        assert_eq!(decode_auth("Zm9vOmJhcg== "), Err(AuthError::Base64));
    }
}
