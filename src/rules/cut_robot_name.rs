//! Robots without their name.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// The user name of an image pull secret was cut off at its `$`.
    ///
    /// ## Why is this wrong?
    /// Harbor names its robots `robot$ci`. Unquoted, or in double quotes, a shell takes `$ci`
    /// for a variable, which is empty, and what arrives is `robot`.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: harbor  # warning: "was cut off at its `$`"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"harbor.example.com": {"username": "robot", "password": "an-example"}}}'
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: harbor
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"harbor.example.com": {"username": "robot$ci", "password": "an-example"}}}'
    /// ```
    "cut-robot-name" {
        severity: Warning, since: "0.1.0", catalogue: ["S22"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::CutRobot = flaw else {
            continue;
        };
        let message = format!(
            "{} has the user `robot`: the name of a Harbor robot was cut off at its `$`",
            entry_of(secret, entry)
        );
        diagnostics.push(
            RULE.at(secret.at, message)
                .help("write it in single quotes: `--docker-username='robot$NAME'`"),
        );
    }
}
