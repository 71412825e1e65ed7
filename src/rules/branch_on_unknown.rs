//! Branches that only the cluster decides.

use super::Context;
use crate::diagnostic::{Diagnostic, Severity};
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
        let head = first_line(context, branch.span);
        let is_of_registries = !branch.here.is_empty() || !branch.there.is_empty();
        let diagnostic = if is_of_registries {
            let ways = ways("configures", &branch.here, &branch.there);
            RULE.at(
                head,
                format!("which registries are configured depends on `{what}`"),
            )
            .help(format!("{ways}; configure them on both"))
        } else {
            let ways = ways("uses", &branch.images_here, &branch.images_there);
            RULE.at(head, format!("which images are used depends on `{what}`"))
                .severity(Severity::Advice)
                .help(format!("{ways}; the plan lists the images of both"))
        };
        diagnostics.push(match branch.unknown.from {
            Some(from) if !head.contains(from) && !from.contains(head) => {
                diagnostic.also(from, "it comes from here")
            }
            _ => diagnostic,
        });
    }
}

/// What each way does, in a sentence.
fn ways(does: &str, here: &[String], there: &[String]) -> String {
    match (here, there) {
        (here, []) => format!("only one way {does} {}", here.join(", ")),
        ([], there) => format!("only one way {does} {}", there.join(", ")),
        (here, there) => format!(
            "one way {does} {}, the other {}",
            here.join(", "),
            there.join(", ")
        ),
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
