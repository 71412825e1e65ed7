//! Comments that name a rule that does not exist.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::{Rule, declare_rule};
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// A comment ignores a rule that does not exist.
    ///
    /// ## Why is this wrong?
    /// It ignores nothing: the rule's name is misspelt, or the rule is gone. The name of a rule
    /// stands in the brackets of its messages; `raftt-config rules` lists all.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     # error: [unsupported-registry] "there are credential helpers for ECR and Google"
    ///     # warning: "there is no rule `unsuported-registry`"
    ///     registries = ["ghcr.io"],  # raftt: ignore[unsuported-registry]
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["ghcr.io"],  # raftt: ignore[unsupported-registry]
    /// )
    /// ```
    "unknown-suppression" {
        severity: Warning, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// There is no rule `name`. `is_there` tells whether a rule finds something here.
pub(in crate::suppress) fn diagnostic(
    name: &str,
    rules: &[&'static Rule],
    span: Span,
    is_there: impl Fn(&Rule) -> bool,
) -> Diagnostic {
    let diagnostic = RULE.at(span, format!("there is no rule `{name}`"));
    // A rule that finds something here is more probable than one that is spelt alike.
    let here = rules.iter().filter(|it| is_there(it)).map(|it| it.name);
    let meant = nearest(name, here).map(|it| (it, Safety::Safe));
    let any = || nearest(name, rules.iter().map(|it| it.name)).map(|it| (it, Safety::Unsafe));
    match meant.or_else(any) {
        Some((meant, safety)) => diagnostic.help(format!("did you mean `{meant}`?")).fix(
            safety,
            format!("rename to `{meant}`"),
            span,
            meant,
        ),
        None => diagnostic.help("`raftt-config rules` lists all rules"),
    }
}
