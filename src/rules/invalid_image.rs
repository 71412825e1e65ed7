//! Images that no registry can have.

use super::{Context, unrendered_image, web_page_as_image};
use crate::diagnostic::Diagnostic;
use crate::names::ImageReference;
use crate::rule::declare_rule;

declare_rule! {
    /// The name of an image is not valid.
    ///
    /// ## Why is this wrong?
    /// An image is named `registry/repository:tag` or `registry/repository@digest`,
    /// and the repository is lower case. Kubernetes refuses anything else
    /// (`InvalidImageName`), and an upper-case letter before the first `/` makes it a
    /// registry.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: ghcr.io/Example/App:1  # error: "the repository must be lower case"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: ghcr.io/example/app:1
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "invalid-image" {
        severity: Error, since: "0.1.0", catalogue: ["I01", "I03"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for used in context.images {
        let text = &used.image.value;
        if unrendered_image::placeholder(text).is_some() || web_page_as_image::page(text).is_some()
        {
            continue;
        }
        let (message, help) = match &used.reference {
            Err(error) => {
                let reason = error.in_words(text);
                (format!("`{text}` is no image: {reason}"), help(text))
            }
            Ok(reference) if reference.registry.chars().any(char::is_uppercase) => {
                let registry = &reference.registry;
                let reason = match registry.contains(['.', ':']) {
                    true => "is not lower case, and registries are compared letter by letter",
                    false => "is taken for a registry because of its upper case",
                };
                (
                    format!("`{registry}` {reason}"),
                    format!("write `{}`", lower_case_name(text)),
                )
            }
            Ok(_) => continue,
        };
        diagnostics.push(used.at(&RULE, message).help(help));
    }
}

/// What to write for `text`.
fn help(text: &str) -> String {
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |it| it.1);
    let meant = lower_case_name(rest.trim_end_matches([':', '/'])).replace("//", "/");
    match ImageReference::parse(&meant) {
        Ok(_) => format!("write `{meant}`"),
        Err(_) => "write `registry/repository:tag`, all of it in lower case".to_owned(),
    }
}

/// The text with its name in lower case. Tags may be in upper case.
fn lower_case_name(text: &str) -> String {
    let slash = text.rfind('/').map_or(0, |at| at + 1);
    let end = text[slash..]
        .find([':', '@'])
        .map_or(text.len(), |at| slash + at);
    format!("{}{}", text[..end].to_lowercase(), &text[end..])
}
