//! `gcp` with `registries`.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::plan::{Provider, RegistryKind, Standing};
use crate::rule::declare_rule;
use crate::script::Registries;

declare_rule! {
    /// `gcp` is given `registries`, which narrows it to those hosts.
    ///
    /// ## Why is this wrong?
    /// It is not, if it is meant. Without `registries`, as documented, `gcp` serves
    /// all of Google's registries: `gcr.io`, `*.gcr.io`, `*-docker.pkg.dev` and
    /// `docker.*.rep.pkg.dev`. The plan spells these patterns out, because the helper's
    /// own default, which `docker-credential-gcr configure-docker` writes, has `gcr.io`
    /// hosts only and leaves Artifact Registry out.
    ///
    /// With `registries`, only the hosts listed are served. A list that names `gcr.io`
    /// hosts alone misses every image that lives in Artifact Registry.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = ["us-docker.pkg.dev"],  # advice: "instead of all of Google's"
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(provider = "gcp")
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "narrowed-google-registries" {
        severity: Advice, since: "0.1.0", catalogue: ["C10", "C11"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut helpers = context.plan.credential_helpers.iter();
    // A call without `registries` serves everything already.
    if helpers.any(|it| !it.registry_patterns.is_empty()) {
        return;
    }
    let google = context
        .calls
        .iter()
        .filter(|it| it.provider == Some(Provider::Gcp));
    for call in google.filter(|it| it.is_sound()) {
        let Registries::List { span, .. } = &call.fact.registries else {
            continue;
        };
        let mut message = "`registries` has `gcp` serve these hosts alone, instead of all of \
                           Google's"
            .to_owned();
        if !call
            .hosts
            .iter()
            .any(|it| is_artifact_registry(&it.standing))
        {
            message.push_str(", and none of them is of Artifact Registry");
        }
        diagnostics.push(
            RULE.at(*span, message)
                .help(format!(
                    "leave `registries` out to serve {}",
                    patterns_in_words()
                ))
                .trace(&call.fact.trace),
        );
    }
}

fn is_artifact_registry(standing: &Standing) -> bool {
    matches!(
        standing,
        Standing::Registry(RegistryKind::ArtifactRegistry { .. }, _)
    )
}

fn patterns_in_words() -> String {
    let patterns = Provider::Gcp.patterns().iter();
    let patterns: Vec<_> = patterns.map(|it| format!("`{it}`")).collect();
    patterns.join(", ")
}
