//! Texts that stand for a value to be filled in.

use std::ops::Range;

use crate::names::registry_text::RegistryText;

/// Labels that documents use for a value to be filled in, without `_` and `-`.
const WORDS: &[&str] = &[
    "account",
    "accountid",
    "accountnumber",
    "awsaccount",
    "awsaccountid",
    "awsregion",
    "changeme",
    "fixme",
    "location",
    "myaccount",
    "myaccountid",
    "myregion",
    "placeholder",
    "region",
    "registryurl",
    "replaceme",
    "todo",
    "youraccount",
    "youraccountid",
    "yourawsaccountid",
    "yourawsregion",
    "yourlocation",
    "yourregion",
    "yourregistry",
];

/// The first placeholder in a text that is listed as a registry.
pub(super) fn find(text: &str, parts: &RegistryText) -> Option<Range<usize>> {
    let inner = &text[parts.trimmed.clone()];
    let start = parts.trimmed.start;
    // `<account>`, `${ACCOUNT}`, `{}`, `%s`, `$(…)`.
    if let Some(at) = inner.find(['<', '$', '{', '%']) {
        let closing = match inner.as_bytes()[at] {
            b'<' => '>',
            b'%' => 's',
            _ if inner[at..].contains('}') => '}',
            _ => ')',
        };
        let mut length = inner[at..].find(closing).map_or(1, |end| end + 1);
        // `{{ account }}`
        while inner[at + length..].starts_with(closing) && closing == '}' {
            length += 1;
        }
        return Some(start + at..start + at + length);
    }
    let host = &text[parts.host.clone()];
    // As the product's documentation writes it; in lower case it is a fine name.
    if matches!(host, "MIRROR.INTERNAL.com" | "MIRROR.INTERNAL.COM") {
        return Some(parts.host.clone());
    }
    let mut at = parts.host.start;
    let labels: Vec<&str> = host.split('.').collect();
    let is_aws = labels.iter().any(|label| {
        let label = label.to_ascii_lowercase();
        matches!(label.as_str(), "dkr" | "ecr" | "amazonaws" | "dkr-ecr")
    });
    for (index, whole) in labels.iter().enumerate() {
        let label: &str = whole;
        // `LOCATION-docker.pkg.dev`
        let google = label
            .strip_suffix("-docker")
            .filter(|_| host.ends_with(".pkg.dev"));
        let is_google = google.is_some();
        let label = google.unwrap_or(label);
        let folded: String = label
            .chars()
            .filter(|c| !matches!(c, '_' | '-'))
            .flat_map(char::to_lowercase)
            .collect();
        // `account.example.com` is a fine name; only in an ECR host is it none.
        let is_word = WORDS.contains(&folded.as_str());
        let is_telling = is_aws
            || is_google
            || label.contains('_')
            || folded.starts_with("your")
            || folded == "changeme";
        let is_crossed_out = folded.len() >= 4 && folded.bytes().all(|b| b == b'x');
        // Ten digits in a row, as people type them when they need any number.
        let is_counted = is_aws && index == 0 && label == "1234567890";
        if (is_word && is_telling) || is_crossed_out || is_counted {
            return Some(at..at + label.len());
        }
        at += whole.len() + 1;
    }
    None
}
