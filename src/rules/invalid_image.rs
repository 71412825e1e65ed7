//! Images that no registry can have.

use super::{Context, unrendered_image};
use crate::diagnostic::Diagnostic;
use crate::names::ReferenceError;
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
        if unrendered_image::placeholder(text).is_some() {
            continue;
        }
        let (message, help) = match &used.reference {
            Err(error) => {
                let help = match error {
                    ReferenceError::UpperCase => format!("write `{}`", lower_case_name(text)),
                    _ => "write `registry/repository:tag`, all of it in lower case".to_owned(),
                };
                (format!("`{text}` is no image: {error}"), help)
            }
            Ok(reference) if reference.registry.chars().any(char::is_uppercase) => {
                let registry = &reference.registry;
                (
                    format!("`{registry}` is taken for a registry because of its upper case"),
                    format!("write `{}`", lower_case_name(text)),
                )
            }
            Ok(_) => continue,
        };
        diagnostics.push(
            RULE.at(used.image.span, message)
                .help(help)
                .decided_at(used.image.origin),
        );
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
