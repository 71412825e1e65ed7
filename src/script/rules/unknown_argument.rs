//! Keyword arguments that have no parameter.

use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::rule::declare_rule;
use crate::script::builtins::Builtin;
use crate::script::call::is_documented;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// A call gives an argument by a name that the function does not have.
    ///
    /// ## Why is this wrong?
    /// Starlark refuses arguments that a function does not know, and the script
    /// ends at the call. Where only a part of a function's parameters is known,
    /// a name that is close to none of them is advice: it may exist.
    ///
    /// ## Example
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registry = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],  # error: "has no argument `registry`"
    /// )
    /// ```
    /// ## Use instead
    /// ```raftt
    /// configure_cred_helper(
    ///     provider = "ecr",
    ///     registries = ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    /// )
    /// ```
    "unknown-argument" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: ["C09"],
    }
}

/// `builtin` has no parameter `name`. Gives what to say, if anything, and the
/// parameter that is meant, out of the `free` ones.
pub(crate) fn diagnostic(
    builtin: &Builtin,
    name: &str,
    free: &[&'static str],
    span: Span,
    is_shown: bool,
) -> Option<(Diagnostic, Option<&'static str>)> {
    let diagnostic = RULE.at(span, format!("`{}` has no argument `{name}`", builtin.name));
    let free = free.iter().copied();
    if let Some(meant) = synonym(name)
        .filter(|it| free.clone().any(|name| name == *it))
        .or_else(|| nearest(name, free))
    {
        let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
        let diagnostic = if is_shown {
            diagnostic.fix(Safety::Safe, format!("rename to `{meant}`"), span, meant)
        } else {
            diagnostic
        };
        return Some((diagnostic, Some(meant)));
    }
    if is_documented(builtin) {
        let names: Vec<_> = builtin
            .parameters
            .iter()
            .map(|it| format!("`{}`", it.name))
            .collect();
        let help = match names.as_slice() {
            [] => "it takes no arguments".to_owned(),
            names => format!("it takes {}", names.join(", ")),
        };
        return Some((diagnostic.help(help), None));
    }
    if builtin.name == "Container" || builtin.name == "print" {
        // Fields of Kubernetes' own containers.
        return None;
    }
    let message = format!(
        "`{}` is not known to have an argument `{name}`",
        builtin.name
    );
    let diagnostic = RULE.at(span, message).severity(Severity::Advice);
    Some((
        diagnostic.help("it is accepted as it is, since the reference is known in part"),
        None,
    ))
}

/// The argument `name` is probably `meant`, which is missing.
pub(crate) fn instead(
    builtin: &Builtin,
    name: &str,
    meant: &'static str,
    span: Span,
    is_shown: bool,
) -> Diagnostic {
    let diagnostic = RULE
        .at(span, format!("`{}` has no argument `{name}`", builtin.name))
        .help(format!("did you mean `{meant}`, which it needs?"));
    match is_shown {
        true => diagnostic.fix(Safety::Unsafe, format!("rename to `{meant}`"), span, meant),
        false => diagnostic,
    }
}

/// Names that people use for a parameter and that share few letters with it.
fn synonym(name: &str) -> Option<&'static str> {
    match name {
        "registry" | "hosts" | "host" | "urls" => Some("registries"),
        "type" | "cloud" => Some("provider"),
        "path" | "destination" | "dest" | "target" | "mount_path" => Some("dst"),
        "src" | "source" => Some("volume"),
        "command" => Some("cmd"),
        "pattern" => Some("patterns"),
        "event" => Some("on"),
        "action" | "actions" => Some("do"),
        _ => None,
    }
}
