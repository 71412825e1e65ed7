//! Attributes and methods that an object does not have.

use crate::diagnostic::{Diagnostic, Frame, Safety, Severity};
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// An attribute or method is used that the object does not have.
    ///
    /// ## Why is this wrong?
    /// The script ends where the attribute is looked up. For objects of the
    /// product a name that is close to no known one is advice only, since their
    /// reference is known in part.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// web = resources.deployment["web"]  # error: "`Resources` has no `deployment`"
    /// web.mont(repo_volume(), "/app")  # error: "`Workload` has no `mont`"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// web = resources.deployments["web"]
    /// web.mount(repo_volume(), "/app")
    /// deploy(resources)
    /// ```
    "unknown-attribute" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// How many names the help lists.
const MAX_NAMES: usize = 20;

/// The type `object` has no `attribute`, which is named at `span`. `known` are
/// the names that it has; `is_complete` if it has no others.
pub(crate) fn diagnostic<'k>(
    object: &str,
    attribute: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
    is_complete: bool,
    span: Span,
    trace: &[Frame],
) -> Diagnostic {
    let diagnostic = RULE
        .at(span, format!("`{object}` has no `{attribute}`"))
        .trace(trace);
    if let Some(meant) = nearest(attribute, known.clone()) {
        return diagnostic.help(format!("did you mean `{meant}`?")).fix(
            Safety::Safe,
            format!("rename to `{meant}`"),
            span,
            meant,
        );
    }
    let mut known: Vec<_> = known.into_iter().map(|it| format!("`{it}`")).collect();
    known.sort();
    let more = known.len().saturating_sub(MAX_NAMES);
    known.truncate(MAX_NAMES);
    let known = match more {
        0 => known.join(", "),
        _ => format!("{} and {more} more", known.join(", ")),
    };
    if is_complete {
        return diagnostic.help(format!("it has {known}"));
    }
    RULE.at(
        span,
        format!("`{object}` is not known to have `{attribute}`"),
    )
    .severity(Severity::Advice)
    .help(format!("it is accepted as it is; known are {known}"))
    .trace(trace)
}
