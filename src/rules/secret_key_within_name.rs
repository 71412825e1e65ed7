//! Keys that end within a name.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::{RegistryKey, split_image};
use crate::rule::declare_rule;

declare_rule! {
    /// A key of an image pull secret ends within the name of a repository.
    ///
    /// ## Why is this wrong?
    /// The path of a key is compared letter by letter, not part by part: `quay.io/core` serves
    /// `quay.io/coreos/etcd`, too. The credentials are then offered for images that they are not
    /// meant for. With a `/` at the end the key stops there. Podman and Skopeo do not read such
    /// a key, but they take whole parts anyway.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: team  # advice: "also serves `quay.io/coreos/etcd`"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"quay.io/core": {"username": "shop", "password": "an-example"}}}'
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: quay.io/coreos/etcd:v3
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: team
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"quay.io/core/": {"username": "shop", "password": "an-example"}}}'
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: quay.io/coreos/etcd:v3
    /// ```
    "secret-key-within-name" {
        severity: Advice, since: "0.1.0", catalogue: ["S13"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for secret in context.held.readable() {
        for entry in &secret.entries {
            let path = entry.read.as_ref().map_or("", RegistryKey::path);
            if path.is_empty() || path.ends_with('/') {
                continue;
            }
            let mut images = context.images.iter();
            let cut = images.find_map(|used| {
                let name = used.reference.as_ref().ok()?.name();
                let rest = split_image(&name).2.strip_prefix(path)?;
                let is_cut = !rest.is_empty() && !rest.starts_with('/');
                let is_served = entry.mismatch(&name).is_none();
                (is_cut && is_served).then_some((used, name))
            });
            let Some((used, name)) = cut else {
                continue;
            };
            let message = format!("{} also serves `{name}`", entry_of(secret, entry));
            let diagnostic = RULE
                .at(secret.at, message)
                .help(format!("write `{}/`", entry.key));
            diagnostics.push(diagnostic.also(used.decided(), "this image"));
        }
    }
}
