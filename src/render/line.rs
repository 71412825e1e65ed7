//! One line of source as it is shown: cut to the room there is, blanks for tabs,
//! nothing that a terminal would obey.

use std::ops::Range;

use super::excerpt::MIN_LABEL_WIDTH;
use super::text::{push_visible, width};

/// Tabs reach to the next multiple of this.
const TAB_WIDTH: usize = 4;

/// A shown line.
pub(crate) struct Line {
    /// What is shown.
    pub(crate) text: String,
    /// The bytes of the source line that are shown.
    part: Range<usize>,
    /// Where each character of `part`, and its end, begins in the source line and in `text`.
    places: Vec<(usize, usize)>,
}

impl Line {
    /// Lays out `source` in `room` columns, so that `anchor` can be seen.
    ///
    /// Only what may be shown is looked at: a line may be megabytes long.
    pub(crate) fn new(
        source: &str,
        anchor: Option<Range<usize>>,
        room: usize,
        has_unicode: bool,
    ) -> Self {
        let cut = if has_unicode { "…" } else { "..." };
        let anchor = anchor.unwrap_or(0..0);
        // A label needs room for its words at the right of where it stands.
        let far = (room / 3).max(room.saturating_sub(2 * MIN_LABEL_WIDTH));
        let is_at_right = |it: &Self| {
            let end = it.shown(anchor.start).unwrap_or(0);
            anchor.start > 0 && width(&it.text[..end]) > far
        };
        match Self::whole(source, room) {
            Some(line) if !is_at_right(&line) => line,
            _ => Self::around(source, anchor.start, room, cut),
        }
    }

    /// The text around the byte `at`, a third of the room before it.
    fn around(source: &str, at: usize, room: usize, cut: &str) -> Self {
        let visible = room - 2 * cut.len().min(3);
        let start = back(source, at, visible / 3);
        let before = if start == 0 { "" } else { cut };
        let mut line = Self::from(source, start, visible, before);
        if line.part.end < source.len() {
            line.text.push_str(cut);
        }
        line
    }

    /// The whole line, if it fits.
    fn whole(source: &str, room: usize) -> Option<Self> {
        // A character takes four bytes at most, and most take a column.
        if source.len() > room * 4 {
            return None;
        }
        let line = Self::from(source, 0, room, "");
        (line.part.end == source.len()).then_some(line)
    }

    /// As much from the byte `start` on as fits into `room` columns.
    fn from(source: &str, start: usize, room: usize, before: &str) -> Self {
        let mut text = before.to_owned();
        let mut places = Vec::new();
        let mut column = 0;
        let mut end = start;
        let characters = source[start..].char_indices();
        // Characters without a width do not fill the room, but come to an end too.
        for (at, character) in characters.take(room * 4) {
            let mut shown = String::new();
            match character {
                '\u{feff}' if start + at == 0 => {}
                '\t' => shown = " ".repeat(TAB_WIDTH - column % TAB_WIDTH),
                _ => push_visible(&mut shown, character),
            }
            let next = column + width(&shown);
            if next > room {
                break;
            }
            places.push((start + at, text.len()));
            text.push_str(&shown);
            column = next;
            end = start + at + character.len_utf8();
        }
        places.push((end, text.len()));
        Self {
            text,
            part: start..end,
            places,
        }
    }

    /// Where the source line's byte `at` is shown, if it is.
    pub(crate) fn shown(&self, at: usize) -> Option<usize> {
        let index = self.places.partition_point(|(source, _)| *source <= at);
        let (_, shown) = self.places.get(index.checked_sub(1)?)?;
        (at <= self.part.end).then_some(*shown)
    }
}

/// The byte that is about `room` columns before the byte `at`.
fn back(source: &str, at: usize, room: usize) -> usize {
    let mut start = at;
    let mut column = 0;
    for (index, character) in source[..at].char_indices().rev().take(room) {
        let mut shown = String::new();
        push_visible(&mut shown, character);
        column += width(&shown);
        if column > room {
            break;
        }
        start = index;
    }
    start
}
