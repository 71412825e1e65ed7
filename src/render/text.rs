//! Text that is safe to show: what a file says must not move the cursor, change
//! colours, hide itself or reverse the line.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` on one line, with everything that a terminal would obey or that nobody
/// could see replaced by something visible.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        push_visible(&mut shown, character);
    }
    Cow::Owned(shown)
}

/// Appends `character` as it can be shown.
pub(crate) fn push_visible(shown: &mut String, character: char) {
    match character {
        plain if is_plain(plain) => shown.push(plain),
        '\t' | '\n' | '\r' => shown.push(' '),
        // The pictures of the control characters stand in their order from U+2400.
        '\0'..='\x1f' => {
            shown.push(char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'))
        }
        '\x7f' => shown.push('\u{2421}'),
        _ => _ = write!(shown, "<U+{:04X}>", character as u32),
    }
}

/// Whether `character` can be seen and does nothing but be there.
fn is_plain(character: char) -> bool {
    match character {
        ' '..='~' => true,
        // C1 controls, no-break space and soft hyphen.
        '\0'..='\u{a0}' | '\u{ad}' => false,
        // Spaces of other widths, zero-width characters, direction marks and separators.
        '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' => false,
        '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{61c}' | '\u{115f}' | '\u{1160}' => false,
        '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => false,
        // Tags, which spell invisible text.
        '\u{e0000}'..='\u{e0fff}' => false,
        _ => true,
    }
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_or_active_is_left() {
        let cases = [
            ("plain äß世 🦀", "plain äß世 🦀"),
            ("a\tb\r\nc", "a b  c"),
            ("\x1b[31mred\x07", "␛[31mred␇"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("us\u{200b}east\u{a0}1", "us<U+200B>east<U+00A0>1"),
            ("\u{202e}reversed", "<U+202E>reversed"),
        ];
        for (text, expected) in cases {
            assert_eq!(one_line(text), expected);
        }
    }
}
