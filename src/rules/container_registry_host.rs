//! Hosts of Google's Container Registry, and none of Artifact Registry.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::plan::{Provider, RegistryKind, Standing};
use crate::rule::declare_rule;

declare_rule! {
    /// `gcp` is narrowed to hosts of Google's Container Registry.
    ///
    /// ## Why is this wrong?
    /// Container Registry was shut down in 2025; Artifact Registry serves its names. The hosts
    /// still work, but the Google service account needs another role than it used to:
    /// `roles/artifactregistry.reader` instead of `roles/storage.objectViewer`.
    ///
    /// With `registries`, only the hosts listed are served. Images that moved to Artifact
    /// Registry's own hosts are then left without credentials. Without `registries`, as
    /// documented, `gcp` serves all of Google's: `gcr.io`, `*.gcr.io`, `*-docker.pkg.dev` and
    /// `docker.*.rep.pkg.dev`.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = [
    ///         "gcr.io",  # advice: "Artifact Registry"
    ///         "eu.gcr.io",
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(provider = "gcp")
    /// ```
    "container-registry-host" {
        severity: Advice, since: "0.1.0", catalogue: ["C10", "C11", "H34"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let calls = context.calls.iter();
    let mut calls = calls.filter(|it| it.provider == Some(Provider::Gcp));
    let serves_more = |standing: &Standing| {
        let is_container_registry = matches!(
            standing,
            Standing::Registry(RegistryKind::ContainerRegistry, _)
        );
        !is_container_registry && !matches!(standing, Standing::Repeated | Standing::Public)
    };
    let is_enough = calls.any(|call| {
        !call.is_sound()
            || call.is_without_registries()
            || call.hosts.iter().any(|it| serves_more(&it.standing))
    });
    if is_enough {
        return;
    }
    let first = context.listed.iter().find_map(|listed| {
        let mut found = listed.found(|kind| match kind {
            MistakeKind::ContainerRegistry => Some(()),
            _ => None,
        });
        Some((listed, found.next()?.1))
    });
    let Some((listed, range)) = first else { return };
    let message = format!(
        "`{}` is served by Artifact Registry since Container Registry was shut down, and no host \
         of Artifact Registry is listed",
        listed.name()
    );
    diagnostics.push(listed.at(&RULE, range, message).help(
        "make sure that the Google service account has `roles/artifactregistry.reader`, and \
         leave `registries` out if images moved to `*-docker.pkg.dev`",
    ));
}
