//! Keys in base64 of the user `_json_key`.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// A key in base64 goes with the user `_json_key`.
    ///
    /// ## Why is this wrong?
    /// Google's registries take the key of a service account as a password: as it is, with the
    /// user `_json_key`, or as base64 in one line, with the user `_json_key_base64`. With the
    /// other user it is `unauthorized`.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: google  # error: "and its password is base64"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"gcr.io": {"username": "_json_key", "password": "eyJ0eXBlIjogInNlcnZpY2VfYWNjb3VudCIsICJjbGllbnRfZW1haWwiOiAicmVhZGVyQHNob3AuaWFtLmdzZXJ2aWNlYWNjb3VudC5jb20iLCAicHJpdmF0ZV9rZXkiOiAiYW5cbmV4YW1wbGVcbiJ9"}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: google
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"gcr.io": {"username": "_json_key_base64", "password": "eyJ0eXBlIjogInNlcnZpY2VfYWNjb3VudCIsICJjbGllbnRfZW1haWwiOiAicmVhZGVyQHNob3AuaWFtLmdzZXJ2aWNlYWNjb3VudC5jb20iLCAicHJpdmF0ZV9rZXkiOiAiYW5cbmV4YW1wbGVcbiJ9"}}}'
    /// ```
    "encoded-google-key" {
        severity: Error, since: "0.1.0", catalogue: ["S16"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::EncodedGoogleKey = flaw else {
            continue;
        };
        let message = format!(
            "{} has the user `_json_key`, and its password is base64",
            entry_of(secret, entry)
        );
        diagnostics.push(
            RULE.at(secret.at, message)
                .help("the user of a key in base64 is `_json_key_base64`"),
        );
    }
}
