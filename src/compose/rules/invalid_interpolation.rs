//! Dollar signs in compose files that begin no variable.

use crate::compose::interpolate::MistakeKind;
use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A `$` in a compose file begins no variable.
    ///
    /// ## Why is this wrong?
    /// In the values of a compose file `$NAME` and `${NAME}` stand for variables, with a
    /// default if one is written: `${NAME:-default}`. A file in which a `$` begins
    /// something else is refused as a whole. What is meant for the container's shell is
    /// written with `$$`, which becomes a `$`.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     command: sh -c "echo $(hostname)"  # error: "no variable's name follows this `$`"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     command: sh -c "echo $$(hostname)"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "invalid-interpolation" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

/// `written`, at `at`, is no variable. `is_exact` if that is all that stands there.
pub(in crate::compose) fn diagnostic(
    kind: MistakeKind,
    written: &str,
    at: Span,
    is_exact: bool,
) -> Diagnostic {
    match kind {
        MistakeKind::Lone => {
            let diagnostic = RULE
                .at(at, "no variable's name follows this `$`")
                .help("write `$$` for a `$` that the container gets");
            match is_exact {
                true => diagnostic.fix(Safety::Unsafe, "double the `$`", at, "$$"),
                false => diagnostic,
            }
        }
        MistakeKind::Unclosed => RULE
            .at(at, format!("the `${{` of `{written}` is not closed"))
            .help(
                "write a `}` behind the variable's name, or `$$` for a `$` that the container gets",
            ),
        MistakeKind::NoVariable => RULE.at(at, format!("`{written}` is no variable")).help(
            "write `${NAME}` or `${NAME:-default}`, or `$$` for a `$` that the container gets",
        ),
    }
}
