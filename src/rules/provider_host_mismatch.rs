//! Hosts of another cloud.

use std::collections::{HashMap, HashSet};

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{MistakeKind, Provider, RegistryKind};
use crate::rule::declare_rule;

declare_rule! {
    /// A host is listed for a provider whose helper is not for it.
    ///
    /// ## Why is this wrong?
    /// The ECR helper refuses other clouds' hosts. The Google helper does worse: it hands its
    /// access token to whatever host it is asked for, so a foreign host listed there gets a
    /// credential to your Google project.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",  # error: "would be sent"
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
    "provider-host-mismatch" {
        severity: Error, since: "0.1.0", catalogue: ["H26", "H27"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut providers: HashMap<String, HashSet<Provider>> = HashMap::new();
    for listed in context.listed.iter().filter(|it| it.is_planned) {
        let all = providers.entry(listed.clean()).or_default();
        all.extend(listed.provider);
    }
    for listed in context.listed {
        // A host that is listed for both providers is `registry-of-two-providers`'s.
        if providers
            .get(&listed.clean())
            .is_some_and(|all| all.len() > 1)
        {
            continue;
        }
        let found = listed.found(|kind| match kind {
            MistakeKind::OtherProvider => Some(()),
            _ => None,
        });
        for (found, range) in found {
            let () = found;
            let host = listed.clean();
            let (message, help) = match (listed.provider, RegistryKind::of(&listed.name())) {
                (Some(Provider::Ecr), _) => (
                    format!("`{host}` is Google's, but the provider is `ecr`"),
                    "move it to `configure_cred_helper(provider = \"gcp\")`".to_owned(),
                ),
                (_, RegistryKind::EcrPrivate(_)) => (
                    format!("`{host}` is ECR, but a Google access token would be sent to it"),
                    format!(
                        "move it to `configure_cred_helper(provider = \"ecr\", registries = [\"{host}\"])`"
                    ),
                ),
                (_, RegistryKind::EcrPublic) => (
                    format!("`{host}` is Amazon's, but a Google access token would be sent to it"),
                    "remove it: everybody may pull from it".to_owned(),
                ),
                _ => (
                    format!(
                        "`{host}` is not Google's, but a Google access token would be sent to it"
                    ),
                    "remove it, and use an image pull secret for it".to_owned(),
                ),
            };
            let diagnostic = listed.at(&RULE, range, message).help(help);
            let provider = listed.call.provider.as_ref();
            diagnostics.push(
                match provider.filter(|it| !listed.text().span.contains(it.span)) {
                    Some(provider) => diagnostic.also(provider.span, "the provider is chosen here"),
                    None => diagnostic,
                },
            );
        }
    }
}
