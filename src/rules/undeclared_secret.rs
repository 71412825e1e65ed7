//! Secrets that the project file does not declare.

use super::Context;
use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::suggest::nearest;

declare_rule! {
    /// A script asks for a secret that `raftt.yml` does not declare.
    ///
    /// ## Why is this wrong?
    /// `get_secret` gives what the command of a secret printed on the developer's machine.
    /// Which commands those are, `raftt.yml` says below `secrets`, by the secret's name; for
    /// another name there is no command and no value.
    ///
    /// ## Example
    /// ```raftt
    /// token = get_secret("npm-tokn")  # error: "no secret `npm-tokn`"
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// secrets:
    ///   npm-token:
    ///     inputcommand: cat .npm-token
    /// ```
    /// ## Use instead
    /// ```raftt
    /// token = get_secret("npm-token")
    /// ```
    /// ```yaml
    /// envDefinition: env.raftt
    /// secrets:
    ///   npm-token:
    ///     inputcommand: cat .npm-token
    /// ```
    "undeclared-secret" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A file that could be read in part only may declare it in the other.
    let Some(project_file) = context.project_file.filter(|it| it.is_complete) else {
        return;
    };
    let declared = project_file.secrets.iter();
    let declared: Vec<&str> = declared.map(|it| it.name.value.as_str()).collect();
    for name in &context.script.secrets {
        if declared
            .iter()
            .any(|it| it.eq_ignore_ascii_case(&name.value))
        {
            continue;
        }
        let message = format!("`raftt.yml` declares no secret `{}`", name.value);
        let diagnostic = RULE.at(name.span, message).decided_at(name.origin);
        let meant = nearest(&name.value, declared.iter().copied());
        let written = context.sources.text(name.span);
        let is_literal = written.trim_matches(['"', '\'']) == name.value;
        diagnostics.push(match meant {
            Some(meant) if is_literal => diagnostic.help(format!("did you mean `{meant}`?")).fix(
                Safety::Unsafe,
                format!("write `{meant}`"),
                name.span,
                written.replace(&name.value, meant),
            ),
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
            None => diagnostic.help(format!(
                "declare it below `secrets` in `raftt.yml`, with the command that prints it: \
                 `{}: {{inputcommand: …}}`",
                name.value
            )),
        });
    }
}
