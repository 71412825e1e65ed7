//! Comments that silence nothing.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suppress::comment::Scope;

declare_rule! {
    /// A comment ignores a rule that finds nothing there.
    ///
    /// ## Why is this wrong?
    /// The mistake was mended, or the comment never stood at the right place. It would hide the
    /// mistake if it came back. Nothing is said where a mistake kept the text from being
    /// evaluated, on ways through the script that are not taken, and of rules that need to know
    /// what is in the namespace while that is not given.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     # advice: "`registry-with-scheme` does not occur here"
    ///     registries = ["gcr.io"],  # raftt: ignore[registry-with-scheme] until the move
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = ["gcr.io"],
    /// )
    /// ```
    "unused-suppression" {
        severity: Advice, since: "0.1.0", fix: Safe, tag: Unnecessary, catalogue: [],
    }
}

/// Names in a comment that silence nothing.
pub(in crate::suppress) struct Unused<'a> {
    pub(in crate::suppress) names: &'a [&'a str],
    /// The line where one of the rules finds something, if it does in this file.
    pub(in crate::suppress) line: Option<usize>,
    /// Whether the comment names no other rule.
    pub(in crate::suppress) is_all: bool,
    pub(in crate::suppress) scope: Scope,
}

impl Unused<'_> {
    /// The diagnostic at `span`; `removed` is the text to remove.
    pub(in crate::suppress) fn diagnostic(&self, span: Span, removed: Span) -> Diagnostic {
        let names: Vec<_> = self.names.iter().map(|it| format!("`{it}`")).collect();
        let verb = if names.len() == 1 { "does" } else { "do" };
        let place = match self.scope {
            Scope::Line => "here",
            Scope::File => "in this file",
        };
        let names = names.join(", ");
        let message = format!("{names} {verb} not occur {place}: there is nothing to ignore");
        let diagnostic = RULE.at(span, message);
        if let Some(line) = self.line {
            // It was meant for that line, so it is moved rather than removed.
            let help = format!(
                "it occurs on line {line}: write the comment at the end of that line, or above it"
            );
            return diagnostic.help(help);
        }
        let what = match self.is_all {
            true => "remove the comment".to_owned(),
            false => format!("remove {names}"),
        };
        diagnostic.fix(Safety::Safe, what, removed, "")
    }
}
