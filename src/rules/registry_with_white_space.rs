//! White space in registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::{MistakeKind, RegistryHost, RegistryKind};
use crate::rule::declare_rule;

declare_rule! {
    /// A registry has white space around it or within it.
    ///
    /// ## Why is this wrong?
    /// Hosts are compared letter by letter, so a host with a blank or a line break at
    /// its end is never the host that an image names.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         " 123456789012.dkr.ecr.us-east-1.amazonaws.com",  # error: "white space"
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    ///     ],
    /// )
    /// ```
    "registry-with-white-space" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H06"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let of = |wanted: bool| {
            let found = listed.found(move |kind| match kind {
                MistakeKind::WhiteSpace { around } if *around == wanted => Some(()),
                _ => None,
            });
            found.map(|((), range)| range)
        };
        let clean = listed.clean();
        for range in of(true) {
            let message = format!("white space stands around the registry `{clean}`");
            let diagnostic = listed.at(&RULE, range.clone(), message);
            let diagnostic = diagnostic.help(format!("write `{clean}`"));
            diagnostics.push(listed.fix(diagnostic, "remove the white space", &[(range, "")]));
        }
        let within: Vec<_> = of(false).collect();
        if let Some(first) = within.first() {
            let message = "white space stands within a registry";
            let diagnostic = listed.at(&RULE, first.clone(), message);
            let closed: String = clean.split_ascii_whitespace().collect();
            // Words around a host are no part of it: `docker login ghcr.io`.
            let mut parts = clean.split_ascii_whitespace().filter(|it| it.contains('.'));
            let host = parts.next().filter(|_| parts.next().is_none());
            let is_whole = RegistryKind::of(&closed) != RegistryKind::Other;
            let host = host.filter(|it| !is_whole && RegistryHost::parse(it).is_ok());
            if let Some(host) = host {
                let diagnostic = diagnostic.help(format!("write `{host}`"));
                let whole = 0..listed.text().value.len();
                let fix = format!("write `{host}`");
                diagnostics.push(listed.guess(diagnostic, fix, &[(whole, host)]));
                continue;
            }
            diagnostics.push(
                if closed.contains('.') && RegistryHost::parse(&closed).is_ok() {
                    let changes: Vec<_> = within.into_iter().map(|range| (range, "")).collect();
                    let diagnostic = diagnostic.help(format!("write `{closed}`"));
                    listed.guess(diagnostic, "remove the white space", &changes)
                } else {
                    diagnostic.help("write the host that images name, like `registry.example.com`")
                },
            );
        }
    }
}
