//! Keys just beside the images that they are meant for.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::entry_of;
use crate::keychain::{RegistryKey, split_image};
use crate::names::ImageReference;
use crate::plan::Coverage;
use crate::rule::declare_rule;
use crate::suggest::misspelt;

declare_rule! {
    /// A key of an image pull secret misses the images that it is meant for.
    ///
    /// ## Why is this wrong?
    /// The port counts: `registry.example.com:5000` and `registry.example.com` are two
    /// registries, and 443 is not the same as none. A `*` stands within one part of a host, so
    /// `*.amazonaws.com` has three parts and an ECR host has six. It is only said where an
    /// image that no source serves is just beside a key that serves none.
    ///
    /// ## Example
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: team  # warning: "serves none of the images, and nearly `registry.team.example.com`"
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"*.example.com": {"username": "shop", "password": "an-example"}}}'
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: registry.team.example.com/shop/web:1
    /// ```
    /// ## Use instead
    /// ```yaml namespace.yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: team
    /// type: kubernetes.io/dockerconfigjson
    /// stringData:
    ///   .dockerconfigjson: '{"auths": {"*.team.example.com": {"username": "shop", "password": "an-example"}}}'
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: registry.team.example.com/shop/web:1
    /// ```
    "mismatched-secret-key" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for secret in context.held.readable() {
        for entry in &secret.entries {
            let Some(key) = entry.read.as_ref().filter(|_| entry.mistake.is_none()) else {
                continue;
            };
            let references = || {
                context
                    .images
                    .iter()
                    .filter_map(|it| Some((it, it.reference.as_ref().ok()?)))
            };
            if references().any(|(_, image)| serves(key, image)) {
                continue;
            }
            let open = references()
                .filter(|(used, _)| matches!(used.status, Coverage::Uncovered | Coverage::Unknown));
            let near = open
                .into_iter()
                .find_map(|(used, image)| Some((used, image, near(key, image)?)));
            let Some((used, image, help)) = near else {
                continue;
            };
            let host = &image.registry;
            let message = format!(
                "{} serves none of the images, and nearly `{host}`",
                entry_of(secret, entry)
            );
            let diagnostic = RULE.at(secret.at, message).help(help);
            diagnostics.push(diagnostic.also(used.decided(), "this image has no source"));
        }
    }
}

fn serves(key: &RegistryKey, image: &ImageReference) -> bool {
    key.matches(&image.name()) || image.registry == "docker.io" && key.matches("index.docker.io")
}

/// What to write for `key` to serve `image`, if it is nearly it.
fn near(key: &RegistryKey, image: &ImageReference) -> Option<String> {
    let name = image.name();
    let (host, port, path) = split_image(&name);
    if !path.starts_with(key.path()) {
        return None;
    }
    let own = key.host();
    let path = key.path();
    let port_of = |port: Option<&str>| port.map_or_else(String::new, |it| format!(":{it}"));
    if key.matches_host(host) {
        let port = port_of(port);
        return (key.port().is_some() || !port.is_empty())
            .then(|| format!("the port counts: write `{own}{port}{path}`"));
    }
    // The site of a registry, `gitlab.com`, or a slip of the fingers.
    // The digits are looked at first: many secrets may stand beside many images.
    let have_same_digits = || {
        let digits = |it: &u8| it.is_ascii_digit();
        own.bytes().filter(digits).eq(host.bytes().filter(digits))
    };
    let is_site = host.strip_prefix("registry.") == Some(own.as_str());
    let is_slip = || have_same_digits() && misspelt(&own, [host]).is_some();
    if key.port() == port && (is_site || is_slip()) {
        return Some(format!("did you mean `{host}{}{path}`?", port_of(port)));
    }
    // `*.example.com`, and a host below `example.com`, or this itself.
    let domain = own.strip_prefix("*.")?;
    let is_below = host == domain
        || host
            .strip_suffix(domain)
            .is_some_and(|it| it.ends_with('.'));
    let is_near = is_below && domain.contains('.') && key.port() == port;
    is_near.then(|| {
        let port = port_of(port);
        format!("a `*` stands within one part of the host: write `{host}{port}{path}`")
    })
}
