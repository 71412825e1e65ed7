//! ECR registries of several AWS accounts.

use super::Context;
use crate::diagnostic::Diagnostic;
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
    ///         "210987654321.dkr.ecr.us-east-1.amazonaws.com",  # advice: "a role belongs to one"
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
    let mut hosts = context.calls.iter().flat_map(|call| {
        let hosts = call.hosts.iter();
        hosts.filter_map(move |it| Some((call, it.text, it.standing.ecr_registry()?)))
    });
    let Some((_, first_host, first)) = hosts.next() else {
        return;
    };
    // Once is enough: the plan's requirements name every account.
    let other = hosts.find(|(_, _, it)| it.account_id != first.account_id);
    let Some((call, host, registry)) = other else {
        return;
    };
    let message = format!(
        "this is account {}, the first registry is of account {}, and a role belongs to one",
        registry.account_id, first.account_id
    );
    diagnostics.push(
        RULE.at(host.span, message)
            .help(
                "in every account that the role does not belong to, allow it \
                 `ecr:BatchGetImage` and `ecr:GetDownloadUrlForLayer` in each repository's policy",
            )
            .also(
                first_host.span,
                format!("a registry of account {}", first.account_id),
            )
            .decided_at(host.origin)
            .trace(&call.fact.trace),
    );
}
