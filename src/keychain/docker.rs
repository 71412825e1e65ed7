//! How Docker's own clients look for the entry of a registry.
//!
//! Source: docker/cli, `cli/config/credentials/file_store.go`.

/// Whether Docker, with an entry of this key in its `config.json`, uses it for images of
/// `registry`: the key is the host, apart from a scheme and a path. There are no
/// patterns, and Docker Hub has a single key.
#[must_use]
pub fn docker_finds(key: &str, registry: &str) -> bool {
    if matches!(registry, "docker.io" | "index.docker.io") {
        return key == "https://index.docker.io/v1/";
    }
    let rest = key.split_once("://").map_or(key, |(_, rest)| rest);
    key == registry || rest.split('/').next() == Some(registry)
}
