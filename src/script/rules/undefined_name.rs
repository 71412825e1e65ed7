//! Names that nothing defines.

use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::rule::declare_rule;
use crate::script::builtins::Module;
use crate::source::Span;
use crate::suggest::{misspelt, nearest};

declare_rule! {
    /// A name is used that neither the script nor the language defines.
    ///
    /// ## Why is this wrong?
    /// The script ends where the name is looked up. A name that differs from a known
    /// one by a letter or two is a misspelling of it. A name that is called and is
    /// no misspelling is only a warning: the product's reference is known in part,
    /// and it may be a function that is missing here.
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

/// What Python has and Starlark has not, with what to write instead.
const OF_OTHER_LANGUAGES: &[(&str, &str)] = &[
    ("setattr", "assign to the attribute: `object.name = value`"),
    (
        "delattr",
        "assign `None` to the attribute: `object.name = None`",
    ),
    (
        "isinstance",
        "compare the type's name: `type(value) == \"list\"`",
    ),
    (
        "map",
        "write a comprehension: `[function(one) for one in values]`",
    ),
    (
        "filter",
        "write a comprehension: `[one for one in values if …]`",
    ),
    ("sum", "add up in a loop within a function"),
    ("round", "load `math` from `math.star` and use `math.round`"),
    ("pow", "load `math` from `math.star` and use `math.pow`"),
    (
        "format",
        "use the method of strings: `\"{}\".format(value)`",
    ),
    (
        "open",
        "load `fs` from `filesystem.star` and use `fs.File(path).read_text()`",
    ),
    ("frozenset", "use a list or a dictionary"),
];

/// `name` at `span` is bound nowhere; `known` are the names that are.
pub(crate) fn diagnostic<'k>(
    name: &str,
    is_head: bool,
    known: impl IntoIterator<Item = &'k str, IntoIter: Clone>,
    span: Span,
) -> Diagnostic {
    let known = known.into_iter();
    let constant = match name {
        "true" => Some("True"),
        "false" => Some("False"),
        "null" | "none" | "nil" => Some("None"),
        _ => None,
    };
    if is_head && let Some(module) = Module::all().find(|it| it.export.name == name) {
        let load = format!("load({:?}, {name:?})", module.path);
        return RULE
            .at(span, format!("`{name}` is not defined here"))
            .severity(Severity::Warning)
            .help(format!("load it at the top of the script: `{load}`"))
            .fix(
                Safety::Unsafe,
                format!("add `{load}`"),
                Span::new(span.file, 0..0),
                format!("{load}\n"),
            );
    }
    if let Some((_, instead)) = OF_OTHER_LANGUAGES.iter().find(|it| it.0 == name) {
        return RULE
            .at(
                span,
                format!("`{name}` is not defined; Starlark has no such function"),
            )
            .help(*instead);
    }
    let meant = constant.or_else(|| misspelt(name, known.clone()));
    let near = meant.or_else(|| nearest(name, known));
    if is_head && meant.is_none() {
        let message = format!("`{name}` is not defined here, nor known to be part of the language");
        let help = match near {
            Some(near) => format!(
                "the closest name that is known is `{near}`; `raftt-config builtins` lists all"
            ),
            None => "`raftt-config builtins` lists the names that are known".to_owned(),
        };
        return RULE
            .at(span, message)
            .severity(Severity::Warning)
            .help(help);
    }
    let diagnostic = RULE.at(span, format!("`{name}` is not defined"));
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(
            Safety::Unsafe,
            format!("replace by `{near}`"),
            span,
            near,
        ),
        None => {
            diagnostic.help("define it before it is used, or write it in quotes if it is a string")
        }
    }
}
