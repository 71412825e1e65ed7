//! Templates in the place of images.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;

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
        severity: Warning, since: "0.1.0", catalogue: ["I04"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for used in context.images {
        let Some(placeholder) = placeholder(&used.image.value) else {
            continue;
        };
        let help = match placeholder.starts_with("{{") {
            true => "helm fills it in, in the templates of a chart: `helm_local_chart` renders one",
            false => "put the value in with `.format(…)`",
        };
        diagnostics.push(
            RULE.at(
                used.image.span,
                format!("`{placeholder}` is a placeholder that nothing fills in"),
            )
            .help(help)
            .decided_at(used.image.origin),
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
