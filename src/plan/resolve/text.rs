//! What is said of images, for people.

use super::{PassedOver, Resolution, Resolutions};
use crate::keychain::{PullSecretEntry, PullSecrets, docker_finds};
use crate::plan::{CredentialSource, Keychain, Puller, SecretGroup};

/// `resolutions`, which `keychain` gave for `puller`, as text: what would be tried, why,
/// and what others would do.
pub(crate) fn text(resolutions: &Resolutions, keychain: &Keychain, puller: &Puller) -> String {
    let blocks = resolutions.results.iter();
    let blocks: Vec<_> = blocks.map(|it| one(it, keychain, puller)).collect();
    blocks.join("\n")
}

fn one(resolution: &Resolution, keychain: &Keychain, puller: &Puller) -> String {
    let image = &resolution.image;
    if let Some(error) = &resolution.error {
        return format!("{}\n  this is no image reference: {error}\n", image.given);
    }
    let normalized = image.normalized.as_deref().unwrap_or(&image.given);
    let mut lines = vec![normalized.to_owned()];
    let explained = Explained {
        name: format!(
            "{}/{}",
            image.registry.as_deref().unwrap_or_default(),
            image.repository.as_deref().unwrap_or_default()
        ),
        registry: image.registry.as_deref().unwrap_or_default(),
        keychain,
        puller,
    };
    for (index, source) in resolution.sources.iter().enumerate() {
        let number = index + 1;
        lines.push(format!("  {number}. {}", source.in_words()));
        lines.extend(explained.why(source).map(|why| format!("     {why}")));
    }
    if !resolution.passed_over.is_empty() {
        lines.push("  passed over".to_owned());
        let passed_over = resolution.passed_over.iter();
        lines.extend(passed_over.map(|it| format!("    {}", reason(it))));
    }
    let notes = explained.notes(&resolution.sources);
    lines.extend(notes.iter().map(|note| format!("  note: {note}")));
    lines.join("\n") + "\n"
}

fn reason(passed_over: &PassedOver) -> String {
    let PassedOver { secret, key, why } = passed_over;
    match key.as_str() {
        "" => format!("secret `{secret}`: {why}"),
        key => format!("secret `{secret}`, key `{key}`: {why}"),
    }
}

/// An image, and what its sources are explained with.
struct Explained<'a> {
    /// Registry and repository.
    name: String,
    registry: &'a str,
    keychain: &'a Keychain,
    puller: &'a Puller,
}

impl Explained<'_> {
    /// Why `source` is tried, and why here.
    fn why(&self, source: &CredentialSource) -> Option<String> {
        match source {
            CredentialSource::ImagePullSecret { secret, key, .. } => {
                let entry = self.entry(secret, key)?;
                let group = match self.keychain.group(secret, self.puller) {
                    SecretGroup::Pod => "the pod names the secret".to_owned(),
                    SecretGroup::ServiceAccount => {
                        let account = self.puller.account();
                        format!("the service account `{account}` names the secret")
                    }
                    SecretGroup::Namespace => "the secret is in the namespace".to_owned(),
                };
                Some(format!("{group}, and {}", self.why_key(entry)))
            }
            CredentialSource::CredentialHelper {
                backing: Some(_), ..
            } => Some("the script lists this mirror, and the registry behind it".to_owned()),
            CredentialSource::LocalImages if self.puller.is_never_pulled => {
                Some("an image that is never pulled is on the node".to_owned())
            }
            _ => None,
        }
    }

    fn why_key(&self, entry: &PullSecretEntry) -> String {
        let Some(key) = entry.read.as_ref().filter(|it| it.matches(&self.name)) else {
            return "no other key there is for `docker.io`, so Docker Hub's own counts".to_owned();
        };
        let port = key.port().map_or_else(String::new, |it| format!(":{it}"));
        let host = format!("{}{port}", key.host());
        let host = match host == self.registry {
            true => format!("its key has the host `{host}`"),
            false => format!("`{host}` takes in `{}`", self.registry),
        };
        match key.path() {
            "" => host,
            path => format!(
                "{host} and a path that `{}` begins with: `{path}`",
                self.name
            ),
        }
    }

    fn secrets(&self) -> Option<&PullSecrets> {
        self.keychain.secrets()
    }

    fn entry(&self, secret: &str, key: &str) -> Option<&PullSecretEntry> {
        let entries = &self.secrets()?.get(secret)?.entries;
        entries.iter().find(|it| it.key == key)
    }

    /// What others would do differently.
    fn notes(&self, sources: &[CredentialSource]) -> Vec<String> {
        let Some(secrets) = self.secrets() else {
            return vec![
                "the namespace's secrets are not known; give `--namespace-snapshot`".to_owned(),
            ];
        };
        let of_secrets = || {
            sources.iter().filter_map(|it| match it {
                CredentialSource::ImagePullSecret { secret, key, .. } => Some((secret, key)),
                _ => None,
            })
        };
        let mut notes = Vec::new();
        let is_unnamed =
            |secret: &str| self.keychain.group(secret, self.puller) == SecretGroup::Namespace;
        let unnamed = of_secrets()
            .map(|it| it.0.as_str())
            .filter(|it| is_unnamed(it));
        if let Some(unnamed) = listed(unnamed) {
            notes.push(format!(
                "the kubelet would not use {unnamed}: neither the pod nor its service account `{}` names it",
                self.puller.account()
            ));
        }
        let tokens = of_secrets().filter(|(secret, key)| {
            self.entry(secret, key)
                .is_some_and(PullSecretEntry::is_identity_token)
        });
        if let Some(tokens) = listed(tokens.map(|it| it.0.as_str())) {
            notes.push(format!(
                "the kubelet does not read the identity token of {tokens}"
            ));
        }
        let broken = secrets.broken().iter().map(|it| it.name.as_str());
        if let Some(broken) = listed(broken.filter(|it| !is_unnamed(it))) {
            notes.push(format!(
                "the kubelet uses none of the pod's secrets while it cannot read {broken}"
            ));
        }
        if of_secrets().any(|(secret, _)| !is_unnamed(secret)) {
            notes.push(
                "the kubelet does not go on without credentials when those of secrets are refused"
                    .to_owned(),
            );
        }
        notes.extend(self.docker(sources));
        notes
    }

    /// What Docker would do with the same keys and helpers in its `config.json`.
    fn docker(&self, sources: &[CredentialSource]) -> Option<String> {
        let mut found = 0;
        let mut missed = Vec::new();
        for source in sources {
            match source {
                CredentialSource::CredentialHelper {
                    backing: Some(_), ..
                } => {
                    let why =
                        "docker itself would not get credentials for this mirror from its helper";
                    return Some(why.to_owned());
                }
                CredentialSource::CredentialHelper { helper, .. } if found + missed.len() > 0 => {
                    return Some(format!(
                        "docker itself would ask `{helper}` alone, and none of the secrets"
                    ));
                }
                CredentialSource::ImagePullSecret { key, .. } => {
                    match docker_finds(key, self.registry) {
                        true => found += 1,
                        false => missed.push(key.as_str()),
                    }
                }
                _ => {}
            }
        }
        let missed = listed(missed.into_iter())?;
        Some(format!(
            "docker itself looks for the host letter by letter, and would not find {missed}"
        ))
    }
}

/// Each once, as code.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> Option<String> {
    let mut names: Vec<String> = names.map(|it| format!("`{it}`")).collect();
    names.dedup();
    (!names.is_empty()).then(|| names.join(", "))
}
