//! Comments that mean to silence a rule and are written otherwise.

use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::rule::declare_rule;
use crate::suppress::comment::Malformed;
use crate::suppress::silence::Comment;

declare_rule! {
    /// A comment means to ignore a rule, but is not written as such comments are.
    ///
    /// ## Why is this wrong?
    /// It ignores nothing. The form is `# raftt: ignore[rule-name, other] reason`: at the end of
    /// a line for what begins on it, or on a line of its own for the next line of code,
    /// brackets that are opened there included. `# raftt: ignore-file[rule-name]`, anywhere,
    /// speaks of the whole file. Rules are always named, so that a comment does not hide a
    /// mistake that comes later.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     # warning: "this ignores nothing"
    ///     # raftt: ingore[missing-fips-endpoint] for the tests
    ///     registries = ["gcr.io"],
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "gcp",
    ///     registries = ["gcr.io"],
    /// )
    /// ```
    "malformed-suppression" {
        severity: Warning, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

pub(in crate::suppress) fn diagnostic(comment: &Comment, malformed: &Malformed) -> Diagnostic {
    let diagnostic = RULE
        .at(comment.place(&malformed.at), malformed.message.clone())
        .help(format!(
            "write `# raftt: {}[rule-name, other] reason`",
            malformed.scope.word()
        ));
    match &malformed.fix {
        None => diagnostic,
        Some((range, text)) => {
            let edit = Edit {
                span: comment.place(range),
                text: text.clone(),
            };
            let message = format!("write `{text}`");
            diagnostic.fix_all(Safety::Safe, message, vec![edit])
        }
    }
}
