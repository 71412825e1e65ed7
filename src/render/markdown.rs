//! Documentation on a terminal: the Markdown that doc comments use.

use super::full::Terminal;
use super::paint::{Ink, Paint};
use super::text::wrap;

/// Lays out headings, paragraphs, lists, tables and code blocks of `text`.
pub(crate) fn markdown(text: &str, terminal: Terminal) -> String {
    let paint = Paint::new(terminal.has_color);
    let mut shown = String::new();
    let mut paragraph = String::new();
    let mut is_code = false;
    let flush = |paragraph: &mut String, shown: &mut String| {
        let indent = if paragraph.starts_with("- ") { 2 } else { 0 };
        if !paragraph.is_empty() {
            let lines = wrap(paragraph, terminal.width.min(100), indent);
            shown.push_str(&lines.join("\n"));
            shown.push('\n');
        }
        paragraph.clear();
    };
    for line in text.lines() {
        if line.starts_with("```") {
            flush(&mut paragraph, &mut shown);
            is_code = !is_code;
        } else if is_code {
            let line = format!("    {line}");
            shown.push_str(line.trim_end());
            shown.push('\n');
        } else if let Some(heading) = line.strip_prefix('#') {
            flush(&mut paragraph, &mut shown);
            let heading = heading.trim_start_matches('#').trim();
            shown.push_str(&paint.on(heading, Ink::Bold));
            shown.push('\n');
        } else if line.trim().is_empty() {
            flush(&mut paragraph, &mut shown);
            shown.push('\n');
        } else {
            if line.starts_with("- ") || line.starts_with('|') {
                flush(&mut paragraph, &mut shown);
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line.trim());
        }
    }
    flush(&mut paragraph, &mut shown);
    shown
}
