//! Hosts that are still to be filled in.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

declare_rule! {
    /// The host is a placeholder.
    ///
    /// ## Why is this wrong?
    /// Templates hold `host: <change-me>` until somebody fills it in. There is no host of
    /// that name.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: <change-me>  # error: "is a placeholder"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// ```
    "placeholder-host" {
        severity: Error, since: "0.1.0", catalogue: ["Y17"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let host = context.project_file.and_then(|file| file.host.as_ref());
    let Some(host) = host.filter(|host| is_placeholder(&host.value.value)) else {
        return;
    };
    let message = format!("`{}` is a placeholder", host.value.value.trim());
    diagnostics.push(RULE.at(host.value.span, message).help(
        "write `direct` for connect mode, or the name of your deployment host, such as \
         `admiral.example.raftt.io`",
    ));
}

/// Whether a host is a text to be replaced.
pub(super) fn is_placeholder(host: &str) -> bool {
    let letters = host.chars().filter(char::is_ascii_alphanumeric);
    let folded: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    host.contains(['<', '>', '{', '}', '$'])
        || [
            "changeme",
            "todo",
            "fixme",
            "placeholder",
            "yourhost",
            "orgrafttio",
        ]
        .contains(&folded.as_str())
}
