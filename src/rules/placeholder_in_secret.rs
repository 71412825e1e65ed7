//! Placeholders in pull secrets.

use super::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::held::entry_of;
use crate::keychain::{Flaw, KeyMistakeKind};
use crate::rule::declare_rule;

declare_rule! {
    /// An image pull secret still has a placeholder.
    ///
    /// ## Why is this wrong?
    /// The text of an example was not replaced. `REGISTRY_URL` in Raftt's own documentation
    /// stands for a host such as `gcr.io`, and is missing in the list of what to replace.
    /// No client reads the email, so there it is only advice.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: google  # error: "its host is still to be filled in"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"REGISTRY_URL": {"username": "shop", "password": "an-example"}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: google
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"us-docker.pkg.dev": {"username": "shop", "password": "an-example"}}}'
    /// ```
    "placeholder-in-secret" {
        severity: Error, since: "0.1.0", catalogue: ["S20"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, mistake) in context.held.wrong_keys() {
        if mistake.kind == KeyMistakeKind::Placeholder {
            let message = format!(
                "{} serves no image: {}",
                entry_of(secret, entry),
                mistake.why
            );
            let help = "make it anew with `--docker-server=HOST`, the registry's host";
            diagnostics.push(RULE.at(secret.at, message).help(help));
        }
    }
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::Placeholder(field) = flaw else {
            continue;
        };
        let severity = match field {
            "email" => Severity::Advice,
            _ => Severity::Error,
        };
        let message = format!(
            "{}: its `{field}` is still to be filled in",
            entry_of(secret, entry)
        );
        let help = format!("make it anew with `--docker-{field}=…`");
        diagnostics.push(RULE.at(secret.at, message).severity(severity).help(help));
    }
}
