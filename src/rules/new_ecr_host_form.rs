//! Hosts that early helpers do not know.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// An ECR host is of a form that early credential helpers do not know.
    ///
    /// ## Why is this wrong?
    /// Nothing is wrong with the host. Dual-stack hosts need version 0.10.0 of the helper,
    /// hosts of the isolated partitions 0.8.0 or 0.9.0, those of the European sovereign cloud
    /// 0.11.0. The environment controller brings its own helper; the plan says which version
    /// it must have at least.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr-ecr.us-east-1.on.aws",  # advice: "0.10.0"
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
    "new-ecr-host-form" {
        severity: Advice, since: "0.1.0", catalogue: ["H18"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::NewHelper { version } => Some(*version),
            _ => None,
        });
        for (found, range) in found {
            let message = format!("this host needs `docker-credential-ecr-login` {found} or later");
            diagnostics.push(
                listed
                    .at(&RULE, range, message)
                    .help("nothing to change, if the environment controller's helper is that new"),
            );
        }
    }
}
