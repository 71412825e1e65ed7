//! A text where a registry host is wanted, taken apart leniently, so that
//! every mistake in it can be told by itself.

use std::ops::Range;

/// The parts of a text that should be a registry host. All ranges are bytes of
/// the whole text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegistryText {
    /// The text without the white space around it.
    pub trimmed: Range<usize>,
    /// `https://`.
    pub scheme: Option<Range<usize>>,
    /// `user@`.
    pub user: Option<Range<usize>>,
    /// The host without its port.
    pub host: Range<usize>,
    /// The digits after the host's colon.
    pub port: Option<Range<usize>>,
    /// The path, from its slash on, without tag and digest.
    pub path: Option<Range<usize>>,
    /// The tag with its colon.
    pub tag: Option<Range<usize>>,
    /// The digest with its `@`.
    pub digest: Option<Range<usize>>,
}

impl RegistryText {
    /// Takes `text` apart.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let start = text.len() - text.trim_start_matches(is_blank).len();
        let end = start + text[start..].trim_end_matches(is_blank).len();
        let mut parts = Self {
            trimmed: start..end,
            ..Self::default()
        };
        let mut at = start;
        if let Some(length) = scheme_length(&text[at..end]) {
            parts.scheme = Some(at..at + length);
            at += length;
        }
        let mut end = end;
        if let Some(digest) = digest_start(&text[at..end]) {
            parts.digest = Some(at + digest..end);
            end = at + digest;
        }
        let path = text[at..end].find('/').map_or(end, |slash| at + slash);
        if path < end {
            // A colon in the last part of the path begins a tag.
            let last = text[..end].rfind('/').unwrap_or(path);
            let tag = text[last..end].find(':').map(|colon| last + colon);
            parts.tag = tag.map(|tag| tag..end);
            parts.path = Some(path..tag.unwrap_or(end));
        }
        if let Some(user) = text[at..path].rfind('@') {
            parts.user = Some(at..at + user + 1);
            at += user + 1;
        }
        let host_end = if text[at..path].starts_with('[') {
            text[at..path]
                .find(']')
                .map_or(path, |close| at + close + 1)
        } else {
            text[at..path].find(':').map_or(path, |colon| at + colon)
        };
        parts.host = at..host_end;
        if host_end < path {
            let after = host_end + 1..path;
            let digits = text.get(after.clone()).unwrap_or_default();
            if digits.bytes().all(|b| b.is_ascii_digit()) {
                parts.port = Some(after);
            } else {
                // `host:v1` is an image of that name with a tag.
                parts.tag = Some(host_end..path);
            }
        }
        parts
    }

    /// The host and its port: what should have been written.
    #[must_use]
    pub fn host_and_port<'t>(&self, text: &'t str) -> &'t str {
        let end = self.port.as_ref().map_or(self.host.end, |port| port.end);
        &text[self.host.start..end]
    }
}

/// White space, and characters that cannot be seen and come with pasted text.
pub(crate) fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn scheme_length(text: &str) -> Option<usize> {
    // `//host`, `https:host` and `https//host` miss a part of what is not wanted anyway.
    let rest = ["https", "http"]
        .iter()
        .find_map(|it| text.strip_prefix(it));
    let rest = rest.unwrap_or(text);
    let host = rest.trim_start_matches([':', '/']);
    let is_cut = rest.len() - host.len() > usize::from(rest.len() == text.len())
        && host
            .split(['/', ':'])
            .next()
            .is_some_and(|it| it.contains('.'));
    if is_cut {
        return Some(text.len() - host.len());
    }
    let end = text.find("://")?;
    let is_scheme = text[..end].starts_with(|c: char| c.is_ascii_alphabetic())
        && text[..end]
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    is_scheme.then_some(end + 3)
}

/// Where `@algorithm:hex` begins at the end of an image reference.
fn digest_start(text: &str) -> Option<usize> {
    let at = text.rfind('@')?;
    let (algorithm, rest) = text[at + 1..].split_once(':')?;
    let is_digest = matches!(algorithm, "sha256" | "sha512" | "sha384")
        && rest
            .chars()
            .all(|c| c.is_ascii_hexdigit() || c == '.' || c == '…');
    is_digest.then_some(at)
}

#[cfg(test)]
mod tests {
    use super::RegistryText;

    #[test]
    fn every_part_is_found() {
        let text = " https://me@host.io:5000/team/app:v1@sha256:ab\n";
        let parts = RegistryText::of(text);
        let show = |range: Option<std::ops::Range<usize>>| range.map(|it| &text[it]);
        assert_eq!(show(parts.scheme.clone()), Some("https://"));
        assert_eq!(show(parts.user.clone()), Some("me@"));
        assert_eq!(&text[parts.host.clone()], "host.io");
        assert_eq!(show(parts.port.clone()), Some("5000"));
        assert_eq!(show(parts.path.clone()), Some("/team/app"));
        assert_eq!(show(parts.tag.clone()), Some(":v1"));
        assert_eq!(show(parts.digest.clone()), Some("@sha256:ab"));
        assert_eq!(parts.host_and_port(text), "host.io:5000");
    }

    #[test]
    fn a_scheme_may_miss_a_part() {
        let scheme = |text: &str| RegistryText::of(text).scheme.map(|it| text[it].to_owned());
        for text in ["https://", "http:", "https//", "https:/", "//", "oci://"] {
            let whole = format!("{text}host.io/app");
            assert_eq!(scheme(&whole).as_deref(), Some(text));
        }
        for text in [
            "https.example.com",
            "https:5000",
            "host.io/a",
            "/host.io",
            "https/app",
        ] {
            assert_eq!(scheme(text), None, "{text}");
        }
    }

    #[test]
    fn a_tag_is_no_port() {
        let tag = |text: &str| RegistryText::of(text).tag.map(|it| text[it].to_owned());
        assert_eq!(tag("host:v1").as_deref(), Some(":v1"));
        assert_eq!(tag("host:5000"), None);
        assert_eq!(tag("host:5000/app:1").as_deref(), Some(":1"));
        assert_eq!(tag("[::1]:5000"), None);
        assert_eq!(tag(""), None);
        assert_eq!(tag("/"), None);
    }
}
