//! Scripts that are no text.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A script is not plain UTF-8 text.
    ///
    /// ## Why is this wrong?
    /// Scripts are UTF-8. Another encoding, most often UTF-16 or Latin-1 from an
    /// editor's settings, or a binary file under a script's name cannot be
    /// parsed. A script longer than 4 MiB is refused as well.
    "unreadable-script" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The bytes from `span` on are no UTF-8.
pub(crate) fn not_utf8(bytes: &[u8], span: Span) -> Diagnostic {
    let help = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "the file is UTF-16; save it as UTF-8"
    } else {
        "save the file as UTF-8"
    };
    let byte = bytes.get(span.start as usize).copied().unwrap_or_default();
    RULE.at(
        span,
        format!("the script is not UTF-8: byte 0x{byte:02x} stands here"),
    )
    .help(help)
}

/// A NUL byte stands at `span`.
pub(crate) fn nul(span: Span) -> Diagnostic {
    RULE.at(span, "the script contains a NUL byte")
        .help("the file is binary, or UTF-16; save it as UTF-8 text")
}

/// The script is longer than `limit` bytes.
pub(crate) fn too_long(limit: usize, span: Span) -> Diagnostic {
    RULE.at(
        span,
        format!("the script is longer than {} MiB", limit >> 20),
    )
    .help("is this the right file?")
}
