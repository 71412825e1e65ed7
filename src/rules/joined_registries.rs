//! Several registries in one string.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::listed::Listed;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A string holds several registries.
    ///
    /// ## Why is this wrong?
    /// Every element of `registries` is one host. A string with a comma in it is compared as it
    /// is, and no image has such a host.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         # error: "2 registries stand in one string"
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com, mirror.example.com",
    ///     ],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us-east-1.amazonaws.com", "mirror.example.com",
    ///     ],
    /// )
    /// ```
    "joined-registries" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        for mistake in &listed.host.mistakes {
            let MistakeKind::Joined { separators } = &mistake.kind else {
                continue;
            };
            let message = format!("{} registries stand in one string", separators.len() + 1);
            let diagnostic = listed
                .at(&RULE, mistake.range.clone(), message)
                .help("list every registry as a string of its own");
            diagnostics.push(split(context, listed, separators, diagnostic));
        }
    }
}

/// Offers to split the string, where it stands in the list itself.
fn split(
    context: &Context<'_>,
    listed: &Listed<'_>,
    separators: &[std::ops::Range<usize>],
    diagnostic: Diagnostic,
) -> Diagnostic {
    let text = listed.text();
    let literal = context.sources.text(text.span);
    let is_shown = context
        .sources
        .inside(text.span, &text.value, 0..text.value.len())
        .is_some();
    let quote = match literal.as_bytes() {
        _ if !is_shown => return diagnostic,
        [b'"', next, ..] if *next != b'"' => "\", \"",
        [b'\'', next, ..] if *next != b'\'' => "', '",
        _ => return diagnostic,
    };
    let changes: Vec<_> = separators.iter().map(|it| (it.clone(), quote)).collect();
    listed.guess(diagnostic, "split it", &changes)
}
