//! Images that are on the node only, which is not looked at.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::plan::Coverage;
use crate::rule::declare_rule;

declare_rule! {
    /// A container uses only images of the node, which the controller does not search.
    ///
    /// ## Why is this wrong?
    /// With `imagePullPolicy: Never` the image is one that was built into the node,
    /// as with minikube's `docker-env`. No registry has it, so the environment
    /// controller asks Docker Hub for it in vain unless it searches the node's images.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// container = resources.deployments["web"].spec.template.spec.containers[0]
    /// container.image = "example/web"  # error: "is only on the node"
    /// container.image_pull_policy = "Never"
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   searchLocalDockerRegistry: true
    /// ```
    /// ```raftt
    /// resources = namespace_resources()
    /// container = resources.deployments["web"].spec.template.spec.containers[0]
    /// container.image = "example/web"
    /// container.image_pull_policy = "Never"
    /// deploy(resources)
    /// ```
    "image-that-is-never-pulled" {
        severity: Error, since: "0.1.0", needs: Namespace, catalogue: ["I05"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A setting that could not be read may be the one.
    let is_known = context.project_file.is_some_and(|it| it.is_complete);
    if !is_known || context.local_search().is_some() {
        return;
    }
    for used in context.images {
        let policy = used.container.image_pull_policy.as_ref();
        let Some(policy) = policy.filter(|it| it.value == "Never") else {
            continue;
        };
        // Elsewhere it can be read, too, if it is the same image.
        if matches!(used.status, Coverage::Covered | Coverage::Public) {
            continue;
        }
        let message = format!(
            "`{}` is only on the node, and the controller does not look there",
            used.image.value
        );
        let owner = used.workload.in_words();
        diagnostics.push(
            used.at(&RULE, message)
                .help("set `searchLocalDockerRegistry: true` under `directOptions` in raftt.yml")
                .also(policy.span, format!("{owner} is never pulled")),
        );
    }
}
