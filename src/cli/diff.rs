//! What fixes change, as a patch.

use similar::{ChangeTag, TextDiff};

use crate::fix::Change;
use crate::render::paint::{Ink, Paint};
use crate::render::text::one_line;

/// Who a patch is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A person: whatever a terminal would obey is shown instead.
    Person {
        /// Whether colours are understood.
        has_color: bool,
    },
    /// `patch -p0` or `git apply -p0`: every byte counts.
    Program,
}

/// The change as a unified diff with three lines around each difference.
pub(crate) fn unified(path: &str, change: &Change, reader: Reader) -> String {
    let paint = Paint::new(reader == Reader::Person { has_color: true });
    let [before, after] = [&change.before, &change.after].map(|it| String::from_utf8_lossy(it));
    let difference = TextDiff::from_lines(before.as_ref(), after.as_ref());
    let path = one_line(path);
    let mut patch = String::new();
    for header in [format!("--- {path}"), format!("+++ {path}")] {
        patch.push_str(&paint.on(&header, Ink::Bold));
        patch.push('\n');
    }
    for hunk in difference.unified_diff().context_radius(3).iter_hunks() {
        patch.push_str(&paint.on(&hunk.header().to_string(), Ink::Cyan));
        patch.push('\n');
        for line in hunk.iter_changes() {
            let (sign, ink) = match line.tag() {
                ChangeTag::Delete => ('-', Some(Ink::Red)),
                ChangeTag::Insert => ('+', Some(Ink::Green)),
                ChangeTag::Equal => (' ', None),
            };
            let text = line.value();
            let content = text.strip_suffix('\n').unwrap_or(text);
            let content = match reader {
                Reader::Person { .. } => one_line(content),
                Reader::Program => content.into(),
            };
            let shown = format!("{sign}{content}");
            match ink {
                Some(ink) => patch.push_str(&paint.on(&shown, ink)),
                None => patch.push_str(&shown),
            }
            patch.push('\n');
            if !text.ends_with('\n') {
                patch.push_str("\\ No newline at end of file\n");
            }
        }
    }
    patch
}
