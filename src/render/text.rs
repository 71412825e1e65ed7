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

/// `text` with its line breaks, and each line safe to show.
#[cfg(feature = "cli")]
pub(crate) fn safe_lines(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let content = line.strip_suffix('\n').unwrap_or(line);
        format!("{}{}", one_line(content), &line[content.len()..])
    });
    lines.collect()
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

/// How many terminal columns `text` takes.
#[cfg(feature = "cli")]
pub(crate) fn width(text: &str) -> usize {
    use unicode_width::UnicodeWidthChar as _;

    // Per character, as the labels below the text are measured.
    text.chars().map(|it| it.width().unwrap_or(0)).sum()
}

/// The words of `text` on lines of at most `room` columns, all but the first
/// indented. Only what is longer than a line is broken.
#[cfg(feature = "cli")]
pub(crate) fn wrap(text: &str, room: usize, indent: usize) -> Vec<String> {
    let room = room.max(indent + 10);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut column = 0;
    let mut is_first_word = true;
    for word in text.split(' ') {
        if !is_first_word && column + 1 + width(word) > room {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
            column = indent;
        } else if !is_first_word {
            line.push(' ');
            column += 1;
        }
        is_first_word = false;
        for character in word.chars() {
            let mut buffer = [0; 4];
            let columns = width(character.encode_utf8(&mut buffer));
            if column + columns > room {
                lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
                column = indent;
            }
            line.push(character);
            column += columns;
        }
    }
    lines.push(line);
    lines
}

/// `1 error`, `2 errors`.
#[cfg(feature = "cli")]
pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "cli")]
    fn words_stay_whole_where_they_can() {
        assert_eq!(wrap("one two three four", 10, 0), ["one two", "three four"]);
        assert_eq!(wrap("one two three", 12, 2), ["one two", "  three"]);
        assert_eq!(
            wrap("a 世界世界世界世界", 12, 2),
            ["a", "  世界世界世", "  界世界"]
        );
        assert_eq!(wrap("", 10, 0), [""]);
    }

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
