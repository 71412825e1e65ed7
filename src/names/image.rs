//! Image references, normalised as container runtimes do.
//!
//! Source: `distribution/reference`, `reference.go` and `normalize.go`.

use std::fmt;

use super::registry::RegistryHost;

/// The longest repository, in characters.
const MAX_REPOSITORY: usize = 255;

/// A normalised image reference: the registry is never left out, and Docker
/// Hub is `docker.io`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct ImageReference {
    /// The registry host.
    pub registry: String,
    /// The repository within the registry.
    pub repository: String,
    /// The tag, as given.
    pub tag: Option<String>,
    /// The digest, as given.
    pub digest: Option<String>,
}

/// An image reference as it is written, before it is normalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceParts<'r> {
    /// Registry and repository.
    pub name: &'r str,
    /// The registry host, if the name has several parts: whatever stands first.
    pub registry: Option<&'r str>,
    /// The rest of the name.
    pub repository: &'r str,
    /// The tag.
    pub tag: Option<&'r str>,
    /// The digest.
    pub digest: Option<&'r str>,
}

/// Why a text is no image reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReferenceError {
    /// It is empty.
    Empty,
    /// It does not have the form `[registry/]repository[:tag][@digest]`.
    Format,
    /// The repository has upper-case letters.
    UpperCase,
    /// The repository is longer than 255 characters.
    TooLong,
    /// It is 64 hexadecimal digits, which is the form of an image id.
    LooksLikeId,
    /// The digest's algorithm is not `sha256`.
    DigestAlgorithm,
    /// The digest is not 64 lower-case hexadecimal digits long.
    DigestLength,
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::Format => "it is not of the form `registry/repository:tag@digest`",
            Self::UpperCase => "the repository must be lower case",
            Self::TooLong => "the repository is longer than 255 characters",
            Self::LooksLikeId => "64 hexadecimal digits are an image id, not a repository",
            Self::DigestAlgorithm => "the digest's algorithm must be `sha256`",
            Self::DigestLength => "a `sha256` digest has 64 lower-case hexadecimal digits",
        })
    }
}

impl std::error::Error for ReferenceError {}

impl ReferenceError {
    /// Why `text`, of which this is what is wrong, is no image reference: as exactly as
    /// the text tells.
    #[must_use]
    pub fn in_words(self, text: &str) -> String {
        let trimmed = text.trim();
        let (scheme, rest) = match trimmed.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, trimmed),
        };
        let words = match scheme {
            _ if self != Self::Format => return self.to_string(),
            Some(scheme) => return format!("`{scheme}://` is of web addresses"),
            None if rest.contains(char::is_whitespace) => "there is white space in it",
            None if trimmed != text => "there is white space around it",
            None if rest.ends_with(':') => "there is no tag behind the colon",
            None if rest.contains("//") => "there is nothing between two slashes",
            None if rest.contains('@') => "a digest is `sha256:` with 64 hexadecimal digits",
            None => return self.to_string(),
        };
        words.to_owned()
    }
}

impl ImageReference {
    /// Parses and normalises `text`.
    ///
    /// # Errors
    /// Why it is no image reference.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        if is_id(text) {
            return Err(ReferenceError::LooksLikeId);
        }
        let (registry, rest) = split_registry(text);
        let library = registry == "docker.io" && !rest.contains('/');
        let rest = if library {
            format!("library/{rest}")
        } else {
            rest.to_owned()
        };
        let repository = rest.split(':').next().unwrap_or_default();
        if repository.chars().any(char::is_uppercase) {
            return Err(ReferenceError::UpperCase);
        }
        let full = format!("{registry}/{rest}");
        let parts = parse_reference(&full)?;
        // What can be no host, `a_b.com`, is taken for the first part of a repository
        // there; the whole reads the same.
        let host = format!("{registry}/");
        let repository = parts.name.strip_prefix(&host).unwrap_or(parts.repository);
        Ok(Self {
            registry: registry.to_owned(),
            repository: repository.to_owned(),
            tag: parts.tag.map(str::to_owned),
            digest: parts.digest.map(str::to_owned),
        })
    }

    /// Registry and repository.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}", self.registry, self.repository)
    }

    /// The whole reference, with the tag `latest` when there is neither tag nor
    /// digest, and without the tag when there is a digest: the digest alone counts.
    #[must_use]
    pub fn canonical(&self) -> String {
        let name = self.name();
        match (&self.digest, &self.tag) {
            (Some(digest), _) => format!("{name}@{digest}"),
            (None, Some(tag)) => format!("{name}:{tag}"),
            (None, None) => format!("{name}:latest"),
        }
    }

    /// The shortest way to write the name: without Docker Hub's host and library.
    #[must_use]
    pub fn familiar_name(&self) -> String {
        if self.registry != "docker.io" {
            return self.name();
        }
        let in_library = self.repository.strip_prefix("library/");
        let short = in_library.filter(|rest| !rest.contains('/'));
        short.unwrap_or(&self.repository).to_owned()
    }

    /// Whether the image is in a place from which everybody may pull.
    #[must_use]
    pub fn is_public(&self) -> bool {
        match self.registry.as_str() {
            "docker.io" => self.repository.starts_with("library/"),
            "registry.k8s.io" | "k8s.gcr.io" | "mirror.gcr.io" | "public.ecr.aws"
            | "ecr-public.aws.com" | "mcr.microsoft.com" => true,
            _ => false,
        }
    }
}

impl fmt::Display for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.canonical())
    }
}

/// The image that `text` names, in its full form, where `text` may also be the
/// id of an image (64 hexadecimal digits) or a digest alone.
///
/// # Errors
/// Why it is none of these.
pub fn parse_any(text: &str) -> Result<String, ReferenceError> {
    if is_id(text) {
        return Ok(format!("sha256:{text}"));
    }
    if check_digest(text).is_ok() {
        return Ok(text.to_owned());
    }
    let image = ImageReference::parse(text)?;
    let name = image.name();
    let tag = image.tag.map_or(String::new(), |tag| format!(":{tag}"));
    let digest = image
        .digest
        .map_or(String::new(), |digest| format!("@{digest}"));
    Ok(format!("{name}{tag}{digest}"))
}

/// Takes `text` apart without normalising it: `host:5000` is the repository
/// `host` with the tag `5000`.
///
/// # Errors
/// Why it is no image reference.
pub fn parse_reference(text: &str) -> Result<ReferenceParts<'_>, ReferenceError> {
    if text.is_empty() {
        return Err(ReferenceError::Empty);
    }
    let Some(parts) = split_reference(text) else {
        let folded = text.to_lowercase();
        return Err(if split_reference(&folded).is_some() {
            ReferenceError::UpperCase
        } else {
            ReferenceError::Format
        });
    };
    if parts.repository.len() > MAX_REPOSITORY {
        return Err(ReferenceError::TooLong);
    }
    if let Some(digest) = parts.digest {
        check_digest(digest)?;
    }
    Ok(parts)
}

/// The registry of a reference, and the rest.
fn split_registry(text: &str) -> (&str, &str) {
    match text.split_once('/') {
        Some(("index.docker.io", rest)) => ("docker.io", rest),
        Some((first, rest))
            if first == "localhost"
                || first.contains(['.', ':'])
                || first.chars().any(char::is_uppercase) =>
        {
            (first, rest)
        }
        _ => ("docker.io", text),
    }
}

fn split_reference(text: &str) -> Option<ReferenceParts<'_>> {
    let (rest, digest) = match text.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (text, None),
    };
    // A colon before the last slash belongs to a port.
    let after_slash = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (name, tag) = match rest[after_slash..].find(':') {
        Some(colon) => {
            let colon = after_slash + colon;
            (&rest[..colon], Some(&rest[colon + 1..]))
        }
        None => (rest, None),
    };
    if tag.is_some_and(|tag| !is_tag(tag)) || digest.is_some_and(|it| !is_digest(it)) {
        return None;
    }
    let split = name.split_once('/');
    let with_registry = split.filter(|(registry, repository)| {
        RegistryHost::parse(registry).is_ok() && is_repository(repository)
    });
    if let Some((registry, repository)) = with_registry {
        return Some(ReferenceParts {
            name,
            registry: Some(registry),
            repository,
            tag,
            digest,
        });
    }
    is_repository(name).then_some(ReferenceParts {
        name,
        registry: None,
        repository: name,
        tag,
        digest,
    })
}

fn is_repository(text: &str) -> bool {
    text.split('/').all(is_component)
}

/// `[a-z0-9]+` runs, with one `.`, `_`, `__` or any number of `-` between them.
fn is_component(text: &str) -> bool {
    let is_plain = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(is_plain) || !bytes.last().is_some_and(is_plain) {
        return false;
    }
    let separators = bytes.split(is_plain).filter(|run| !run.is_empty());
    separators
        .into_iter()
        .all(|run| matches!(run, b"." | b"_" | b"__") || run.iter().all(|b| *b == b'-'))
}

fn is_tag(text: &str) -> bool {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    text.len() <= 128
        && text.bytes().next().is_some_and(is_word)
        && text.bytes().all(|b| is_word(b) || b == b'.' || b == b'-')
}

/// Whether `text` has the form of a digest, of whatever algorithm.
fn is_digest(text: &str) -> bool {
    let Some((algorithm, hex)) = text.split_once(':') else {
        return false;
    };
    let is_algorithm = algorithm.split(['-', '_', '+', '.']).all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    is_algorithm && hex.len() >= 32 && hex.bytes().all(|b| b.is_ascii_hexdigit())
}

fn check_digest(text: &str) -> Result<(), ReferenceError> {
    if !is_digest(text) {
        return Err(ReferenceError::Format);
    }
    let hex = text
        .strip_prefix("sha256:")
        .ok_or(ReferenceError::DigestAlgorithm)?;
    let is_lower = hex
        .bytes()
        .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
    if hex.len() == 64 && is_lower {
        Ok(())
    } else {
        Err(ReferenceError::DigestLength)
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
