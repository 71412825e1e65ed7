//! Who serves which image, and in what order the sources are tried.
//!
//! The order is the project's own (the pod's secrets, its service account's, the
//! namespace's, the credential helpers, local images, nobody); which secret matches
//! is the kubelet's.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Coverage, CredentialSource, PlannedImage, UsedBy};
use crate::keychain::{Match, PullSecrets, RegistryKey};
use crate::kubernetes::{Container, Image, Namespace, Workload, pull_secrets};
use crate::names::{ImageReference, RegistryHost, RegistryKind};
use crate::plan::helpers::{CredentialHelper, RegistryKind as PlannedKind};
use crate::plan::place::Places;
use crate::script::ScriptFacts;

/// The images of the workloads, in the order of their names, and whether these
/// are all.
pub(in crate::plan) fn of(
    script: &ScriptFacts,
    namespace: Option<&Namespace>,
    (helpers, searches_locally): (&[CredentialHelper], bool),
    places: &Places<'_>,
) -> (Vec<PlannedImage>, bool) {
    let sources = Sources::new(namespace, helpers, searches_locally);
    let mut images: BTreeMap<(String, Vec<CredentialSource>), PlannedImage> = BTreeMap::new();
    let mut is_complete = script.workloads_are_complete;
    for workload in &script.workloads {
        for container in &workload.containers {
            let Some(image) = sources.image(workload, container) else {
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

/// All that can serve an image.
struct Sources<'a> {
    secrets: Option<PullSecrets>,
    /// The pull secrets of the service accounts, by name.
    accounts: HashMap<&'a str, Vec<String>>,
    /// Helpers by the registries that they are asked for, and by pattern.
    helpers: HashMap<&'a str, (&'a CredentialHelper, Option<&'a str>)>,
    patterns: Vec<(RegistryKey, &'a CredentialHelper)>,
    searches_locally: bool,
}

impl<'a> Sources<'a> {
    fn new(
        namespace: Option<&'a Namespace>,
        helpers: &'a [CredentialHelper],
        searches_locally: bool,
    ) -> Self {
        let accounts = namespace
            .into_iter()
            .flat_map(|it| it.of_kind("ServiceAccount"));
        let accounts = accounts.map(|account| {
            let secrets = pull_secrets(&account.value).into_iter();
            let names: Vec<_> = secrets.map(|it| it.value).collect();
            (account.name.as_str(), names)
        });
        let mut by_host = HashMap::new();
        let mut patterns = Vec::new();
        for helper in helpers {
            for registry in &helper.registries {
                let backing = match &registry.kind {
                    PlannedKind::Mirror { backing } => backing.as_deref(),
                    _ => None,
                };
                by_host
                    .entry(registry.host.as_str())
                    .or_insert((helper, backing));
            }
            let keys = helper.registry_patterns.iter();
            let keys = keys.filter_map(|pattern| RegistryKey::parse(pattern));
            patterns.extend(keys.map(|key| (key, helper)));
        }
        Self {
            secrets: namespace.map(PullSecrets::of),
            accounts: accounts.collect(),
            helpers: by_host,
            patterns,
            searches_locally,
        }
    }

    /// The image of a container, with its sources. None where it is not known, or
    /// is no image reference, which is reported.
    fn image(&self, workload: &Workload, container: &Container) -> Option<PlannedImage> {
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
        let is_local_only = policy.is_some_and(|it| it.value == "Never");
        let mut sources = self.of_secrets(workload, &reference);
        sources.extend(self.of_helper(&reference.registry));
        let has_credentials = !sources.is_empty();
        if self.searches_locally {
            let at = if is_local_only { 0 } else { sources.len() };
            sources.insert(at, CredentialSource::LocalImages);
        }
        sources.push(CredentialSource::Anonymous);
        Some(PlannedImage {
            status: self.status(&reference, has_credentials),
            reference: reference.canonical(),
            used_by: Vec::new(),
            sources,
        })
    }

    /// Of hosts, only a private ECR always needs credentials, and what secrets
    /// there are is only known with a snapshot.
    fn status(&self, reference: &ImageReference, has_credentials: bool) -> Coverage {
        if has_credentials {
            return Coverage::Covered;
        }
        if reference.is_public() {
            return Coverage::Public;
        }
        let host = RegistryHost::parse(&reference.registry).ok();
        let kind = host.as_ref().map(RegistryHost::kind);
        match kind {
            Some(RegistryKind::EcrPrivate(_)) if self.secrets.is_some() => Coverage::Uncovered,
            _ => Coverage::Unknown,
        }
    }

    /// The entries of pull secrets: the pod's, its service account's if the pod
    /// names none, then the namespace's others.
    fn of_secrets(&self, workload: &Workload, image: &ImageReference) -> Vec<CredentialSource> {
        let Some(secrets) = &self.secrets else {
            return Vec::new();
        };
        let own: HashSet<&str> = workload
            .image_pull_secrets
            .iter()
            .map(|it| it.value.as_str())
            .collect();
        let account = workload.service_account.as_ref();
        let account = account.map_or("default", |it| it.value.as_str());
        let of_account: HashSet<&str> = match own.is_empty() {
            true => {
                let names = self.accounts.get(account).into_iter().flatten();
                names.map(String::as_str).collect()
            }
            false => HashSet::new(),
        };
        let groups: [&dyn Fn(&str) -> bool; 3] = [
            &|name| own.contains(name),
            &|name| !own.contains(name) && of_account.contains(name),
            &|name| !own.contains(name) && !of_account.contains(name),
        ];
        let matching = secrets.lookup(&image.name());
        let hub = match image.registry == "docker.io" {
            true => secrets.docker_hub(),
            false => Vec::new(),
        };
        let mut sources = Vec::new();
        for group in groups {
            let of_group = |all: &[Match<'_>]| -> Vec<CredentialSource> {
                let all = all.iter().filter(|it| group(&it.secret.name));
                all.map(source).collect()
            };
            let mut found = of_group(&matching);
            // Docker Hub's own entry counts where none of the group matches.
            if found.is_empty() {
                found = of_group(&hub);
            }
            sources.extend(found);
        }
        sources
    }

    fn of_helper(&self, registry: &str) -> Option<CredentialSource> {
        let exact = self.helpers.get(registry).copied();
        let (helper, backing) = exact.or_else(|| {
            let mut patterns = self.patterns.iter();
            let (_, helper) = patterns.find(|(key, _)| key.matches(registry))?;
            Some((*helper, None))
        })?;
        Some(CredentialSource::CredentialHelper {
            provider: helper.provider.clone(),
            helper: helper.helper.clone(),
            registry: registry.to_owned(),
            backing: backing.map(str::to_owned),
        })
    }
}

fn source(found: &Match<'_>) -> CredentialSource {
    CredentialSource::ImagePullSecret {
        secret: found.secret.name.clone(),
        key: found.entry.key.clone(),
        username: found.entry.username.clone(),
    }
}
