//! Hosts with ports in the place of images.

use super::Context;
use crate::diagnostic::Diagnostic;
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
        let Some((host, port)) = text.split_once(':').filter(|_| !text.contains('/')) else {
            continue;
        };
        let is_host = host == "localhost" || host.contains('.');
        let is_port = !port.is_empty() && port.bytes().all(|it| it.is_ascii_digit());
        if !is_host || !is_port {
            continue;
        }
        let message = format!("`{text}` reads as an image of Docker Hub with the tag `{port}`");
        let help = format!("add the repository: `{text}/repository:tag`");
        diagnostics.push(used.at(&RULE, message).help(help));
    }
}
