//! Pasted characters in registries.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::names::MistakeKind;
use crate::rule::declare_rule;

declare_rule! {
    /// A registry has a character that is not ASCII.
    ///
    /// ## Why is this wrong?
    /// Documents and chats replace hyphens by dashes, put typographic quotes around names
    /// and add characters that cannot be seen. Such a host looks right and is another
    /// one: it is looked up as an internationalised name that nobody registered.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = [
    ///         "123456789012.dkr.ecr.us—east—1.amazonaws.com",  # error: "U+2014"
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
    "non-ascii-registry" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H07"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for listed in context.listed {
        let found = listed.found(|kind| match kind {
            MistakeKind::NonAscii { character, meant } => Some((*character, *meant)),
            _ => None,
        });
        let found: Vec<_> = found.collect();
        let Some(((first, meant), range)) = found.first().cloned() else {
            continue;
        };
        let code = u32::from(first);
        let more = match found.len() {
            1 => String::new(),
            count => format!(", and {} more like it", count - 1),
        };
        let message = if crate::names::is_blank(first) {
            format!("a registry has the invisible character U+{code:04X}{more}")
        } else {
            format!("a registry has `{first}` (U+{code:04X}), which is not ASCII{more}")
        };
        let diagnostic = listed.at(&RULE, range, message);
        let diagnostic = match meant {
            Some("") => diagnostic.help("remove it"),
            Some(meant) => diagnostic.help(format!("write `{meant}`")),
            None => diagnostic.help("hosts have letters, digits, `-` and `.` only"),
        };
        // Only when it is certain what every one of them stands for.
        let changes: Option<Vec<_>> = found
            .iter()
            .map(|((_, meant), range)| Some((range.clone(), (*meant)?)))
            .collect();
        diagnostics.push(match changes {
            Some(changes) => listed.fix(diagnostic, "write it in ASCII", &changes),
            None => diagnostic,
        });
    }
}
