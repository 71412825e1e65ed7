//! A registry that only the cluster knows.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::script::{CredHelperCall, Registries};
use crate::source::Located;
use crate::unknown::Unknown;

declare_rule! {
    /// A registry or provider is computed from a value that is only known at run time.
    ///
    /// ## Why is this wrong?
    /// It works in the cluster. Before that, nobody can tell which registry it is: it is
    /// not checked, and the plan, which goes without it, is partial.
    ///
    /// What the environment provides can be given: `--set config_args=TEXT`,
    /// `--set env_id=TEXT`. Secrets are not asked for, because the plan, which would
    /// show the registry, never shows a secret.
    ///
    /// ## Example
    /// ```raftt
    /// account = get_secret("aws-account")
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [account + ".dkr.ecr.us-east-1.amazonaws.com"],  # warning: "only known at run time"
    /// )
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// secrets:
    ///   aws-account:
    ///     inputcommand: aws sts get-caller-identity --query Account --output text
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    "unknown-registry" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for call in &context.script.cred_helpers {
        if let Some(provider) = &call.unknown_provider {
            diagnostics.extend(diagnostic(context, "the provider is", provider, call));
        }
        if let Registries::List { span, unknown, .. } = &call.registries {
            for value in unknown {
                let what = if value.span == *span {
                    "the registries are"
                } else {
                    "this registry is"
                };
                diagnostics.extend(diagnostic(context, what, value, call));
            }
        }
    }
}

/// What to say about `value`, unless a mistake that was reported left it open.
fn diagnostic(
    context: &Context<'_>,
    what: &str,
    value: &Located<Unknown>,
    call: &CredHelperCall,
) -> Option<Diagnostic> {
    let source = &value.value.what;
    let from = value.value.from?;
    let written = context.sources.text(from);
    let comes_of = |name: &str| source.contains(name) || written.contains(name);
    // A secret's value must not come out, so none is asked for.
    let help = if source.starts_with("get_secret") {
        "the name of a registry is no secret, so write it out; until then the plan goes without it"
    } else if comes_of("get_env_id") {
        "write it out, or give the value with `--set env_id=…`; until then the plan goes without it"
    } else if comes_of("config_args") {
        "write it out, or give the value with `--set config_args=…`; until then the plan goes \
         without it"
    } else {
        "write it out; until then the plan goes without it"
    };
    let message = format!("{what} only known at run time, from `{source}`");
    let diagnostic = RULE.at(value.span, message).help(help).trace(&call.trace);
    Some(if value.span.contains(from) || from.contains(value.span) {
        diagnostic
    } else {
        diagnostic.also(from, "it comes from here")
    })
}
