//! Keys of dictionaries that are no fields.

use crate::diagnostic::{Diagnostic, Safety};
use crate::kubernetes::types::ObjectType;
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// A dictionary that becomes a Kubernetes object has a key that is none of its fields.
    ///
    /// ## Why is this wrong?
    /// The API server drops fields that it does not know: with `valeu` there is no
    /// value, and nobody says so.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// container = resources.deployments["web"].spec.template.spec.containers[0]
    /// container.env = [{"name": "MODE", "valeu": "dev"}]  # warning: "`EnvVar` has no field `valeu`"
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// container = resources.deployments["web"].spec.template.spec.containers[0]
    /// container.env = [{"name": "MODE", "value": "dev"}]
    /// deploy(resources)
    /// ```
    "unknown-field" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

/// An object of the type `owner` has no field `key`. The key is written at `at` if
/// the script shows it, which is `literal` then.
pub(crate) fn diagnostic(
    owner: &'static ObjectType,
    key: &str,
    at: Span,
    literal: Option<&str>,
) -> Diagnostic {
    let message = format!("`{}` has no field `{key}`", owner.short_name());
    let diagnostic = RULE.at(at, message);
    let known: Vec<String> = owner.fields().map(|it| it.snake()).collect();
    let Some(meant) = nearest(key, known.iter().map(String::as_str)) else {
        return diagnostic.help("the API server drops fields that it does not know");
    };
    let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
    match literal.and_then(|it| it.chars().next()) {
        Some(quote) if literal.is_some_and(|it| it.len() == key.len() + 2) => diagnostic.fix(
            Safety::Unsafe,
            format!("rename to `{meant}`"),
            at,
            format!("{quote}{meant}{quote}"),
        ),
        _ => diagnostic,
    }
}
