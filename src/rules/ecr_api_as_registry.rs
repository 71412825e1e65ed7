//! ECR's API in place of a registry.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// The endpoint of the ECR API is listed as a registry.
    ///
    /// ## Why is this wrong?
    /// `api.ecr.REGION.amazonaws.com` answers the AWS command line. Images are pulled from the
    /// registry of an account: `ACCOUNT.dkr.ecr.REGION.amazonaws.com`.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "api.ecr.us-east-1.amazonaws.com",  # error: "API"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "ecr-api-as-registry" {
        severity: Error, since: "0.1.0", catalogue: ["H19"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in context.mentions() {
        let found = mention.found(|kind| match kind {
            MistakeKind::EcrApi { region } => Some(region.clone()),
            _ => None,
        });
        for (found, range) in found {
            let host = mention.name();
            let region = found.unwrap_or_else(|| "REGION".to_owned());
            diagnostics.push(
                mention
                    .at(
                        &RULE,
                        range,
                        format!("`{host}` is the ECR API, not a registry"),
                    )
                    .help(format!(
                        "write `ACCOUNT.dkr.ecr.{region}.amazonaws.com` with your account id"
                    )),
            );
        }
    }
}
