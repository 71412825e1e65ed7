//! Texts without what secrets hold.

use std::ops::Range;

use crate::kubernetes::read::Objects;
use crate::kubernetes::{Data, Object, Value};
use crate::source::Span;

/// What a secret says beside its values.
pub(super) const SHOWN: [&[&str]; 5] = [
    &["apiVersion"],
    &["kind"],
    &["type"],
    &["metadata", "name"],
    &["metadata", "namespace"],
];

/// The keys of a secret, and of its metadata, that are left in their places.
const KEYS: [&str; 8] = [
    "apiVersion",
    "data",
    "kind",
    "metadata",
    "name",
    "namespace",
    "stringData",
    "type",
];

/// `text`, in which `found` was found, with `*` for every letter of its secrets and
/// of its comments. What is left has its place: kinds, types and names, and the words
/// before them.
pub(super) fn without_secrets(text: &str, found: &Objects) -> String {
    let mut hidden: Vec<Span> = found.comments.clone();
    let mut shown: Vec<Span> = Vec::new();
    for object in found.objects.iter().filter(|it| it.is_secret()) {
        add_all(&object.value, &mut hidden);
        shown.extend(places(object));
        shown.extend(keys(object).filter(|it| {
            // What an alias stands for is elsewhere.
            text.get(it.range())
                .is_some_and(|it| KEYS.contains(&it.trim_matches('"')))
        }));
    }
    let mut bytes = text.as_bytes().to_vec();
    for span in hidden {
        hide(&mut bytes, span.range());
    }
    for span in shown {
        if let (Some(masked), Some(original)) = (
            bytes.get_mut(span.range()),
            text.as_bytes().get(span.range()),
        ) {
            masked.copy_from_slice(original);
        }
    }
    // Every byte of a hidden letter is a `*`, so the text is one still.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Where a secret says what it is.
fn places(secret: &Object) -> impl Iterator<Item = Span> {
    let value = &secret.value;
    SHOWN.into_iter().filter_map(move |path| {
        let shown = value.at_path(path)?;
        // What an alias stands for may be anything.
        (shown.origin.is_none() && shown.text().is_some()).then_some(shown.at)
    })
}

/// Where a secret names its parts.
fn keys(secret: &Object) -> impl Iterator<Item = Span> {
    let maps = [Some(&secret.value), secret.value.get("metadata")];
    let entries = maps.into_iter().flatten().flat_map(|it| match &it.data {
        Data::Map(entries) => entries.as_slice(),
        _ => &[],
    });
    entries.map(|(key, _)| key.at)
}

/// All places that `value` is written at. Through an alias, parts of it may stand
/// outside of it.
fn add_all(value: &Value, places: &mut Vec<Span>) {
    places.push(value.at);
    places.extend(value.origin);
    match &value.data {
        Data::List(items) => items.iter().for_each(|it| add_all(it, places)),
        Data::Map(entries) => {
            for (_, value) in entries {
                add_all(value, places);
            }
        }
        _ => {}
    }
}

fn hide(bytes: &mut [u8], range: Range<usize>) {
    let hidden = bytes.get_mut(range).into_iter().flatten();
    for byte in hidden.filter(|it| !it.is_ascii_whitespace()) {
        *byte = b'*';
    }
}
