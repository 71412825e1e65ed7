//! Pull secrets, indexed: who serves an image is looked up, not searched for.

use std::collections::HashMap;

use super::{BrokenSecret, PullSecret, PullSecretEntry};
use crate::kubernetes::Namespace;

/// The image pull secrets of a namespace.
#[derive(Clone, Debug, Default)]
pub struct PullSecrets {
    /// By name.
    secrets: Vec<PullSecret>,
    broken: Vec<BrokenSecret>,
    by_name: HashMap<String, usize>,
    /// The entries whose host is no pattern, by host and port.
    exact: HashMap<String, Vec<Place>>,
    /// The others, by the number of labels of their host.
    patterns: HashMap<usize, Vec<Place>>,
}

/// An entry: the secret's and its own number.
type Place = (usize, usize);

/// An entry that serves an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match<'s> {
    /// The secret.
    pub secret: &'s PullSecret,
    /// The entry.
    pub entry: &'s PullSecretEntry,
}

impl PullSecrets {
    /// The pull secrets of `namespace`.
    pub(crate) fn of(namespace: &Namespace) -> Self {
        let mut all = Self::default();
        for read in namespace.objects.iter().filter_map(PullSecret::of) {
            match read {
                Ok(secret) => all.secrets.push(secret),
                Err(broken) => all.broken.push(broken),
            }
        }
        all.secrets.sort_by(|a, b| a.name.cmp(&b.name));
        for (index, secret) in all.secrets.iter().enumerate() {
            all.by_name.insert(secret.name.clone(), index);
            for (number, entry) in secret.entries.iter().enumerate() {
                let Some(key) = &entry.read else { continue };
                let places = match key.exact_host() {
                    Some(host) => all.exact.entry(host).or_default(),
                    None => all.patterns.entry(key.label_count()).or_default(),
                };
                places.push((index, number));
            }
        }
        all
    }

    /// The secrets that could be read, by name.
    #[must_use]
    pub fn readable(&self) -> &[PullSecret] {
        &self.secrets
    }

    /// The secrets that could not be read.
    #[must_use]
    pub fn broken(&self) -> &[BrokenSecret] {
        &self.broken
    }

    /// Whether there is a pull secret `name`, be it readable or not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name) || self.broken.iter().any(|it| it.name == name)
    }

    /// The entries that serve `image` (`docker.io/library/nginx`: normalised,
    /// without tag and digest), secrets by name, the entries of one secret in the
    /// kubelet's order.
    #[must_use]
    pub fn lookup(&self, image: &str) -> Vec<Match<'_>> {
        let mut places = self.candidates(image);
        places.retain(|place| self.serves(*place, image));
        places.sort_unstable();
        self.matches(&places)
    }

    /// The entry for Docker Hub itself, which the kubelet takes for its images when
    /// no key of a group matches.
    #[must_use]
    pub fn docker_hub(&self) -> Vec<Match<'_>> {
        let mut places = self
            .exact
            .get("index.docker.io")
            .cloned()
            .unwrap_or_default();
        places.retain(|place| self.serves(*place, "index.docker.io"));
        places.sort_unstable();
        self.matches(&places)
    }

    fn candidates(&self, image: &str) -> Vec<Place> {
        let authority = image.split('/').next().unwrap_or(image);
        let host = authority.split(':').next().unwrap_or(authority);
        let exact = self.exact.get(authority).into_iter().flatten();
        let labels = host.split('.').count();
        let patterns = self.patterns.get(&labels).into_iter().flatten();
        exact.chain(patterns).copied().collect()
    }

    fn serves(&self, (secret, entry): Place, image: &str) -> bool {
        let entry = &self.secrets[secret].entries[entry];
        entry.read.as_ref().is_some_and(|key| key.matches(image))
    }

    fn matches(&self, places: &[Place]) -> Vec<Match<'_>> {
        let matches = places.iter().map(|(secret, entry)| {
            let secret = &self.secrets[*secret];
            Match {
                secret,
                entry: &secret.entries[*entry],
            }
        });
        matches.collect()
    }
}
