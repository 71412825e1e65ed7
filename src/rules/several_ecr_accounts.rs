//! ECR registries of several AWS accounts.

use std::collections::HashSet;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::plan::read_calls;
use crate::rule::declare_rule;

declare_rule! {
    /// ECR registries of several AWS accounts are configured.
    ///
    /// ## Why is this wrong?
    /// It is not, but it takes more than a role. The environment controller has one AWS
    /// identity, which belongs to one account. A registry of another account gives it
    /// nothing unless the policy of each repository there allows it; ECR then answers
    /// `is not authorized to perform: ecr:BatchGetImage … because no resource-based policy
    /// allows`, although the role itself has all permissions.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "210987654321.dkr.ecr.us-east-1.amazonaws.com",  # advice: "another account"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// The same, once the repositories allow the role. Nothing needs to be done for
    /// registries of one account:
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "123456789012.dkr.ecr.us-west-2.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "several-ecr-accounts" {
        severity: Advice, since: "0.1.0", catalogue: ["K13"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let calls = read_calls(context.script);
    let mut hosts = calls.iter().flat_map(|call| {
        let hosts = call.hosts.iter();
        hosts.filter_map(move |(host, it)| Some((call, host, it.ecr_registry()?)))
    });
    let Some((_, first_host, first)) = hosts.next() else {
        return;
    };
    let mut seen = HashSet::from([first.account_id.as_str()]);
    for (call, host, registry) in hosts {
        // Each further account once: its other registries need the same.
        if !seen.insert(&registry.account_id) {
            continue;
        }
        let message = format!(
            "`{}` is of another account than `{}`, and the role that is used belongs to one",
            host.value, first_host.value
        );
        diagnostics.push(
            RULE.at(host.span, message)
                .help(
                    "in the account that the role does not belong to, allow it \
                     `ecr:BatchGetImage` and `ecr:GetDownloadUrlForLayer` in each repository's policy",
                )
                .also(first_host.span, format!("account {}", first.account_id))
                .decided_at(host.origin)
                .trace(&call.fact.trace),
        );
    }
}
