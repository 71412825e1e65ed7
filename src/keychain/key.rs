//! The keys of a pull secret: which images each serves.

/// A key of a pull secret, `https://*.example.com/team`, as the kubelet reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryKey {
    /// The labels of the host. Each may hold `*`, `?` and `[…]`.
    labels: Vec<String>,
    /// The port, if there is one. It is no pattern.
    port: Option<String>,
    /// The path, with its `/`; empty for all images of the host.
    path: String,
}

impl RegistryKey {
    /// Reads a key. None for one that the kubelet skips, because it is no URL.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let rest = key
            .strip_prefix("https://")
            .or_else(|| key.strip_prefix("http://"))
            .unwrap_or(key);
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        // Whoever writes a user before the host means the host behind it.
        let authority = authority.rsplit('@').next().unwrap_or(authority);
        if !is_host(authority) || path.chars().any(|it| it.is_control()) {
            return None;
        }
        // The versions of the API, as Docker writes them into its own keys.
        let path = match path.strip_prefix("/v1/").or(path.strip_prefix("/v2/")) {
            Some(_) => &path[3..],
            None => path,
        };
        let path = if path == "/" { "" } else { path };
        let (host, port) = split_port(authority);
        Some(Self {
            labels: host.split('.').map(str::to_owned).collect(),
            port: port.map(str::to_owned),
            path: path.to_owned(),
        })
    }

    /// Whether the key serves `image`, an image's name with its registry and
    /// without tag and digest.
    #[must_use]
    pub fn matches(&self, image: &str) -> bool {
        let (authority, path) = image.find('/').map_or((image, ""), |at| image.split_at(at));
        let (host, port) = split_port(authority);
        self.port.as_deref() == port && path.starts_with(&self.path) && self.matches_host(host)
    }

    /// Why the key does not serve `image`, for people; none if it does.
    #[must_use]
    pub fn mismatch(&self, image: &str) -> Option<String> {
        let (authority, path) = image.find('/').map_or((image, ""), |at| image.split_at(at));
        let (host, port) = split_port(authority);
        let own = self.labels.join(".");
        if !self.matches_host(host) {
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

    fn matches_host(&self, host: &str) -> bool {
        let mut labels = host.split('.');
        let mut own = self.labels.iter();
        loop {
            match (own.next(), labels.next()) {
                (Some(pattern), Some(label)) if matches_label(pattern, label) => {}
                (None, None) => return true,
                _ => return false,
            }
        }
    }

    /// The host with its port, if it is no pattern.
    pub(super) fn exact_host(&self) -> Option<String> {
        let is_pattern = |it: &String| it.contains(['*', '?', '[', '\\']);
        if self.labels.iter().any(is_pattern) {
            return None;
        }
        let host = self.labels.join(".");
        Some(match &self.port {
            Some(port) => format!("{host}:{port}"),
            None => host,
        })
    }

    /// How many labels the host has.
    pub(super) fn label_count(&self) -> usize {
        self.labels.len()
    }

    /// What the kubelet sorts keys by.
    pub(super) fn order(&self) -> String {
        let host = self.labels.join(".");
        match &self.port {
            Some(port) => format!("{host}:{port}{}", self.path),
            None => format!("{host}{}", self.path),
        }
    }
}

/// Host and port. A host in brackets has colons of its own.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// Whether Go takes `authority` for the host of a URL.
fn is_host(authority: &str) -> bool {
    if let Some(inner) = authority.strip_prefix('[') {
        return inner.contains(']');
    }
    let (_, port) = split_port(authority);
    let is_port = port.is_none_or(|port| port.bytes().all(|it| it.is_ascii_digit()));
    let is_allowed =
        |it: char| !(it.is_control() || it.is_whitespace() || "\"<>^`{|}\\%".contains(it));
    is_port && authority.chars().all(is_allowed)
}

/// Whether a label matches a pattern of Go's `filepath.Match`.
fn matches_label(pattern: &str, label: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let label: Vec<char> = label.chars().collect();
    // Where the last `*` stood, and how much of the label it took.
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < label.len() {
        let step = match pattern.get(at) {
            Some('*') => {
                star = Some((at, from));
                at += 1;
                continue;
            }
            Some('?') => Some(at + 1),
            Some('[') => class(&pattern, at, label[from]),
            Some('\\') if pattern.get(at + 1) == Some(&label[from]) => Some(at + 2),
            Some(letter) if *letter == label[from] && *letter != '\\' => Some(at + 1),
            _ => None,
        };
        match (step, &mut star) {
            (Some(next), _) => {
                at = next;
                from += 1;
            }
            (None, Some((begin, taken))) => {
                *taken += 1;
                at = *begin + 1;
                from = *taken;
            }
            (None, None) => return false,
        }
    }
    pattern[at..].iter().all(|it| *it == '*')
}

/// Where the pattern goes on behind the class at `at`, if `letter` is in it.
fn class(pattern: &[char], at: usize, letter: char) -> Option<usize> {
    let mut next = at + 1;
    let is_negated = pattern.get(next) == Some(&'^');
    next += usize::from(is_negated);
    let mut is_in = false;
    let mut is_first = true;
    loop {
        let low = *pattern.get(next)?;
        if low == ']' && !is_first {
            break;
        }
        is_first = false;
        let high = match (pattern.get(next + 1), pattern.get(next + 2)) {
            (Some('-'), Some(high)) => {
                next += 2;
                *high
            }
            _ => low,
        };
        is_in |= (low..=high).contains(&letter);
        next += 1;
    }
    (is_in != is_negated).then_some(next + 1)
}
