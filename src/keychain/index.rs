//! Pull secrets, indexed: who serves an image is looked up, not searched for.

use std::collections::HashMap;

use super::key::split_image;
use super::tree::KeyTree;
use super::{BrokenSecret, Misfit, PullSecret, PullSecretEntry, RegistryKey};
use crate::kubernetes::Namespace;

/// The image pull secrets of a namespace.
#[derive(Clone, Debug)]
pub struct PullSecrets {
    /// By name.
    secrets: Vec<PullSecret>,
    broken: Vec<BrokenSecret>,
    misfits: Vec<Misfit>,
    by_name: HashMap<String, usize>,
    tree: KeyTree<Place>,
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
        let (mut secrets, mut broken) = (Vec::new(), Vec::new());
        for read in namespace.secrets.iter().filter_map(PullSecret::of) {
            match read {
                Ok(secret) => secrets.push(secret),
                Err(fault) => broken.push(fault),
            }
        }
        secrets.sort_by(|a, b| a.name.cmp(&b.name));
        let names = secrets.iter().enumerate();
        let by_name = names.map(|(index, it)| (it.name.clone(), index)).collect();
        let keys = secrets.iter().enumerate().flat_map(|(index, secret)| {
            let entries = secret.entries.iter().enumerate();
            entries.filter_map(move |(number, it)| Some((it.read.as_ref()?, (index, number))))
        });
        Self {
            tree: KeyTree::new(keys),
            misfits: namespace.secrets.iter().filter_map(Misfit::of).collect(),
            secrets,
            broken,
            by_name,
        }
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

    /// The secrets that were meant to be pull secrets and are none.
    pub(crate) fn misfits(&self) -> &[Misfit] {
        &self.misfits
    }

    /// Whether there is a pull secret `name`, be it readable or not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name) || self.broken.iter().any(|it| it.name == name)
    }

    /// The pull secret `name`, if it can be read.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&PullSecret> {
        self.by_name.get(name).map(|index| &self.secrets[*index])
    }

    /// The entries that serve `image` (`docker.io/library/nginx`: normalised,
    /// without tag and digest), secrets by name, the entries of one secret in the
    /// kubelet's order.
    #[must_use]
    pub fn lookup(&self, image: &str) -> Vec<Match<'_>> {
        let mut places = Vec::new();
        self.tree.find(split_image(image), &mut places);
        places.sort_unstable();
        let matches = places.iter().map(|(secret, entry)| {
            let secret = &self.secrets[*secret];
            Match {
                secret,
                entry: &secret.entries[*entry],
            }
        });
        matches.collect()
    }

    /// The entries that the kubelet would try for `image`, were all secrets named by its
    /// pod, in its order: keys backwards, byte by byte, whatever secret they are in.
    ///
    /// `image` may be an image's name as it is written, `nginx`.
    #[must_use]
    pub fn kubelet_lookup(&self, image: &str) -> Vec<Match<'_>> {
        let mut found = self.lookup(image);
        if found.is_empty() && is_on_docker_hub(image) {
            found = self.docker_hub();
        }
        found.sort_by(|a, b| order_of(b.entry).cmp(order_of(a.entry)));
        found
    }

    /// The entry for Docker Hub itself, which the kubelet takes for its images when
    /// no key of a group matches.
    #[must_use]
    pub fn docker_hub(&self) -> Vec<Match<'_>> {
        let mut found = self.lookup(DOCKER_HUB);
        // The kubelet looks this one up by its text, so patterns do not count.
        found.retain(|it| {
            it.entry
                .read
                .as_ref()
                .is_some_and(|key| key.order() == DOCKER_HUB)
        });
        found
    }
}

fn order_of(entry: &PullSecretEntry) -> &str {
    entry.read.as_ref().map_or("", RegistryKey::order)
}

/// Whether the kubelet takes the image of this name for one on Docker Hub.
fn is_on_docker_hub(image: &str) -> bool {
    match image.split_once('/') {
        None => !image.is_empty(),
        Some(("docker.io" | "index.docker.io", _)) => true,
        Some((first, _)) => !first.is_empty() && !first.contains(['.', ':']),
    }
}

/// The key of Docker Hub, as Docker's clients write it and the kubelet reads it.
const DOCKER_HUB: &str = "index.docker.io";
