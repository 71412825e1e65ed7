//! Changes of a text, and the way back to the text as it was.

use std::ops::Range;

/// A replacement of one range of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Patch {
    range: Range<usize>,
    text: String,
    /// What the patch belongs to: it goes when that is replaced.
    owner: Range<usize>,
}

impl Patch {
    pub(crate) fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            owner: range.clone(),
            range,
            text: text.into(),
        }
    }

    /// The patch as one of several that change the expression at `owner`.
    pub(crate) fn of(self, owner: Range<usize>) -> Self {
        Self { owner, ..self }
    }

    /// Whether what the patch belongs to lies within `range`.
    pub(crate) fn is_within(&self, range: &Range<usize>) -> bool {
        range.start <= self.owner.start && self.owner.end <= range.end
    }

    /// The new text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }
}

/// A text after its patches.
#[derive(Clone, Debug)]
pub(crate) struct Lowered {
    pub(crate) text: String,
    /// For every patch: where its new text starts and ends, and the range it
    /// replaced. Sorted; does not overlap.
    segments: Vec<(Range<usize>, Range<usize>)>,
}

impl Lowered {
    /// `text` with `patches`. A patch within the range of another is dropped:
    /// what it would change is gone.
    pub(crate) fn new(text: &str, patches: &[Patch]) -> Self {
        let mut order: Vec<(usize, &Patch)> = patches.iter().enumerate().collect();
        // At one place, insertions keep their order, and the widest replacement wins.
        order.sort_by_key(|(index, patch)| {
            let end = if patch.range.is_empty() {
                0
            } else {
                usize::MAX - patch.range.end
            };
            (patch.range.start, end, *index)
        });
        let mut lowered = Self {
            text: String::with_capacity(text.len() + patches.len() * 24),
            segments: Vec::with_capacity(patches.len()),
        };
        let mut done = 0;
        for (_, patch) in order {
            if patch.range.start < done {
                continue;
            }
            lowered.text.push_str(&text[done..patch.range.start]);
            let start = lowered.text.len();
            lowered.text.push_str(&patch.text);
            lowered
                .segments
                .push((start..lowered.text.len(), patch.range.clone()));
            done = patch.range.end;
        }
        lowered.text.push_str(&text[done..]);
        lowered
    }

    /// The range of the author's text that `range` of the changed text came from.
    pub(crate) fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start, |replaced| replaced.start);
        let end = self.offset(range.end, |replaced| replaced.end);
        start..end.max(start)
    }

    /// `inside` picks what stands for a place within a replacement.
    fn offset(&self, at: usize, inside: impl Fn(&Range<usize>) -> usize) -> usize {
        let before = self.segments.partition_point(|(new, _)| new.end <= at);
        if let Some((new, replaced)) = self.segments.get(before)
            && new.start < at
        {
            return inside(replaced);
        }
        match before.checked_sub(1).map(|last| &self.segments[last]) {
            Some((new, replaced)) => replaced.end + (at - new.end),
            None => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_authors_text() {
        let text = "a.join(b) + c";
        let patches = [
            Patch::insert(0, "M("),
            Patch::replace(1..6, ", \"join\")"),
            Patch::replace(12..13, "FAILED"),
        ];
        let lowered = Lowered::new(text, &patches);
        assert_eq!(lowered.text, "M(a, \"join\")(b) + FAILED");
        assert_eq!(lowered.original(0..15), 0..9);
        assert_eq!(lowered.original(2..3), 0..1);
        assert_eq!(lowered.original(13..14), 7..8);
        assert_eq!(lowered.original(18..24), 12..13);
    }

    #[test]
    fn patches_within_a_replacement_are_dropped() {
        let patches = [
            Patch::replace(1..5, "X"),
            Patch::insert(3, "no"),
            Patch::insert(1, "i"),
        ];
        assert_eq!(Lowered::new("a(b)cd", &patches).text, "aiXd");
    }
}
