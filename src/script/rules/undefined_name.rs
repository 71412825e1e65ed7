//! Names that nothing defines.

use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::rule::declare_rule;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// A name is used that neither the script nor the language defines.
    ///
    /// ## Why is this wrong?
    /// The script ends where the name is looked up. A name that is close to a
    /// known one is most likely a misspelling of it. A name that is called and
    /// close to nothing is only a warning: the product's reference is known in
    /// part, and it may be a function that is missing here.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// web = resource.deployments["web"]  # error: "`resource` is not defined"
    /// deplpy(resources)  # error: "`deplpy` is not defined"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// web = resources.deployments["web"]
    /// deploy(resources)
    /// ```
    "undefined-name" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

/// `name` at `span` is bound nowhere; `known` are the names that are.
pub(crate) fn diagnostic<'k>(
    name: &str,
    is_head: bool,
    known: impl IntoIterator<Item = &'k str>,
    span: Span,
) -> Diagnostic {
    let diagnostic = RULE.at(span, format!("`{name}` is not defined"));
    let constant = match name {
        "true" => Some("True"),
        "false" => Some("False"),
        "null" | "none" | "nil" => Some("None"),
        _ => None,
    };
    if let Some(meant) = constant.or_else(|| nearest(name, known)) {
        return diagnostic.help(format!("did you mean `{meant}`?")).fix(
            Safety::Unsafe,
            format!("replace by `{meant}`"),
            span,
            meant,
        );
    }
    if is_head {
        let message = format!("`{name}` is not defined here, nor known to be part of the language");
        return RULE
            .at(span, message)
            .severity(Severity::Warning)
            .help("`raftt-config builtins` lists the names that are known");
    }
    diagnostic.help("define it before it is used, or write it in quotes if it is a string")
}
