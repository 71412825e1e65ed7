//! Tokens of ECR that nobody renews.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::Flaw;
use crate::rule::declare_rule;

declare_rule! {
    /// An image pull secret holds a token of Amazon ECR's.
    ///
    /// ## Why is this wrong?
    /// The user `AWS` goes with a token from `aws ecr get-login-password`, which expires after
    /// twelve hours. From then on the secret is of no use. The environment controller gets
    /// such tokens itself, as often as needed, with `configure_cred_helper(provider = "ecr", …)`.
    /// Nothing is said of a secret that an operator keeps, or where a job in the namespace
    /// renews it.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: ecr  # warning: "expires after 12 hours"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"123456789012.dkr.ecr.us-east-1.amazonaws.com": {"username": "AWS", "password": "an-example"}}}'
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: github
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"ghcr.io": {"username": "shop", "password": "an-example"}}}'
    /// ```
    "static-ecr-token" {
        severity: Warning, since: "0.1.0", catalogue: ["S14"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.held.has_job_about(&["ecr"]) {
        return;
    }
    for (secret, entry, flaw) in context.held.flaws() {
        let Flaw::AwsToken = flaw else {
            continue;
        };
        if secret.is_renewed {
            continue;
        }
        let message = format!(
            "{} is a token of ECR's, which expires after 12 hours",
            entry_of(secret, entry)
        );
        diagnostics.push(RULE.at(secret.at, message).help("let the controller ask for tokens, with `configure_cred_helper(provider = \"ecr\", …)`, and remove the secret"));
    }
}
