//! Images that are known only at run time.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::kubernetes::Image;
use crate::rule::declare_rule;

declare_rule! {
    /// An image depends on a value that is only known at run time.
    ///
    /// ## Why is this wrong?
    /// Nothing is wrong with it. Nobody can say here who serves the image, so the plan
    /// does not list it and is not complete.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// container = resources.deployments["web"].spec.template.spec.containers[0]
    /// container.image = "ghcr.io/example/web:" + local.config_args  # advice: "depends on `local.config_args`"
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// container = resources.deployments["web"].spec.template.spec.containers[0]
    /// container.image = "ghcr.io/example/web:1"
    /// deploy(resources)
    /// ```
    "unknown-image" {
        severity: Advice, since: "0.1.0", needs: Namespace, catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for workload in &context.script.workloads {
        for container in &workload.containers {
            let Image::Unknown(image) = &container.image else {
                continue;
            };
            // What a mistake left open was reported.
            let Some(from) = image.value.from else {
                continue;
            };
            let kind = workload.kind.to_ascii_lowercase();
            let what = &image.value.what;
            let message = format!(
                "the image of {kind} {:?} depends on `{what}`",
                workload.name
            );
            let diagnostic = RULE
                .at(image.span, message)
                .help("it is known only at run time, so the plan does not list it");
            diagnostics.push(
                match image.span.contains(from) || from.contains(image.span) {
                    true => diagnostic,
                    false => diagnostic.also(from, "it comes from here"),
                },
            );
        }
    }
}
