//! Several calls for one provider.

use std::collections::HashSet;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::plan::{Backing, Provider, ReadCall, Standing};
use crate::rule::declare_rule;

declare_rule! {
    /// `configure_cred_helper` is called more than once for the same provider.
    ///
    /// ## Why is this wrong?
    /// Whether a later call adds to an earlier one or takes its place is documented
    /// nowhere. The plan takes all of them together, which is what is meant in most
    /// scripts; one call with all registries says so without a doubt.
    ///
    /// Calls that keep mirrors of different ECR registries apart are right as they
    /// are: in one call, nothing would tell what each mirror stands for.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// configure_cred_helper(
    ///     provider = "ecr",  # warning: "configured more than once"
    ///     registries = ["123456789012.dkr.ecr.us-west-2.amazonaws.com"],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///         "123456789012.dkr.ecr.us-west-2.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "repeated-provider" {
        severity: Warning, since: "0.1.0", catalogue: ["C12"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for provider in Provider::ALL {
        let calls: Vec<_> = context
            .calls
            .iter()
            .filter(|it| it.provider == Some(provider) && !adds_nothing(it))
            .collect();
        if !keep_mirrors_apart(&calls) {
            check_provider(provider, &calls, diagnostics);
        }
    }
}

fn check_provider(provider: Provider, calls: &[&ReadCall<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let [first, later @ ..] = calls else { return };
    // For `gcp`, a call without registries has everything already.
    let serves_all = calls.iter().any(|it| it.is_without_registries());
    let mut reported = HashSet::new();
    for call in later {
        let span = call.provider_span();
        // A call in a loop is one mistake, however often it runs.
        if !reported.insert(span) {
            continue;
        }
        let message = format!("`{}` is configured more than once", provider.name());
        let diagnostic = RULE.at(span, message).trace(&call.fact.trace);
        diagnostics.push(if first.fact.span == call.fact.span {
            diagnostic
                .label("this call runs several times")
                .help("build the list of registries first, and call once")
        } else {
            diagnostic
                .also(first.provider_span(), "it is configured here first")
                .help(if serves_all {
                    "keep the call without `registries`, which serves all of Google's"
                } else {
                    "list all registries in one call; until then the plan takes both together"
                })
        });
    }
}

/// Whether the call is a mistake of its own, which leaves it without effect.
fn adds_nothing(call: &ReadCall<'_>) -> bool {
    call.provider == Some(Provider::Ecr) && call.is_without_registries()
}

/// Whether one call in place of these would leave open what a mirror stands for.
fn keep_mirrors_apart(calls: &[&ReadCall<'_>]) -> bool {
    let has_mirror = |call: &&ReadCall<'_>| {
        let mut hosts = call.hosts.iter();
        hosts.any(|it| matches!(it.standing, Standing::Mirror))
    };
    let backings = calls.iter().map(|call| Backing::beside(call));
    let together = backings.clone().fold(Backing::Missing, Backing::and);
    calls.iter().any(has_mirror)
        && matches!(together, Backing::Ambiguous(..))
        && !backings
            .into_iter()
            .any(|it| matches!(it, Backing::Ambiguous(..)))
}
