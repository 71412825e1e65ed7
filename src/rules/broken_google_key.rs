//! Passwords of `_json_key` that are no key.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::{Flaw, GoogleKeyFault};
use crate::rule::declare_rule;

declare_rule! {
    /// The password of `_json_key` is no key of a service account.
    ///
    /// ## Why is this wrong?
    /// The password is the whole JSON file that Google gives out for a service account, letter
    /// by letter. Unquoted in a shell it loses its quotes, and some tools lose the line breaks
    /// of `private_key`; credentials of a person (`authorized_user`) are no such key. Google
    /// answers `Unable to parse json key`.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: google  # error: "of another type than `service_account`"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"gcr.io": {"username": "_json_key", "password": "{\"type\": \"authorized_user\"}"}}}'
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
    "broken-google-key" {
        severity: Error, since: "0.1.0", catalogue: ["S19"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::BrokenGoogleKey(fault) = flaw else {
            continue;
        };
        let why = match fault {
            GoogleKeyFault::NotJson => "its password is no JSON".to_owned(),
            GoogleKeyFault::Lines => "its base64 has several lines".to_owned(),
            GoogleKeyFault::WrongType => "it is of another type than `service_account`".to_owned(),
            GoogleKeyFault::Missing(field) => format!("it has no `{field}`"),
            GoogleKeyFault::NoLineBreaks => "its `private_key` has lost its line breaks".to_owned(),
        };
        let message = format!(
            "{} is no key of a service account: {why}",
            entry_of(secret, entry)
        );
        diagnostics.push(RULE.at(secret.at, message).help("make it anew with `--docker-password=\"$(cat FILENAME)\"`, in double quotes, of the file as it was downloaded"));
    }
}
