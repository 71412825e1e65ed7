//! Text that is no YAML.

use crate::diagnostic::{Diagnostic, Safety};
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

/// The key `name` at `span` has white space around it that YAML takes for letters.
pub(crate) fn odd_space(name: &str, span: Span) -> Diagnostic {
    let key = name.trim();
    let is_odd = |c: &char| c.is_whitespace() && *c != ' ';
    let odd = name.chars().find(is_odd).unwrap_or(' ');
    let shown = format!("U+{:04X}", u32::from(odd));
    let message = format!("the white space around `{key}` is no plain space, but {shown}");
    let diagnostic = RULE.at(span, message).help("indent with plain spaces");
    if name.contains('"') || name.starts_with(' ') {
        return diagnostic;
    }
    let plain: String = name
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    diagnostic.fix(Safety::Safe, "write plain spaces", span, plain)
}

/// The merge keys of the file bring more than is followed.
pub(crate) fn too_much_merged(span: Span) -> Diagnostic {
    RULE.at(
        span,
        "the merge keys (`<<`) of this file bring too many values to follow",
    )
    .help("write the values where they are needed")
}
