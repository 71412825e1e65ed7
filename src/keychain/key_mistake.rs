//! Keys that no image can have, and what was meant by them.

use super::RegistryKey;
use super::flaw::is_placeholder_host;
use super::glob::Glob;

/// Why a key serves no image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyMistake {
    pub(crate) kind: KeyMistakeKind,
    /// Why, in a part of a sentence.
    pub(crate) why: &'static str,
    /// The key that was probably meant.
    pub(crate) meant: Option<String>,
}

/// A kind of [`KeyMistake`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyMistakeKind {
    /// It stands for a host to be filled in.
    Placeholder,
    /// It is meant for Docker Hub, under a name that images do not have.
    DockerHub,
    /// Anything else.
    Other,
}

use KeyMistakeKind::{DockerHub, Other, Placeholder};

/// The key that every client takes for Docker Hub's.
const HUB_KEY: &str = "https://index.docker.io/v1/";

/// What people take for Docker Hub's registry.
const HUB_HOSTS: &[&str] = &[
    "*.docker.io",
    "auth.docker.io",
    "docker.com",
    "docker.hub",
    "docker.hub.com",
    "dockerhub",
    "dockerhub.com",
    "dockerhub.io",
    "hub.docker.com",
    "hub.docker.io",
    "registry-1.docker.io",
    "registry.docker.io",
    "registry.hub.docker.com",
    "www.docker.com",
    "www.docker.io",
];

impl KeyMistake {
    /// Why no image can have `key`, if none can. An image whose registry is written in
    /// just this way may be an exception: its registry in upper case, for example.
    pub(super) fn of(key: &str) -> Option<Self> {
        let (kind, why) = find(key)?;
        let meant = match kind {
            Placeholder => None,
            DockerHub => Some(hub_key(key)),
            Other => mended(key).filter(|it| it != key && find(it).is_none()),
        };
        Some(Self { kind, why, meant })
    }
}

/// What `docker login` keeps beside the credentials of Docker Hub when somebody logs in
/// with a browser. No image asks for these, nor are they meant for any.
const HUB_TOKENS: &[&str] = &[
    "https://index.docker.io/v1/access-token",
    "https://index.docker.io/v1/refresh-token",
];

fn find(key: &str) -> Option<(KeyMistakeKind, &'static str)> {
    if HUB_TOKENS.contains(&key) {
        return None;
    }
    if is_placeholder_host(key) {
        return Some((Placeholder, "its host is still to be filled in"));
    }
    if let Some(why) = of_docker_hub(key) {
        return Some((DockerHub, why));
    }
    let why = match RegistryKey::parse(key) {
        Some(read) => of_path(key, read.path()).or_else(|| of_host(&read)),
        None => Some(of_no_host(key)),
    };
    why.map(|why| (Other, why))
}

/// Why a key that is meant for Docker Hub is not its key.
fn of_docker_hub(key: &str) -> Option<&'static str> {
    let parts = Parts::of(key);
    let path = parts.path.trim_end_matches('/');
    let is_own = matches!(parts.host.as_str(), "docker.io" | "index.docker.io");
    if HUB_HOSTS.contains(&parts.host.as_str()) {
        return Some("no image on Docker Hub has this host");
    }
    if !is_own {
        return None;
    }
    if parts.port.is_some() {
        return Some("no image on Docker Hub has a port");
    }
    match parts.path {
        "/v1" | "/v2" => Some("the slash at its end is missing"),
        _ if parts.host == "index.docker.io" && !matches!(path, "" | "/v1" | "/v2") => {
            Some("a path counts below `docker.io` alone")
        }
        _ => None,
    }
}

/// The key of Docker Hub that was meant.
fn hub_key(key: &str) -> String {
    let path = mended_path(Parts::of(key).path);
    match path.as_str() {
        "" => HUB_KEY.to_owned(),
        path => format!("docker.io{path}"),
    }
}

fn of_path(key: &str, path: &str) -> Option<&'static str> {
    let is_plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b"._/-".contains(&it);
    if matches!(path, "/v1" | "/v2") {
        return Some("the slash at its end is missing");
    }
    if path.starts_with("//") && key.contains("://") {
        return Some("of schemes, only `https://` and `http://` are taken off");
    }
    if path.contains('*') {
        return Some("a `*` in the path is a letter like others");
    }
    if path.contains([':', '@']) {
        return Some("images are looked up without tag and digest");
    }
    if path.bytes().any(|it| it.is_ascii_uppercase()) {
        return Some("repositories are lower case");
    }
    (path.contains("//") || !path.bytes().all(is_plain)).then_some("no repository has such a name")
}

fn of_host(read: &RegistryKey) -> Option<&'static str> {
    let labels = read.labels();
    let is_letter = |it: char| it.is_ascii_alphanumeric() || "-*?[]".contains(it);
    let host = read.host();
    if host.is_empty() {
        return Some("it has no host");
    }
    // An address.
    if host.contains(':') {
        return None;
    }
    if labels.iter().any(|it| it.text().is_empty()) {
        return Some("a part of its host is empty");
    }
    if labels.iter().any(Glob::is_broken) {
        return Some("a `[` in it is not closed");
    }
    if !host.chars().all(|it| it == '.' || is_letter(it)) {
        return Some("no registry has such a name");
    }
    if labels.len() == 1 && read.port().is_none() && host != "localhost" {
        return Some("an image's registry has a dot or a port");
    }
    host.bytes()
        .any(|it| it.is_ascii_uppercase())
        .then_some("images name their registry in lower case")
}

/// Why the kubelet does not take a key for a URL.
fn of_no_host(key: &str) -> &'static str {
    let parts = Parts::of(key);
    if key.chars().any(|it| it.is_whitespace() || it.is_control()) {
        return "the kubelet skips keys with white space";
    }
    match parts.port {
        Some(port) if port.contains('*') => "a `*` counts in the host, not in the port",
        Some(port) if !port.bytes().all(|it| it.is_ascii_digit()) => "its port is no number",
        _ => "the kubelet skips it, because it is no URL",
    }
}

/// The parts of a key, whatever is wrong with it.
struct Parts<'k> {
    /// In lower case.
    host: String,
    port: Option<&'k str>,
    path: &'k str,
}

impl<'k> Parts<'k> {
    fn of(key: &'k str) -> Self {
        let key = key.trim();
        let rest = key.split_once("://").map_or(key, |(_, rest)| rest);
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let authority = authority.rsplit('@').next().unwrap_or(authority);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !authority.starts_with('[') => (host, Some(port)),
            _ => (authority, None),
        };
        Self {
            host: host.to_ascii_lowercase(),
            port,
            path: path.split(['?', '#']).next().unwrap_or_default(),
        }
    }
}

/// The key without what keeps it from serving images.
fn mended(key: &str) -> Option<String> {
    let Parts { host, port, path } = Parts::of(key);
    let host = host.trim_matches('.');
    let port = port.filter(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    let port = port.map_or_else(String::new, |port| format!(":{port}"));
    (!host.is_empty()).then(|| format!("{host}{port}{}", mended_path(path)))
}

/// A path as repositories have it: up to its first part that none can have.
fn mended_path(path: &str) -> String {
    let versions = ["/v1", "/v2"];
    let rest = versions.iter().find_map(|it| path.strip_prefix(it));
    let rest = rest.filter(|it| it.is_empty() || it.starts_with('/'));
    let path = rest.unwrap_or(path);
    let end = path.find(['*', ':', '@', ' ']).unwrap_or(path.len());
    let parts = path[..end].split('/').filter(|it| !it.is_empty());
    parts.fold(String::new(), |path, part| {
        format!("{path}/{}", part.to_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_serve_images_are_right() {
        for key in [
            HUB_KEY,
            "https://index.docker.io/v2/",
            "index.docker.io",
            "docker.io",
            "docker.io/acme",
            "https://docker.io/v1/",
            "quay.io",
            "https://quay.io/v1/",
            "http://quay.io/",
            "quay.io/coreos/",
            "*.io",
            "registry.example.com:5000",
            "registry:5000",
            "localhost",
            "localhost:5000/team",
            "*.dkr.ecr.*.amazonaws.com",
            "[::1]:5000",
            "k[a-z]s.example.com",
            "192.0.2.1:5000",
            "quay.io:",
        ] {
            assert_eq!(KeyMistake::of(key), None, "{key}");
        }
    }

    #[test]
    fn other_keys_say_what_was_meant() {
        for (key, kind, meant) in [
            ("https://index.docker.io/v1", DockerHub, HUB_KEY),
            ("registry-1.docker.io", DockerHub, HUB_KEY),
            ("https://registry-1.docker.io/v2/", DockerHub, HUB_KEY),
            ("https://hub.docker.com", DockerHub, HUB_KEY),
            ("registry.hub.docker.com", DockerHub, HUB_KEY),
            ("*.docker.io", DockerHub, HUB_KEY),
            ("docker.io:443", DockerHub, HUB_KEY),
            ("index.docker.io/acme", DockerHub, "docker.io/acme"),
            ("https://quay.io/v2", Other, "quay.io"),
            ("quay.io/*", Other, "quay.io"),
            ("quay.io/team/*", Other, "quay.io/team"),
            ("quay.io/Team", Other, "quay.io/team"),
            ("QUAY.IO", Other, "quay.io"),
            (" quay.io", Other, "quay.io"),
            ("quay.io\n", Other, "quay.io"),
            ("ftp://quay.io", Other, "quay.io"),
            ("docker://quay.io/team", Other, "quay.io/team"),
            ("quay.io/coreos/etcd:v1", Other, "quay.io/coreos/etcd"),
            ("*.example.com:*", Other, "*.example.com"),
            ("registry.example.com:port", Other, "registry.example.com"),
            (".example.com", Other, "example.com"),
            ("quay.io//team", Other, "quay.io/team"),
            ("acme", Other, ""),
            ("*", Other, ""),
            ("", Other, ""),
            ("https://", Other, ""),
            ("my_registry.example.com", Other, ""),
            ("REGISTRY_URL", Placeholder, ""),
            ("<your-registry-server>", Placeholder, ""),
            ("https://DOCKER_REGISTRY_SERVER", Placeholder, ""),
        ] {
            let mistake = KeyMistake::of(key).unwrap_or_else(|| panic!("{key:?} is wrong"));
            let found = (mistake.kind, mistake.meant.as_deref().unwrap_or_default());
            assert_eq!(found, (kind, meant), "{key:?}: {}", mistake.why);
        }
    }
}
