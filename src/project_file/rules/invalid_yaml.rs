//! Text that is no YAML.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;
use crate::yaml::Problem;

declare_rule! {
    /// The project file is not valid YAML.
    ///
    /// ## Why is this wrong?
    /// A file that is no YAML is not read at all. Most often an indentation is not
    /// that of the lines around it, a `:` or the space behind it is missing, quotes
    /// or brackets are not closed, or a tab indents a line. The entry with the
    /// mistake is left out, and the rest is checked all the same.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host:direct  # error: "a space is missing behind `host:`"
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// ```
    "invalid-yaml" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// What the parser found.
pub(crate) fn diagnostic(problem: &Problem) -> Diagnostic {
    let mut diagnostic = RULE.at(problem.span, &problem.message);
    diagnostic.help.clone_from(&problem.help);
    diagnostic.fix.clone_from(&problem.fix);
    diagnostic
}

/// The merge keys of the file bring more than is followed.
pub(crate) fn too_much_merged(span: Span) -> Diagnostic {
    RULE.at(
        span,
        "the merge keys (`<<`) of this file bring too many values to follow",
    )
    .help("write the values where they are needed")
}
