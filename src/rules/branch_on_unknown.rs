//! Branches that only the cluster decides.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

declare_rule! {
    /// Which registries are configured depends on a value that is only known at run time.
    ///
    /// ## Why is this wrong?
    /// Off the cluster nobody knows which way the script will go, so nobody can say which
    /// registries the environment controller will get access to. Both ways are checked, and
    /// the plan follows one of them and is partial. Registries that are not needed on one
    /// way do no harm there, so they can be configured on both.
    ///
    /// ## Example
    /// ```raftt
    /// def configure(id):
    ///     if id == "staging":  # warning: "depends on `get_env_id()`"
    ///         configure_cred_helper(
    ///             provider = "ecr",
    ///             registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    ///         )
    ///
    /// configure(get_env_id())
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    "branch-on-unknown" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for branch in &context.script.branches {
        let what = &branch.unknown.what;
        let message = format!("which registries are configured depends on `{what}`");
        let ways = match (branch.here.as_slice(), branch.there.as_slice()) {
            (here, []) => format!("only one way configures {}", here.join(", ")),
            ([], there) => format!("only one way configures {}", there.join(", ")),
            (here, there) => format!(
                "one way configures {}, the other {}",
                here.join(", "),
                there.join(", ")
            ),
        };
        let head = first_line(context, branch.span);
        let diagnostic = RULE
            .at(head, message)
            .help(format!("{ways}; configure them on both"));
        diagnostics.push(match branch.unknown.from {
            Some(from) if !head.contains(from) => diagnostic.also(from, "it comes from here"),
            _ => diagnostic,
        });
    }
}

/// The line on which the branch begins: all of it is too much to point at.
fn first_line(context: &Context<'_>, span: crate::source::Span) -> crate::source::Span {
    let text = context.sources.text(span);
    let line = text.lines().next().unwrap_or_default();
    let line = line.trim_end().trim_end_matches(':');
    let range = span.range();
    crate::source::Span::new(span.file, range.start..range.start + line.len())
}
