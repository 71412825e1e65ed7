//! Templates in the place of images.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::{Span, is_script};

declare_rule! {
    /// The name of an image still holds a placeholder.
    ///
    /// ## Why is this wrong?
    /// `${REGISTRY}` and `{{ .Values.image }}` are filled in by compose or helm, and
    /// stay as they are in a script or manifest. No registry has such an image.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// container = resources.deployments["web"].spec.template.spec.containers[0]
    /// container.image = "${REGISTRY}/web:1"  # warning: "`${REGISTRY}` is a placeholder"
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// REGISTRY = "ghcr.io/example"
    ///
    /// resources = namespace_resources()
    /// container = resources.deployments["web"].spec.template.spec.containers[0]
    /// container.image = "{}/web:1".format(REGISTRY)
    /// deploy(resources)
    /// ```
    "unrendered-image" {
        severity: Warning, since: "0.1.0", needs: Machine, catalogue: ["I04"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for used in context.images {
        let Some(placeholder) = placeholder(&used.image.value) else {
            continue;
        };
        let is_in_script = |span: Span| is_script(&context.sources.file(span.file).path);
        let help = match (placeholder.as_bytes(), is_in_script(used.decided())) {
            ([b'{', ..], _) => {
                "helm fills it in, in the templates of a chart: `helm_local_chart` renders one"
            }
            ([b'<', ..], _) => "write in its place what it stands for",
            (_, true) => "put the value in with `.format(…)`",
            (_, false) if is_in_script(used.image.span) => {
                "helm fills in only `{{ … }}`: write `{{ .Values.image }}`, and give it a value"
            }
            (_, false) => "a manifest has no variables: write the image, or set it in the script",
        };
        let start = used.image.value.find(placeholder).unwrap_or_default();
        let mention = used.mention(context.sources);
        diagnostics.push(
            mention
                .at(
                    &RULE,
                    start..start + placeholder.len(),
                    format!("`{placeholder}` is a placeholder that nothing fills in"),
                )
                .help(help),
        );
    }
}

/// The first placeholder in the name of an image.
pub(super) fn placeholder(text: &str) -> Option<&str> {
    let pairs = [("${", "}"), ("{{", "}}"), ("$(", ")"), ("<", ">")];
    let found = pairs.iter().filter_map(|(open, close)| {
        let start = text.find(open)?;
        let end = text[start..].find(close)? + start + close.len();
        Some(&text[start..end])
    });
    found.min_by_key(|it| it.as_ptr())
}
