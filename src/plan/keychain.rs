//! Which credential sources are tried for an image, in order.
//!
//! The order is the project's own (the pod's secrets, its service account's, the
//! namespace's, the credential helpers, local images, nobody); which secret matches
//! is the kubelet's.

use std::collections::HashMap;
use std::sync::Arc;

use super::helpers::RegistryKind;
use super::{CredentialHelper, CredentialSource, Plan};
use crate::keychain::{Match, PullSecretEntry, PullSecrets, RegistryKey};
use crate::kubernetes::{Namespace, Snapshot, pull_secrets};
use crate::names::ImageReference;

/// All that can serve an image: a plan's credential helpers and a namespace's secrets.
///
/// Keys are found through an index, be they patterns or not: a lookup hardly takes longer
/// with a thousand secrets than with one.
#[derive(Clone, Debug)]
pub struct Keychain {
    secrets: Option<Arc<PullSecrets>>,
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
    /// The service account of the pod; none is `default`, as which Kubernetes runs pods
    /// that name none. Its secrets count where the pod names none of its own.
    pub service_account: Option<String>,
    /// Whether the container's `imagePullPolicy` is `Never`.
    pub is_never_pulled: bool,
}

impl Puller {
    /// The service account of the pod.
    #[must_use]
    pub fn account(&self) -> &str {
        self.service_account.as_deref().unwrap_or("default")
    }
}

/// How a pull secret comes to count for a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretGroup {
    /// The pod names it.
    Pod,
    /// Its service account names it, and the pod names none.
    ServiceAccount,
    /// It is in the namespace. The kubelet would not use it.
    Namespace,
}

impl SecretGroup {
    /// The groups, in the order in which their secrets are tried.
    const ALL: [Self; 3] = [Self::Pod, Self::ServiceAccount, Self::Namespace];
}

#[derive(Clone, Debug)]
struct Helper {
    provider: String,
    helper: String,
    /// The registry that is asked for, where a mirror stands before it.
    backing: Option<String>,
    /// Whether it is asked for a mirror and nothing tells of which registry, so that it
    /// has no credentials to give.
    is_aimless: bool,
}

impl Keychain {
    /// The keychain of a plan, with the secrets of the namespace if they are known.
    #[must_use]
    pub fn new(plan: &Plan, snapshot: Option<&Snapshot>) -> Self {
        let namespace = snapshot.map(|it| it.namespace.as_ref());
        let secrets = namespace.map(|it| Arc::new(PullSecrets::of(it)));
        let searches_locally = plan.controller.search_local_images;
        let known = namespace.zip(secrets.as_ref());
        Self::of(known, &plan.credential_helpers, searches_locally)
    }

    pub(super) fn of(
        known: Option<(&Namespace, &Arc<PullSecrets>)>,
        helpers: &[CredentialHelper],
        searches_locally: bool,
    ) -> Self {
        let accounts = known
            .into_iter()
            .flat_map(|(namespace, _)| namespace.of_kind("ServiceAccount"));
        let accounts = accounts.map(|account| {
            let secrets = pull_secrets(&account.value).into_iter();
            let names: Vec<_> = secrets.map(|it| it.value).collect();
            (account.name.clone(), names)
        });
        let mut by_host = HashMap::new();
        let mut patterns = Vec::new();
        for helper in helpers {
            let asked = |backing: Option<&String>, is_aimless| Helper {
                provider: helper.provider.clone(),
                helper: helper.helper.clone(),
                backing: backing.cloned(),
                is_aimless,
            };
            for registry in &helper.registries {
                let (backing, is_aimless) = match &registry.kind {
                    RegistryKind::Mirror { backing } => (backing.as_ref(), backing.is_none()),
                    _ => (None, false),
                };
                by_host
                    .entry(registry.host.clone())
                    .or_insert_with(|| asked(backing, is_aimless));
            }
            let keys = helper.registry_patterns.iter();
            let keys = keys.filter_map(|pattern| RegistryKey::parse(pattern));
            patterns.extend(keys.map(|key| (key, asked(None, false))));
        }
        Self {
            secrets: known.map(|(_, secrets)| secrets.clone()),
            accounts: accounts.collect(),
            helpers: by_host,
            patterns,
            searches_locally,
        }
    }

    /// The pull secrets, if a snapshot tells them.
    #[must_use]
    pub fn secrets(&self) -> Option<&PullSecrets> {
        self.secrets.as_deref()
    }

    /// Whether `source` has credentials. An entry of a pull secret may hold none, and a
    /// helper has none for a mirror of which nobody knows what it mirrors.
    #[must_use]
    pub fn has_credentials(&self, source: &CredentialSource) -> bool {
        let CredentialSource::ImagePullSecret { secret, key, .. } = source else {
            let is_aimless = matches!(source, CredentialSource::CredentialHelper { registry, .. }
                if self.helpers.get(registry).is_some_and(|it| it.is_aimless));
            return source.has_credentials() && !is_aimless;
        };
        let secret = self.secrets.as_ref().and_then(|it| it.get(secret));
        let entries = secret.map_or(&[][..], |it| &it.entries);
        let mut entries = entries.iter().filter(|it| it.key == *key);
        entries.any(PullSecretEntry::has_credentials)
    }

    /// Whether every pull secret is known that `puller` may use: one that is named and
    /// not there, or cannot be read, may hold what an image needs.
    #[must_use]
    pub fn knows_secrets_of(&self, puller: &Puller) -> bool {
        let Some(secrets) = &self.secrets else {
            return false;
        };
        let is_known = |name: &String| {
            secrets.get(name).is_some() || secrets.misfits().iter().any(|it| it.name == *name)
        };
        self.named(puller).iter().all(is_known)
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

    /// How the pull secret `secret` comes to count for `puller`.
    #[must_use]
    pub fn group(&self, secret: &str, puller: &Puller) -> SecretGroup {
        if puller.image_pull_secrets.iter().any(|it| it == secret) {
            return SecretGroup::Pod;
        }
        match self
            .secrets_of_account(puller)
            .iter()
            .any(|it| it == secret)
        {
            true => SecretGroup::ServiceAccount,
            false => SecretGroup::Namespace,
        }
    }

    /// The secrets that the pod, or else its service account, names.
    pub(super) fn named<'a>(&'a self, puller: &'a Puller) -> &'a [String] {
        match puller.image_pull_secrets.is_empty() {
            true => self.secrets_of_account(puller),
            false => &puller.image_pull_secrets,
        }
    }

    /// The secrets of the service account, which count where the pod names none.
    fn secrets_of_account(&self, puller: &Puller) -> &[String] {
        let account = self.accounts.get(puller.account());
        let account = account.filter(|_| puller.image_pull_secrets.is_empty());
        account.map_or(&[], Vec::as_slice)
    }

    /// The entries of pull secrets: the pod's, its service account's if the pod
    /// names none, then the namespace's others.
    fn of_secrets(&self, puller: &Puller, image: &ImageReference) -> Vec<CredentialSource> {
        let Some(secrets) = &self.secrets else {
            return Vec::new();
        };
        let matching = secrets.lookup(&image.name());
        let hub = match image.registry == "docker.io" {
            true => secrets.docker_hub(),
            false => Vec::new(),
        };
        let mut sources = Vec::with_capacity(matching.len());
        for group in SecretGroup::ALL {
            let before = sources.len();
            let is_own = |it: &&Match<'_>| self.group(&it.secret.name, puller) == group;
            sources.extend(matching.iter().filter(is_own).map(source));
            // Docker Hub's own entry counts where none of the group matches.
            if sources.len() == before {
                sources.extend(hub.iter().filter(is_own).map(source));
            }
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
