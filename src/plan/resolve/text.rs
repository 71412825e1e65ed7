//! What is said of images, for people.

use super::{PassedOver, Resolution, Resolutions};
use crate::plan::CredentialSource;

/// `resolutions` as text. Without a snapshot, `knows_secrets` is false.
pub(crate) fn text(resolutions: &Resolutions, knows_secrets: bool) -> String {
    let blocks = resolutions.results.iter();
    let blocks: Vec<_> = blocks.map(|it| one(it, knows_secrets)).collect();
    blocks.join("\n")
}

fn one(resolution: &Resolution, knows_secrets: bool) -> String {
    let image = &resolution.image;
    if let Some(error) = &resolution.error {
        return format!("{}\n  this is no image reference: {error}\n", image.given);
    }
    let normalized = image.normalized.as_deref().unwrap_or(&image.given);
    let mut lines = vec![normalized.to_owned()];
    for (index, source) in resolution.sources.iter().enumerate() {
        lines.push(format!("  {}. {}", index + 1, source.in_words()));
    }
    if !resolution.passed_over.is_empty() {
        lines.push("  passed over".to_owned());
        let passed_over = resolution.passed_over.iter();
        lines.extend(passed_over.map(|it| format!("    {}", reason(it))));
    }
    let notes = notes(resolution, knows_secrets);
    lines.extend(notes.iter().map(|note| format!("  note: {note}")));
    lines.join("\n") + "\n"
}

fn reason(passed_over: &PassedOver) -> String {
    let PassedOver { secret, key, why } = passed_over;
    match key {
        Some(key) => format!("secret `{secret}`, key `{key}`: {why}"),
        None => format!("secret `{secret}`: {why}"),
    }
}

/// What others would do differently.
fn notes(resolution: &Resolution, knows_secrets: bool) -> Vec<&'static str> {
    let mut notes = Vec::new();
    if !knows_secrets {
        notes.push("the namespace's secrets are not known; give `--namespace-snapshot`");
    }
    let has = |is: fn(&CredentialSource) -> bool| resolution.sources.iter().any(is);
    if has(|it| matches!(it, CredentialSource::ImagePullSecret { .. })) {
        notes.push(
            "the kubelet asks only secrets that the pod or its service account names, and does \
             not go on without credentials when theirs are refused",
        );
    }
    if has(|it| {
        matches!(
            it,
            CredentialSource::CredentialHelper {
                backing: Some(_),
                ..
            }
        )
    }) {
        notes.push("docker itself would not get credentials for this mirror from its helper");
    }
    notes
}
