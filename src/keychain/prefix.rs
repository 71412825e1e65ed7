//! Texts, found by what begins with them.

use std::cmp::Ordering;

/// Values by text; asked for a longer text, it gives those of all its beginnings.
#[derive(Clone, Debug)]
pub(super) struct PrefixIndex<T> {
    /// By text.
    entries: Vec<Entry<T>>,
}

#[derive(Clone, Debug)]
struct Entry<T> {
    text: Box<[u8]>,
    /// The longest other text that this one begins with.
    shorter: Option<usize>,
    values: Vec<T>,
}

impl<T> Default for PrefixIndex<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
        }
    }
}

impl<T> PrefixIndex<T> {
    pub(super) fn new(mut texts: Vec<(String, T)>) -> Self {
        texts.sort_by(|a, b| a.0.cmp(&b.0));
        let mut entries: Vec<Entry<T>> = Vec::new();
        for (text, value) in texts {
            let text = text.into_bytes();
            let mut before = entries.len().checked_sub(1);
            if let Some(last) = entries.last_mut()
                && *last.text == *text
            {
                last.values.push(value);
                continue;
            }
            while let Some(index) = before
                && !text.starts_with(&entries[index].text)
            {
                before = entries[index].shorter;
            }
            entries.push(Entry {
                text: text.into(),
                shorter: before,
                values: vec![value],
            });
        }
        Self { entries }
    }

    /// The values of all texts that `bytes` begins with.
    pub(super) fn beginnings(
        &self,
        bytes: impl Iterator<Item = u8> + Clone,
    ) -> impl Iterator<Item = &T> {
        // All texts between a beginning of `bytes` and `bytes` start with that beginning.
        let is_before = |it: &Entry<T>| compare(&it.text, bytes.clone()) != Ordering::Greater;
        let end = self.entries.partition_point(is_before);
        let mut next = end.checked_sub(1);
        while let Some(index) = next
            && !is_beginning(&self.entries[index].text, bytes.clone())
        {
            next = self.entries[index].shorter;
        }
        let first = next.map(|index| &self.entries[index]);
        let all = std::iter::successors(first, |it| it.shorter.map(|index| &self.entries[index]));
        all.flat_map(|it| &it.values)
    }
}

fn compare(text: &[u8], bytes: impl Iterator<Item = u8>) -> Ordering {
    text.iter().copied().cmp(bytes)
}

fn is_beginning(text: &[u8], mut bytes: impl Iterator<Item = u8>) -> bool {
    text.iter().all(|it| bytes.next() == Some(*it))
}

#[cfg(test)]
mod tests {
    use super::PrefixIndex;

    #[test]
    fn all_beginnings_are_found() {
        let texts = ["", "/a", "/a/b", "/a/bc", "/a/bd", "/ab", "/b", "/a/b"];
        let texts = texts
            .iter()
            .enumerate()
            .map(|(at, it)| ((*it).to_owned(), at));
        let index = PrefixIndex::new(texts.collect());
        let found = |text: &str| {
            let mut found: Vec<_> = index.beginnings(text.bytes()).copied().collect();
            found.sort_unstable();
            found
        };
        assert_eq!(found("/a/bc/x"), [0, 1, 2, 3, 7]);
        assert_eq!(found("/a/be"), [0, 1, 2, 7]);
        assert_eq!(found("/abc"), [0, 1, 5]);
        assert_eq!(found("/c"), [0]);
        assert_eq!(found(""), [0]);
        let none: PrefixIndex<()> = PrefixIndex::default();
        assert_eq!(none.beginnings("a".bytes()).count(), 0);
    }
}
