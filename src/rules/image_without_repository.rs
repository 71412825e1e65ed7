//! Hosts with ports in the place of images.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{RegistryHost, RegistryKind};
use crate::rule::declare_rule;

declare_rule! {
    /// An image is a host with a port.
    ///
    /// ## Why is this wrong?
    /// Without a `/` everything before the colon is an image of Docker Hub, and the
    /// port is its tag: `registry.internal:5000` is read as
    /// `docker.io/library/registry.internal` with the tag `5000`.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: registry.internal:5000  # warning: "reads as an image of Docker Hub"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: registry.internal:5000/web:1
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "image-without-repository" {
        severity: Warning, since: "0.1.0", catalogue: ["I02"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for used in context.images {
        let text = &used.image.value;
        if text.contains('/') {
            continue;
        }
        let (host, tag) = text.split_once(':').unwrap_or((text, ""));
        let is_port = !tag.is_empty() && tag.bytes().all(|it| it.is_ascii_digit());
        let message = if is_port && (host == "localhost" || host.contains('.')) {
            format!("`{text}` reads as an image of Docker Hub with the tag `{tag}`")
        } else if is_registry(host) {
            format!("`{host}` is a registry, but reads as an image of Docker Hub here")
        } else {
            continue;
        };
        let registry = if is_port { text } else { host };
        let help = format!("add the repository: `{registry}/repository:tag`");
        diagnostics.push(used.at(&RULE, message).help(help));
    }
}

/// Whether `name` certainly is a registry.
fn is_registry(name: &str) -> bool {
    let host = RegistryHost::parse(name);
    host.is_ok_and(|host| {
        name.contains('.') && !matches!(host.kind(), RegistryKind::Other | RegistryKind::Local(_))
    })
}
