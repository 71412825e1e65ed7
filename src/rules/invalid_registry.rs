//! Texts that are no host.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{MistakeKind, RegistryHost};
use crate::rule::declare_rule;

declare_rule! {
    /// A registry is no valid host.
    ///
    /// ## Why is this wrong?
    /// A registry is a DNS name or an address, with a port from 1 to 65535 if it needs one.
    /// Names have letters, digits and hyphens between dots; an underscore, which is fine in
    /// many other places, is not allowed.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "mirror_1.example.com",  # error: "hosts have no `_`"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "mirror-1.example.com",
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "invalid-registry" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        for mistake in &listed.host.mistakes {
            let text = &listed.text().value[mistake.range.clone()];
            let (message, help) = match &mistake.kind {
                MistakeKind::Port => (
                    format!("`{text}` is no port"),
                    "ports are numbers from 1 to 65535",
                ),
                MistakeKind::ZeroPort => {
                    let meant = text.trim_start_matches('0');
                    let message = format!("the port `{text}` begins with a zero");
                    let diagnostic = listed.at(&RULE, mistake.range.clone(), message);
                    let diagnostic = diagnostic.help(format!("write `{meant}`, as images do"));
                    let zeros = mistake.range.start..mistake.range.end - meant.len();
                    diagnostics.push(listed.fix(diagnostic, "remove the zeros", &[(zeros, "")]));
                    continue;
                }
                MistakeKind::Syntax(error) => (
                    format!("this is no registry host: {error}"),
                    "write the host that images name, like `registry.example.com:5000`",
                ),
                _ => continue,
            };
            let diagnostic = listed.at(&RULE, mistake.range.clone(), message);
            let trimmed = listed.host.parts.trimmed.clone();
            diagnostics.push(match within(&listed.text().value[trimmed.clone()]) {
                Some(meant) => {
                    let diagnostic = diagnostic.help(format!("write `{meant}`"));
                    listed.guess(diagnostic, "write the host alone", &[(trimmed, meant)])
                }
                None => diagnostic.help(help),
            });
        }
    }
}

/// The host that stands between stray quotes, brackets and punctuation.
fn within(text: &str) -> Option<&str> {
    let meant = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let is_host = meant != text && meant.contains('.') && RegistryHost::parse(meant).is_ok();
    is_host.then_some(meant)
}
