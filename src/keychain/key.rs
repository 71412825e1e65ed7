//! The keys of a pull secret: which images each serves.

use super::glob::Glob;

/// A key of a pull secret, `https://*.example.com/team`, as the kubelet reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryKey {
    /// The labels of the host.
    labels: Vec<Glob>,
    /// The port, if there is one. It is no pattern.
    port: Option<String>,
    /// The path, with its `/`; empty for all images of the host.
    path: String,
    /// Host, port and path.
    whole: String,
}

impl RegistryKey {
    /// Reads a key. None for one that the kubelet skips, because it is no URL.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let (authority, path) = split(key);
        // Whoever writes a user before the host means the host behind it.
        let authority = authority.rsplit('@').next().unwrap_or(authority);
        if !is_host(authority) || path.chars().any(|it| it.is_control()) {
            return None;
        }
        let path = unescaped(path)?;
        // The versions of the API, as Docker writes them into its own keys.
        let path = match path.strip_prefix("/v1/").or(path.strip_prefix("/v2/")) {
            Some(_) => &path[3..],
            None => &path,
        };
        let path = if path == "/" { "" } else { path };
        let (host, port) = split_port(authority);
        Some(Self {
            labels: host.split('.').map(Glob::new).collect(),
            port: port.map(str::to_owned),
            path: path.to_owned(),
            whole: format!("{authority}{path}"),
        })
    }

    /// Whether the key serves `image`, an image's name with its registry and
    /// without tag and digest.
    #[must_use]
    pub fn matches(&self, image: &str) -> bool {
        let (host, port, path) = split_image(image);
        self.port.as_deref() == port && path.starts_with(&self.path) && self.matches_host(host)
    }

    /// Why the key does not serve `image`, for people; none if it does.
    #[must_use]
    pub fn mismatch(&self, image: &str) -> Option<String> {
        let (host, port, path) = split_image(image);
        if !self.matches_host(host) {
            let own = self.host();
            let count = host.split('.').count();
            let is_below = own.strip_prefix("*.").is_some_and(|it| host.ends_with(it));
            if self.labels.len() != count && is_below {
                return Some(format!(
                    "registry differs: `{own}` has {} parts and `{host}` has {count}; \
                     a `*` stands within one",
                    self.labels.len()
                ));
            }
            return Some(format!("registry differs: `{own}` is not `{host}`"));
        }
        if self.port.as_deref() != port {
            let shown = |port: Option<&str>| port.map_or("none".to_owned(), |it| format!("`{it}`"));
            let (own, other) = (shown(self.port.as_deref()), shown(port));
            return Some(format!(
                "port differs: {own} in the key, {other} in the image"
            ));
        }
        (!path.starts_with(&self.path))
            .then(|| format!("path differs: `{path}` does not begin with `{}`", self.path))
    }

    /// Whether the host is the image's, apart from the port.
    pub(crate) fn matches_host(&self, host: &str) -> bool {
        let mut labels = host.split('.');
        let mut own = self.labels.iter();
        loop {
            match (own.next(), labels.next()) {
                (Some(pattern), Some(label)) if pattern.matches(label) => {}
                (None, None) => return true,
                _ => return false,
            }
        }
    }

    /// The host without its port, as it is written.
    pub(crate) fn host(&self) -> String {
        let labels: Vec<&str> = self.labels.iter().map(Glob::text).collect();
        labels.join(".")
    }

    /// The port.
    pub(crate) fn port(&self) -> Option<&str> {
        self.port.as_deref()
    }

    /// The path with its `/`; empty for all images of the host.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn labels(&self) -> &[Glob] {
        &self.labels
    }

    /// What the kubelet sorts keys by.
    pub(super) fn order(&self) -> &str {
        &self.whole
    }
}

/// The host of a key, whatever is wrong with it: without scheme, user and port.
pub(super) fn host_of(key: &str) -> &str {
    let (authority, _) = split(key.trim());
    let authority = authority.rsplit('@').next().unwrap_or(authority);
    split_port(authority).0
}

/// Host, port and path of an image's name.
pub(crate) fn split_image(image: &str) -> (&str, Option<&str>, &str) {
    let (authority, path) = image.find('/').map_or((image, ""), |at| image.split_at(at));
    let (host, port) = split_port(authority);
    (host, port, path)
}

/// What stands before the path of a key, and the path.
fn split(key: &str) -> (&str, &str) {
    let rest = key
        .strip_prefix("https://")
        .or_else(|| key.strip_prefix("http://"))
        .unwrap_or(key);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    (authority, path.split(['?', '#']).next().unwrap_or_default())
}

/// Host and port, as Go splits them: a host in brackets is an address, and a colon
/// without a port behind it is none.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let Some((host, port)) = authority.rsplit_once(':') else {
        return (authority, None);
    };
    let inner = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    match inner {
        Some(inner) => (inner, Some(port).filter(|it| !it.is_empty())),
        None if host.contains(':') || host.starts_with('[') => (authority, None),
        None => (host, Some(port).filter(|it| !it.is_empty())),
    }
}

/// A path without the escapes of URLs; none where one is broken.
fn unescaped(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_owned());
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether Go takes `authority` for the host of a URL.
fn is_host(authority: &str) -> bool {
    if let Some(inner) = authority.strip_prefix('[') {
        let behind = inner.split_once(']').map(|(_, behind)| behind);
        return behind.is_some_and(|it| {
            let port = it.strip_prefix(':').unwrap_or(it);
            it.is_empty() || it.starts_with(':') && port.bytes().all(|it| it.is_ascii_digit())
        });
    }
    let port = authority.rsplit_once(':').map(|(_, port)| port);
    let is_port = port.is_none_or(|port| port.bytes().all(|it| it.is_ascii_digit()));
    let is_allowed = |it: char| !(it.is_control() || it.is_whitespace() || "^`{|}\\%".contains(it));
    is_port && authority.chars().all(is_allowed)
}
