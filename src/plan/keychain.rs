//! Which credential sources are tried for an image, in order.
//!
//! The order is the project's own (the pod's secrets, its service account's, the
//! namespace's, the credential helpers, local images, nobody); which secret matches
//! is the kubelet's.

use std::collections::{HashMap, HashSet};

use super::helpers::RegistryKind;
use super::{CredentialHelper, CredentialSource, Plan};
use crate::keychain::{Match, PullSecrets, RegistryKey};
use crate::kubernetes::{Namespace, Snapshot, pull_secrets};
use crate::names::ImageReference;

/// All that can serve an image: a plan's credential helpers and a namespace's secrets.
///
/// Keys are found through an index: by their host, or, those that are patterns, by how
/// many labels they have. A lookup goes through all patterns of its own length.
#[derive(Clone, Debug)]
pub struct Keychain {
    secrets: Option<PullSecrets>,
    /// The pull secrets of the service accounts, by name.
    accounts: HashMap<String, Vec<String>>,
    /// Helpers by the registries that they are asked for, and by pattern.
    helpers: HashMap<String, Helper>,
    patterns: Vec<(RegistryKey, Helper)>,
    searches_locally: bool,
}

/// Who pulls an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Puller {
    /// The image pull secrets that the pod names.
    pub image_pull_secrets: Vec<String>,
    /// The service account of the pod. Its secrets count where the pod names none.
    pub service_account: Option<String>,
    /// Whether the container's `imagePullPolicy` is `Never`.
    pub is_never_pulled: bool,
}

#[derive(Clone, Debug)]
struct Helper {
    provider: String,
    helper: String,
    /// The registry that is asked for, where a mirror stands before it.
    backing: Option<String>,
}

impl Keychain {
    /// The keychain of a plan, with the secrets of the namespace if they are known.
    #[must_use]
    pub fn new(plan: &Plan, snapshot: Option<&Snapshot>) -> Self {
        let namespace = snapshot.map(|it| it.namespace.as_ref());
        let searches_locally = plan.controller.search_local_images;
        Self::of(namespace, &plan.credential_helpers, searches_locally)
    }

    pub(super) fn of(
        namespace: Option<&Namespace>,
        helpers: &[CredentialHelper],
        searches_locally: bool,
    ) -> Self {
        let accounts = namespace
            .into_iter()
            .flat_map(|it| it.of_kind("ServiceAccount"));
        let accounts = accounts.map(|account| {
            let secrets = pull_secrets(&account.value).into_iter();
            let names: Vec<_> = secrets.map(|it| it.value).collect();
            (account.name.clone(), names)
        });
        let mut by_host = HashMap::new();
        let mut patterns = Vec::new();
        for helper in helpers {
            let asked = |backing: Option<&String>| Helper {
                provider: helper.provider.clone(),
                helper: helper.helper.clone(),
                backing: backing.cloned(),
            };
            for registry in &helper.registries {
                let backing = match &registry.kind {
                    RegistryKind::Mirror { backing } => backing.as_ref(),
                    _ => None,
                };
                by_host
                    .entry(registry.host.clone())
                    .or_insert_with(|| asked(backing));
            }
            let keys = helper.registry_patterns.iter();
            let keys = keys.filter_map(|pattern| RegistryKey::parse(pattern));
            patterns.extend(keys.map(|key| (key, asked(None))));
        }
        Self {
            secrets: namespace.map(PullSecrets::of),
            accounts: accounts.collect(),
            helpers: by_host,
            patterns,
            searches_locally,
        }
    }

    /// The pull secrets, if a snapshot tells them.
    #[must_use]
    pub fn secrets(&self) -> Option<&PullSecrets> {
        self.secrets.as_ref()
    }

    /// The sources that are tried for `image`, in order.
    #[must_use]
    pub fn sources(&self, image: &ImageReference, puller: &Puller) -> Vec<CredentialSource> {
        let mut sources = self.of_secrets(puller, image);
        sources.extend(self.of_helper(&image.registry));
        if self.searches_locally {
            let at = match puller.is_never_pulled {
                true => 0,
                false => sources.len(),
            };
            sources.insert(at, CredentialSource::LocalImages);
        }
        sources.push(CredentialSource::Anonymous);
        sources
    }

    /// The entries of pull secrets: the pod's, its service account's if the pod
    /// names none, then the namespace's others.
    fn of_secrets(&self, puller: &Puller, image: &ImageReference) -> Vec<CredentialSource> {
        let Some(secrets) = &self.secrets else {
            return Vec::new();
        };
        let own = puller.image_pull_secrets.iter();
        let own: HashSet<&str> = own.map(String::as_str).collect();
        let account = puller.service_account.as_ref();
        let of_account: HashSet<&str> = match own.is_empty() {
            true => {
                let names = account.and_then(|it| self.accounts.get(it));
                let names = names.into_iter().flatten();
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
        let helper = self.helpers.get(registry).or_else(|| {
            let mut patterns = self.patterns.iter();
            let (_, helper) = patterns.find(|(key, _)| key.matches(registry))?;
            Some(helper)
        })?;
        Some(CredentialSource::CredentialHelper {
            provider: helper.provider.clone(),
            helper: helper.helper.clone(),
            registry: registry.to_owned(),
            backing: helper.backing.clone(),
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
