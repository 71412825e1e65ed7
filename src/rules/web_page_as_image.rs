//! Addresses of web pages in the place of images.

use std::ops::Range;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

declare_rule! {
    /// An image is named by the address of its web page.
    ///
    /// ## Why is this wrong?
    /// Registries show their images on pages for people, and the address of such a page
    /// is not the name of the image: `hub.docker.com` has pages, `docker.io` has images.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   db:
    ///     image: hub.docker.com/_/postgres:16  # error: "web page"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   db:
    ///     image: postgres:16
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "web-page-as-image" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for used in context.images {
        let Some(Page { name, meant }) = page(&used.image.value) else {
            continue;
        };
        let mention = used.mention(context.sources);
        let address = &used.image.value[name.clone()];
        let message = format!("`{address}` is the address of a web page, not an image");
        let diagnostic = mention.at(&RULE, name.clone(), message);
        diagnostics.push(match meant {
            Some(meant) => mention.guess(
                diagnostic.help(format!("did you mean `{meant}`?")),
                format!("write `{meant}`"),
                &[(name, &meant)],
            ),
            None => diagnostic.help("the page shows the image's name, or how to pull it"),
        });
    }
}

/// A web page in the place of an image.
pub(super) struct Page {
    /// Where its address stands, without a tag.
    name: Range<usize>,
    /// The image that it is about, as far as it can be told.
    meant: Option<String>,
}

/// The web page that is named in the place of an image.
pub(super) fn page(text: &str) -> Option<Page> {
    let start = text.find("://").map_or(0, |at| at + "://".len());
    let last = text.rfind('/')?.max(start);
    let end = text[last..]
        .find([':', '@'])
        .map_or(text.len(), |at| last + at);
    let (host, path) = text.get(start..end)?.split_once('/')?;
    Some(Page {
        name: 0..end,
        meant: meant(host, path.trim_end_matches('/'))?,
    })
}

/// The image that a page of `host` is about, as far as it can be told. None where
/// `host` has images.
fn meant(host: &str, path: &str) -> Option<Option<String>> {
    let parts: Vec<&str> = path.split('/').collect();
    let image = match (host, &*parts) {
        ("hub.docker.com", ["_", name]) => Some((*name).to_owned()),
        ("hub.docker.com", ["r" | "u" | "repository", "docker", owner, name])
        | ("hub.docker.com", ["r", owner, name]) => Some(format!("{owner}/{name}")),
        ("quay.io", ["repository", owner, name]) => Some(format!("quay.io/{owner}/{name}")),
        ("gallery.ecr.aws", [owner, name]) => Some(format!("public.ecr.aws/{owner}/{name}")),
        ("github.com", [owner, _, "pkgs", "container", name]) | ("github.com", [owner, name]) => {
            Some(format!("ghcr.io/{owner}/{name}"))
        }
        ("gitlab.com", [_, _, ..]) => Some(format!("registry.gitlab.com/{path}")),
        (
            "hub.docker.com"
            | "gallery.ecr.aws"
            | "github.com"
            | "gitlab.com"
            | "console.cloud.google.com"
            | "console.aws.amazon.com"
            | "portal.azure.com",
            _,
        ) => None,
        _ => return None,
    };
    Some(image)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn pages_lead_to_their_images() {
        for (host, path, expected) in [
            ("hub.docker.com", "r/acme/app", Some(Some("acme/app"))),
            ("hub.docker.com", "_/nginx", Some(Some("nginx"))),
            ("hub.docker.com", "acme", Some(None)),
            (
                "quay.io",
                "repository/acme/app",
                Some(Some("quay.io/acme/app")),
            ),
            ("quay.io", "acme/app", None),
            (
                "github.com",
                "acme/shop/pkgs/container/web",
                Some(Some("ghcr.io/acme/web")),
            ),
            ("ghcr.io", "acme/web", None),
        ] {
            let expected = expected.map(|it| it.map(str::to_owned));
            assert_eq!(meant(host, path), expected, "{host}/{path}");
        }
    }
}
