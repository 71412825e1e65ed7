//! Plain keys of the user `_json_key_base64`.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// A plain JSON key goes with the user `_json_key_base64`.
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
    ///   name: google  # error: "and its password is JSON"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"gcr.io": {"username": "_json_key_base64", "password": "{\"type\": \"service_account\", \"client_email\": \"reader@shop.iam.gserviceaccount.com\", \"private_key\": \"an\\nexample\\n\"}"}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: google
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"gcr.io": {"username": "_json_key", "password": "{\"type\": \"service_account\", \"client_email\": \"reader@shop.iam.gserviceaccount.com\", \"private_key\": \"an\\nexample\\n\"}"}}}'
    /// ```
    "plain-google-key" {
        severity: Error, since: "0.1.0", catalogue: ["S17"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::PlainGoogleKey = flaw else {
            continue;
        };
        let message = format!(
            "{} has the user `_json_key_base64`, and its password is JSON",
            entry_of(secret, entry)
        );
        diagnostics.push(
            RULE.at(secret.at, message)
                .help("the user of a plain key is `_json_key`"),
        );
    }
}
