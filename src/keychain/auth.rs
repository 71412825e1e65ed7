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
    /// It is base64 of the alphabet for URLs, with `-` and `_`.
    UrlAlphabet,
    /// White space stands around it.
    WhiteSpace,
    /// It is `username:password` itself, without base64.
    Plain,
    /// It was encoded twice.
    Twice,
    /// What it encodes is no `username:password`.
    NoColon,
    /// What it encodes is no text.
    NotText,
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Base64 => "`auth` is not valid base64",
            Self::UrlAlphabet => "`auth` is base64 of the alphabet for URLs",
            Self::WhiteSpace => "`auth` has white space around its base64",
            Self::Plain => "`auth` is `username:password` itself, without base64",
            Self::Twice => "`auth` is base64 of base64",
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
    let text = |bytes| String::from_utf8(bytes).map_err(|_| AuthError::NotText);
    let (username, password) = decode_bytes(auth)?;
    Ok((text(username)?, text(password)?))
}

/// The same, whatever the bytes mean: to the kubelet a password is no text.
pub(super) fn decode_bytes(auth: &str) -> Result<(Vec<u8>, Vec<u8>), AuthError> {
    let is_padded = auth.trim().ends_with('=');
    let bytes = decode(auth, is_padded).ok_or_else(|| why_no_base64(auth))?;
    let colon = bytes.iter().position(|it| *it == b':');
    let Some(colon) = colon else {
        let inner = str::from_utf8(&bytes).ok();
        let inner = inner.and_then(|it| decode(it, it.trim().ends_with('=')));
        return Err(match inner {
            Some(inner) if inner.contains(&b':') => AuthError::Twice,
            _ => AuthError::NoColon,
        });
    };
    Ok((bytes[..colon].to_owned(), bytes[colon + 1..].to_owned()))
}

fn why_no_base64(auth: &str) -> AuthError {
    let decodes = |text: &str| decode(text, text.ends_with('=')).is_some();
    let standard = auth.trim().replace('-', "+").replace('_', "/");
    if auth.trim() != auth && decodes(auth.trim()) {
        AuthError::WhiteSpace
    } else if auth.contains(':') {
        AuthError::Plain
    } else if standard != auth && decodes(&standard) {
        AuthError::UrlAlphabet
    } else {
        AuthError::Base64
    }
}

/// Whether clients that insist on padding read `auth`, which the kubelet reads.
pub(super) fn is_padded(auth: &str) -> bool {
    auth.bytes()
        .filter(|it| !matches!(it, b'\r' | b'\n'))
        .count()
        % 4
        == 0
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
        assert_eq!(decoded("Zm9vOmE6Yg=="), pair("foo", "a:b"));
        assert_eq!(decoded("Zm9vOmJhcgo="), pair("foo", "bar\n"));
    }

    #[test]
    fn what_cannot_be_decoded_says_why() {
        for (auth, expected) in [
            ("cGFudHM=", AuthError::NoColon),
            ("Zm9vOmJhcg== ", AuthError::WhiteSpace),
            ("foo:bar", AuthError::Plain),
            ("Wm05dk9tSmhjZz09", AuthError::Twice),
            ("Zm9vOj8_Pz8_", AuthError::UrlAlphabet),
            ("%%%", AuthError::Base64),
            ("Zm9vOv8=", AuthError::NotText),
        ] {
            assert_eq!(decode_auth(auth), Err(expected), "{auth}");
        }
    }
}
