//! Hosts of another cloud.

use std::collections::{HashMap, HashSet};

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{GoogleHost, MistakeKind, Provider, RegistryKind};
use crate::rule::declare_rule;
use crate::suggest::misspelt;

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
            if listed.provider == Some(Provider::Gcp)
                && RegistryKind::of(&listed.name()) == RegistryKind::Other
                && let Some(meant) = misspelt_google_host(&host)
            {
                let message = format!("`{host}` is not Google's");
                let diagnostic = listed.at(&RULE, range.clone(), message);
                let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                let fix = format!("write `{meant}`");
                diagnostics.push(listed.guess(diagnostic, fix, &[(range, &meant)]));
                continue;
            }
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

/// The host of Google's that `host` is a slip of the fingers away from.
fn misspelt_google_host(host: &str) -> Option<String> {
    let repositories = GoogleHost::locations().map(|it| format!("{it}-docker.pkg.dev"));
    let registries = ["gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io"].map(str::to_owned);
    let all: Vec<String> = repositories.chain(registries).collect();
    if let Some(name) = host.strip_suffix("gcr.com") {
        let meant = format!("{name}gcr.io");
        return all.contains(&meant).then_some(meant);
    }
    misspelt(host, all.iter().map(String::as_str)).map(str::to_owned)
}
