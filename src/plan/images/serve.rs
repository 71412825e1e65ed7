//! The images of workloads, and who serves each.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Coverage, CredentialSource, PlannedImage, UsedBy};
use crate::keychain::PullSecrets;
use crate::kubernetes::{Container, Image, Namespace, Workload};
use crate::names::{ImageReference, RegistryHost, RegistryKind};
use crate::plan::helpers::CredentialHelper;
use crate::plan::keychain::{Keychain, Puller};
use crate::plan::place::Places;
use crate::script::ScriptFacts;

/// The images of the workloads, in the order of their names, and whether these
/// are all.
pub(in crate::plan) fn of(
    script: &ScriptFacts,
    known: Option<(&Namespace, &Arc<PullSecrets>)>,
    (helpers, searches_locally): (&[CredentialHelper], bool),
    places: &Places<'_>,
) -> (Vec<PlannedImage>, bool) {
    let keychain = Keychain::of(known, helpers, searches_locally);
    let mut images: BTreeMap<(String, Vec<CredentialSource>), PlannedImage> = BTreeMap::new();
    let mut is_complete = script.workloads_are_complete;
    for workload in &script.workloads {
        for container in &workload.containers {
            let Some(image) = image(&keychain, workload, container) else {
                // An image that is not given is one that the cluster refuses.
                is_complete &= matches!(container.image, Image::Absent | Image::Reference(_));
                continue;
            };
            let used_by = UsedBy {
                kind: workload.kind.clone(),
                name: workload.name.clone(),
                container: container.name.clone(),
                declared_at: image_span(&container.image).map(|at| places.of(at)),
            };
            let key = (image.reference.clone(), image.sources.clone());
            let known = images.entry(key).or_insert(image);
            if !known.used_by.contains(&used_by) {
                known.used_by.push(used_by);
            }
        }
    }
    (images.into_values().collect(), is_complete)
}

fn image_span(image: &Image) -> Option<crate::source::Span> {
    match image {
        Image::Reference(image) | Image::Built(image) => Some(image.origin.unwrap_or(image.span)),
        Image::Unknown(image) => Some(image.span),
        Image::Absent => None,
    }
}

/// The image of a container, with its sources. None where it is not known, or
/// is no image reference, which is reported.
fn image(keychain: &Keychain, workload: &Workload, container: &Container) -> Option<PlannedImage> {
    let (text, is_built) = match &container.image {
        Image::Reference(image) => (&image.value, false),
        Image::Built(image) => (&image.value, true),
        Image::Unknown(_) | Image::Absent => return None,
    };
    if is_built {
        return Some(PlannedImage {
            reference: text.clone(),
            used_by: Vec::new(),
            status: Coverage::Built,
            sources: Vec::new(),
        });
    }
    let reference = ImageReference::parse(text).ok()?;
    let policy = container.image_pull_policy.as_ref();
    let own = workload.image_pull_secrets.iter();
    let account = workload.service_account.as_ref();
    let puller = Puller {
        image_pull_secrets: own.map(|it| it.value.clone()).collect(),
        service_account: account.map(|it| it.value.clone()),
        is_never_pulled: policy.is_some_and(|it| it.value == "Never"),
    };
    let sources = keychain.sources(&reference, &puller);
    Some(PlannedImage {
        status: status(&reference, &sources, keychain, &puller),
        reference: reference.canonical(),
        used_by: Vec::new(),
        sources,
    })
}

/// Of hosts, only a private ECR always needs credentials, and what secrets
/// there are is only known with a snapshot.
fn status(
    reference: &ImageReference,
    sources: &[CredentialSource],
    keychain: &Keychain,
    puller: &Puller,
) -> Coverage {
    let is_local = sources.contains(&CredentialSource::LocalImages);
    if is_local && puller.is_never_pulled {
        return Coverage::Covered;
    }
    if sources.iter().any(|it| keychain.has_credentials(it)) {
        return Coverage::Covered;
    }
    if reference.is_public() {
        return Coverage::Public;
    }
    let host = RegistryHost::parse(&reference.registry).ok();
    match host.as_ref().map(RegistryHost::kind) {
        Some(RegistryKind::EcrPrivate(_)) if !is_local && keychain.knows_secrets_of(puller) => {
            Coverage::Uncovered
        }
        _ => Coverage::Unknown,
    }
}
