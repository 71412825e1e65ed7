//! Project files that are not there, or no text.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::{ReadError, Span};

declare_rule! {
    /// The project file is missing or is not plain UTF-8 text.
    ///
    /// ## Why is this wrong?
    /// Everything begins with `raftt.yml` at the root of the repository. It is
    /// UTF-8 text. Another encoding, most often UTF-16 or Latin-1 from an editor's
    /// settings, cannot be read.
    "unreadable-project-file" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The file at `path` could not be read; `beside` are the names in its folder.
pub(crate) fn not_read(path: &str, error: &ReadError, beside: &[String], span: Span) -> Diagnostic {
    let diagnostic = RULE.at(span, format!("`{path}` cannot be read: {error}"));
    match error {
        ReadError::NotFound => {
            let name = path.rsplit('/').next().unwrap_or(path);
            let similar = beside.iter().find(|it| is_similar(it, name));
            match similar {
                Some(similar) => diagnostic.help(format!("rename `{similar}` to `{name}`")),
                None => diagnostic
                    .help("create it at the root of the repository: `envDefinition: env.raftt`"),
            }
        }
        ReadError::IsDirectory => diagnostic.help("a file of that name is needed"),
        ReadError::PermissionDenied => diagnostic.help("make it readable"),
        ReadError::TooLarge => diagnostic.help("is this the right file?"),
        _ => diagnostic,
    }
}

/// Whether `other` is `name` in another spelling: `raftt.yaml`, `Raftt.yml`, `.raftt.yml`.
fn is_similar(other: &str, name: &str) -> bool {
    let folded = |name: &str| name.to_lowercase().replace(".yaml", ".yml");
    let other = folded(other);
    other.trim_start_matches('.') == folded(name)
}

/// The bytes from `span` on are no UTF-8.
pub(crate) fn not_utf8(path: &str, bytes: &[u8], span: Span) -> Diagnostic {
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let help = if is_utf16 {
        "the file is UTF-16; save it as UTF-8"
    } else {
        "save the file as UTF-8"
    };
    let byte = bytes.get(span.start as usize).copied().unwrap_or_default();
    let message = format!("`{path}` is not UTF-8: byte 0x{byte:02x} stands here");
    RULE.at(span, message).help(help)
}

/// A NUL byte stands at `span`.
pub(crate) fn nul(path: &str, span: Span) -> Diagnostic {
    RULE.at(span, format!("`{path}` contains a NUL byte"))
        .help("the file is binary, or UTF-16; save it as UTF-8 text")
}
