//! ECR Public under a helper.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// ECR Public is listed for the credential helper.
    ///
    /// ## Why is this wrong?
    /// Everybody may pull from `public.ecr.aws`; a token only raises the limits. It takes two
    /// more permissions, `ecr-public:GetAuthorizationToken` and `sts:GetServiceBearerToken`,
    /// and is given out in `us-east-1` only.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "public.ecr.aws",  # warning: "needs no credentials"
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
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
    "ecr-public-registry" {
        severity: Warning, since: "0.1.0", catalogue: ["H25"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::EcrPublic => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let message = format!("`{}` needs no credentials", listed.name());
            diagnostics.push(listed.at(&RULE, range, message).help(
                "remove it, or give the role `ecr-public:GetAuthorizationToken` and \
                 `sts:GetServiceBearerToken` for higher limits",
            ));
        }
    }
}
