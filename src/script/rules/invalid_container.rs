//! Fragments of YAML that are no container.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::{Located, Span};
use crate::suggest::nearest;

declare_rule! {
    /// The text given to `Container` does not describe a container.
    ///
    /// ## Why is this wrong?
    /// `Container(yaml = "…")` reads a container as Kubernetes writes it in a
    /// manifest: a mapping with the API's own field names, `workingDir` and not
    /// `working_dir`. The API does not know other names.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// resources.deployments["web"].spec.template.spec.containers.append(Container(yaml = """
    /// name: builder
    /// image: node:20
    /// working_dir: /app  # error: "a container has no `working_dir`"
    /// """))
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// resources.deployments["web"].spec.template.spec.containers.append(Container(yaml = """
    /// name: builder
    /// image: node:20
    /// workingDir: /app
    /// """))
    /// deploy(resources)
    /// ```
    "invalid-container" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// The text is no YAML, because of `message`.
pub(crate) fn not_yaml(message: &str, help: Option<&str>, span: Span) -> Diagnostic {
    let diagnostic = RULE.at(
        span,
        format!("the container's YAML is not valid: {message}"),
    );
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// The text is YAML, but no mapping.
pub(crate) fn no_mapping(text: &Located<String>) -> Diagnostic {
    RULE.at(
        text.span,
        "the text describes no container: it is no mapping",
    )
    .help("write its fields, one a line: `name: builder`, `image: node:20`")
    .decided_at(text.origin)
}

/// A container has no field `name`, but the fields `known`. `meant` is the field
/// whose name in snake case it is. It can be replaced if `is_written`.
pub(crate) fn unknown_field(
    name: &str,
    meant: Option<&str>,
    known: &[&str],
    (span, is_written): (Span, bool),
) -> Option<Diagnostic> {
    let is_snake_case = meant.is_some();
    let meant = meant.or_else(|| nearest(name, known.iter().copied()))?;
    let help = match is_snake_case {
        true => format!("write `{meant}`: in YAML, fields have the names of the Kubernetes API"),
        false => format!("did you mean `{meant}`?"),
    };
    let diagnostic = RULE
        .at(span, format!("a container has no `{name}`"))
        .help(help);
    Some(match is_written {
        true => diagnostic.fix(Safety::Safe, format!("rename to `{meant}`"), span, meant),
        false => diagnostic,
    })
}

/// The fragment `text` says nothing.
pub(crate) fn empty(text: &Located<String>) -> Diagnostic {
    RULE.at(
        text.span,
        "this fragment is empty, and a container has a name and an image",
    )
    .decided_at(text.origin)
    .help("write `name: …` and `image: …`, each on a line of its own")
}

/// The fragment is a whole object of a `kind`, which is told at `at`.
pub(crate) fn whole_object(kind: &str, at: Span) -> Diagnostic {
    RULE.at(at, format!("`{kind}` is a whole object, and no container"))
        .help("write what stands in an item of its `containers`: `name`, `image` and the like")
}
