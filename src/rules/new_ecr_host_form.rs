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
    // Once is enough: the plan says for every host which version it needs.
    let mut newest: Option<(&str, Diagnostic)> = None;
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::NewHelper { version } => Some(*version),
            _ => None,
        });
        for (version, range) in found {
            if newest
                .as_ref()
                .is_some_and(|(newest, _)| parts(newest) >= parts(version))
            {
                continue;
            }
            let message =
                format!("this host needs `docker-credential-ecr-login` {version} or later");
            let help = "nothing to change, if the environment controller's helper is that new";
            newest = Some((version, listed.at(&RULE, range, message).help(help)));
        }
    }
    diagnostics.extend(newest.map(|(_, diagnostic)| diagnostic));
}

/// A version, comparable.
fn parts(version: &str) -> Vec<u32> {
    let parts = version.split('.');
    parts.map(|part| part.parse().unwrap_or_default()).collect()
}
