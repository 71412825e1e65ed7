//! Images of registries whose names are misspelt.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::suggest::have_same_letters;

declare_rule! {
    /// The registry of an image is nearly one that everybody knows.
    ///
    /// ## Why is this wrong?
    /// A name with two letters swapped is most often nobody's registry, and then the
    /// image cannot be pulled. It may also be somebody's who waits for such slips and
    /// asks for credentials.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: gchr.io/acme/web:1  # warning: "`gchr.io`"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: ghcr.io/acme/web:1
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "misspelt-image-host" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

/// Registries that many images come from.
const KNOWN: &[&str] = &[
    "asia.gcr.io",
    "cgr.dev",
    "container-registry.oracle.com",
    "docker.elastic.co",
    "docker.io",
    "eu.gcr.io",
    "gcr.io",
    "ghcr.io",
    "icr.io",
    "index.docker.io",
    "k8s.gcr.io",
    "lscr.io",
    "mcr.microsoft.com",
    "mirror.gcr.io",
    "nvcr.io",
    "public.ecr.aws",
    "quay.io",
    "registry-1.docker.io",
    "registry.access.redhat.com",
    "registry.gitlab.com",
    "registry.k8s.io",
    "registry.redhat.io",
    "us.gcr.io",
];

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for used in context.images {
        let Some((host, meant)) = used.registry().and_then(|it| Some((it, meant(it)?))) else {
            continue;
        };
        let mention = used.mention(context.sources);
        let range = 0..host.len();
        let diagnostic = mention
            .at(
                &RULE,
                range.clone(),
                format!("`{host}` is no registry that is known"),
            )
            .help(format!("did you mean `{meant}`?"));
        diagnostics.push(mention.guess(diagnostic, format!("write `{meant}`"), &[(range, meant)]));
    }
}

/// The registry that `host` is a slip of the fingers away from. In a short name only
/// swapped letters are one: `icr.io` and `gcr.io` are both registries.
fn meant(host: &str) -> Option<&'static str> {
    const LONG: usize = 12;
    if host.len() > 40 || KNOWN.contains(&host) {
        return None;
    }
    let is_slip = |known: &&&str| {
        // Most hosts are of another length, and need not be compared.
        host.len().abs_diff(known.len()) <= 1
            && strsim::damerau_levenshtein(host, known) == 1
            && (known.len() >= LONG || have_same_letters(host, known))
    };
    KNOWN.iter().find(is_slip).copied()
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn only_slips_are_told() {
        for (host, expected) in [
            ("gchr.io", Some("ghcr.io")),
            ("grc.io", Some("gcr.io")),
            ("mcr.microsft.com", Some("mcr.microsoft.com")),
            ("registry.gilab.com", Some("registry.gitlab.com")),
            ("icr.io", None),
            ("ocr.io", None),
            ("quay.com", None),
            ("registry.acme.com", None),
        ] {
            assert_eq!(meant(host), expected, "{host}");
        }
    }
}
