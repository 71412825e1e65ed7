//! The keys of Google's service accounts, which are passwords of the users `_json_key`
//! and `_json_key_base64`.

use serde_json::Value as Json;

use super::auth::decode;
use super::flaw::Flaw;

/// Why a password is no key of a service account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GoogleKeyFault {
    /// It is no JSON object.
    NotJson,
    /// It is base64 over several lines.
    Lines,
    /// It is credentials of another type.
    WrongType,
    /// It lacks this field.
    Missing(&'static str),
    /// Its private key lost its line breaks.
    NoLineBreaks,
}

/// What is wrong with the password of one of Google's users.
pub(super) fn fault(user: &str, password: &str) -> Option<Flaw> {
    if password.is_empty() {
        return None;
    }
    let is_json = |text: &[u8]| text.trim_ascii_start().starts_with(b"{");
    match user {
        "_json_key" if is_json(password.as_bytes()) => judge(password.as_bytes()),
        "_json_key" => match decoded(password) {
            Some(inner) if is_json(&inner) => Some(Flaw::EncodedGoogleKey),
            _ => Some(Flaw::BrokenGoogleKey(GoogleKeyFault::NotJson)),
        },
        "_json_key_base64" if is_json(password.as_bytes()) => Some(Flaw::PlainGoogleKey),
        "_json_key_base64" => match decoded(password) {
            Some(_) if password.trim().contains('\n') => {
                Some(Flaw::BrokenGoogleKey(GoogleKeyFault::Lines))
            }
            Some(inner) => judge(&inner),
            None => Some(Flaw::BrokenGoogleKey(GoogleKeyFault::NotJson)),
        },
        _ => None,
    }
}

fn decoded(password: &str) -> Option<Vec<u8>> {
    let text = password.trim();
    decode(text, true).or_else(|| decode(text, false))
}

fn judge(text: &[u8]) -> Option<Flaw> {
    let Ok(Json::Object(key)) = serde_json::from_slice::<Json>(text) else {
        return Some(Flaw::BrokenGoogleKey(GoogleKeyFault::NotJson));
    };
    let field = |name: &str| key.get(name).and_then(Json::as_str).unwrap_or_default();
    let fault = match field("type") {
        "service_account" => {
            let missing = ["client_email", "private_key"]
                .into_iter()
                .find(|name| field(name).is_empty());
            match missing {
                Some(name) => GoogleKeyFault::Missing(name),
                None if !field("private_key").trim().contains('\n') => GoogleKeyFault::NoLineBreaks,
                None => return None,
            }
        }
        "" => GoogleKeyFault::Missing("type"),
        _ => GoogleKeyFault::WrongType,
    };
    Some(Flaw::BrokenGoogleKey(fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(fault: GoogleKeyFault) -> Option<Flaw> {
        Some(Flaw::BrokenGoogleKey(fault))
    }

    #[test]
    fn a_key_has_its_form() {
        let right = r#"{"type": "service_account", "client_email": "a", "private_key": "b\nc\n"}"#;
        let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, right);
        assert_eq!(fault("_json_key", right), None);
        assert_eq!(fault("_json_key", &format!("{right}\n")), None);
        assert_eq!(fault("_json_key_base64", &encoded), None);
        assert_eq!(fault("_json_key", &encoded), Some(Flaw::EncodedGoogleKey));
        assert_eq!(fault("_json_key_base64", right), Some(Flaw::PlainGoogleKey));
        let lines = format!("{}\n{}", &encoded[..40], &encoded[40..]);
        assert_eq!(
            fault("_json_key_base64", &lines),
            broken(GoogleKeyFault::Lines)
        );
        assert_eq!(fault("somebody", "else"), None);
    }

    #[test]
    fn what_is_wrong_with_a_key_is_told() {
        for (text, expected) in [
            ("key.json", GoogleKeyFault::NotJson),
            ("{type: service_account}", GoogleKeyFault::NotJson),
            (r#"{"type": "authorized_user"}"#, GoogleKeyFault::WrongType),
            (r#"{"client_email": "a"}"#, GoogleKeyFault::Missing("type")),
            (
                r#"{"type": "service_account", "private_key": "a\nb"}"#,
                GoogleKeyFault::Missing("client_email"),
            ),
            (
                r#"{"type": "service_account", "client_email": "a", "private_key": "bc"}"#,
                GoogleKeyFault::NoLineBreaks,
            ),
        ] {
            assert_eq!(fault("_json_key", text), broken(expected), "{text}");
        }
    }
}
