//! Containers that a workload does not have.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::Located;
use crate::suggest::nearest;

declare_rule! {
    /// A container is named that the workload does not have.
    ///
    /// ## Why is this wrong?
    /// Nothing can be mounted into, watched or run in a container that is not
    /// there. The script ends, or the hook never runs.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```raftt
    /// resources = load_docker_compose("docker-compose.yml")
    /// web = resources.deployments["web"]
    /// web.mount(repo_volume(), dst = "/app", container = "wbe")  # error: "deployment \"web\" has no container `wbe`"
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```raftt
    /// resources = load_docker_compose("docker-compose.yml")
    /// web = resources.deployments["web"]
    /// web.mount(repo_volume(), dst = "/app", container = "web")
    /// deploy(resources)
    /// ```
    "unknown-container" {
        severity: Error, since: "0.1.0", fix: Safe, needs: Namespace, catalogue: [],
    }
}

/// `owner`, which has the containers `known`, has none that is called `name`.
pub(crate) fn diagnostic(name: &Located<String>, owner: &str, known: &[String]) -> Diagnostic {
    let message = format!("{owner} has no container `{}`", name.value);
    let diagnostic = RULE.at(name.span, message).decided_at(name.origin);
    let names: Vec<_> = known.iter().map(|it| format!("`{it}`")).collect();
    let names = names.join(", ");
    match nearest(&name.value, known.iter().map(String::as_str)) {
        Some(meant) if name.origin.is_none() => diagnostic
            .help(format!("did you mean `{meant}`? it has {names}"))
            .fix(
                Safety::Safe,
                format!("replace with `{meant}`"),
                name.span,
                format!("\"{meant}\""),
            ),
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`? it has {names}")),
        None if known.is_empty() => diagnostic.help("it has no containers"),
        None => diagnostic.help(format!("it has {names}")),
    }
}
