//! Entries without a password.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// An entry of an image pull secret has a user name and no password.
    ///
    /// ## Why is this wrong?
    /// No registry gives anything for a user name alone. It happens when the command that
    /// reads the password fails: the key of a Google service account is plain JSON when it is
    /// downloaded, and `--docker-password="$(cat FILENAME | base64 -d)"` decodes what is not
    /// encoded, which gives nothing.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: google  # error: "has no password"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"gcr.io": {"username": "_json_key", "password": ""}}}'
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
    "secret-without-password" {
        severity: Error, since: "0.1.0", catalogue: ["S18"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::NoPassword = flaw else {
            continue;
        };
        let is_google = entry
            .username
            .as_deref()
            .is_some_and(|it| it.starts_with("_json_key"));
        let help = match is_google {
            true => {
                "the downloaded key is plain JSON: give `--docker-password=\"$(cat FILENAME)\"`"
            }
            false => "make it anew with `kubectl create secret docker-registry`",
        };
        let message = format!("{} has no password", entry_of(secret, entry));
        diagnostics.push(RULE.at(secret.at, message).help(help));
    }
}
