//! What fixes change, as a patch.

use similar::{ChangeTag, TextDiff};

use crate::fix::Change;
use crate::render::paint::{Ink, Paint};
use crate::render::text::one_line;

/// The change as a unified diff with three lines around each difference. Without
/// colours it is a patch that `patch -p0` and `git apply -p0` take.
pub(crate) fn unified(path: &str, change: &Change, has_color: bool) -> String {
    let paint = Paint::new(has_color);
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
