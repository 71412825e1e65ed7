//! Several registries in one text.

use std::ops::Range;

use crate::names::registry::RegistryHost;
use crate::names::registry_text::{RegistryText, is_blank};

/// How many registries in one text are told apart.
const MAX_PARTS: usize = 100;

/// What stands between the registries in `text`, if there are several.
pub(super) fn find(text: &str) -> Option<Vec<Range<usize>>> {
    let is_between = |c: char| matches!(c, ',' | ';' | '|') || is_blank(c);
    let mut parts = Vec::new();
    let mut at = 0;
    for part in text.split(is_between) {
        if !part.is_empty() {
            parts.push(at..at + part.len());
        }
        at += part.len()
            + text[at + part.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
    }
    let are_all = (2..=MAX_PARTS).contains(&parts.len())
        && parts.iter().all(|part| is_registry(&text[part.clone()]));
    are_all.then(|| {
        let pairs = parts.windows(2);
        pairs.map(|pair| pair[0].end..pair[1].start).collect()
    })
}

/// Whether `part` names a registry by itself, so that it was not torn out of one.
fn is_registry(part: &str) -> bool {
    let host = &part[RegistryText::of(part).host];
    let is_name = host.contains('.') && host.contains(|c: char| c.is_ascii_alphabetic());
    is_name && RegistryHost::parse(host).is_ok()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn only_whole_registries_are_told_apart() {
        let count = |text: &str| find(text).map_or(1, |it| it.len() + 1);
        assert_eq!(count("a.com, b.com"), 2);
        assert_eq!(count("a.com,b.com;https://c.com/x\nd.com"), 4);
        assert_eq!(count("1234 56789012.dkr.ecr.us-east-1.amazonaws.com"), 1);
        assert_eq!(count("123456789012.dkr. ecr.us-east-1.amazonaws.com"), 1);
        assert_eq!(count(" a.com "), 1);
        assert_eq!(count("a.com,"), 1);
        assert_eq!(count(""), 1);
    }
}
