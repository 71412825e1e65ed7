//! Calls with arguments that have no parameter left.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::script::builtins::Builtin;
use crate::source::Span;

declare_rule! {
    /// A call gives more arguments than the function takes, or one twice.
    ///
    /// ## Why is this wrong?
    /// The function cannot know what the argument is for, and the script ends
    /// at the call.
    ///
    /// ## Example
    /// ```raftt
    /// get_secret("token", "main")  # error: "`get_secret` takes 1 argument"
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// secrets:
    ///   token:
    ///     inputcommand: cat .token
    /// ```
    /// ## Use instead
    /// ```raftt
    /// get_secret("token")
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// secrets:
    ///   token:
    ///     inputcommand: cat .token
    /// ```
    "too-many-arguments" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// `builtin` is called with `given` positional arguments; the first one too many is at `span`.
pub(crate) fn diagnostic(builtin: &Builtin, given: usize, span: Span) -> Diagnostic {
    let names: Vec<_> = builtin.parameters.iter().map(|it| it.name).collect();
    let takes = match names.len() {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        count => format!("{count} arguments"),
    };
    let are = if given == 1 { "is" } else { "are" };
    let message = format!("`{}` takes {takes}, but {given} {are} given", builtin.name);
    let help = match names.as_slice() {
        [] => format!("write `{}()`", builtin.name),
        names => format!("write `{}({})`", builtin.name, names.join(", ")),
    };
    RULE.at(span, message).help(help)
}

/// The argument `name` is given by position and by name.
pub(crate) fn twice(builtin: &Builtin, name: &str, span: Span) -> Diagnostic {
    RULE.at(span, format!("`{}` gets `{name}` twice", builtin.name))
        .help(format!("give `{name}` by position or by name, not both"))
}
