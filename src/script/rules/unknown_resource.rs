//! Workloads, volumes and other resources that do not exist.

use crate::diagnostic::{Diagnostic, Frame, Safety};
use crate::rule::declare_rule;
use crate::script::model::{Lookup, Source};
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// A workload or volume is looked up that does not exist.
    ///
    /// ## Why is this wrong?
    /// The script ends at the lookup. What a compose file, a chart or a manifest
    /// declares is known from the files; what the namespace holds is known when
    /// `--namespace-snapshot` is given.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```raftt
    /// resources = load_docker_compose("docker-compose.yml")
    /// resources.deployments["wbe"].map_port(local = 8080, remote = 80)  # error: "deployment \"wbe\" not found"
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
    /// resources.deployments["web"].map_port(local = 8080, remote = 80)
    /// deploy(resources)
    /// ```
    "unknown-resource" {
        severity: Error, since: "0.1.0", fix: Safe, needs: Namespace, catalogue: [],
    }
}

/// How many names the help lists.
const MAX_NAMES: usize = 12;

/// `lookup` found nothing. `span` is the name in `resources.deployments["name"]`;
/// `is_literal` if it is written out there.
pub(crate) fn diagnostic(
    lookup: &Lookup,
    span: Span,
    is_literal: bool,
    trace: &[Frame],
) -> Diagnostic {
    let Lookup { kind, name, .. } = lookup;
    let diagnostic = RULE
        .at(span, format!("{kind} {name:?} not found"))
        .trace(trace);
    if let [collection, ..] = lookup.elsewhere.as_slice() {
        let help = match lookup.source {
            Source::Compose => format!(
                "this function makes {collection} of the file's services: write `.{collection}[{name:?}]`"
            ),
            _ => format!("there is one among the {collection}: write `.{collection}[{name:?}]`"),
        };
        return diagnostic.help(help);
    }
    let known = lookup.known.iter().map(String::as_str);
    if let Some(meant) = nearest(name, known.clone()) {
        let diagnostic = diagnostic.help(format!(
            "did you mean `{meant}`? known are {}",
            listed(&lookup.known)
        ));
        if !is_literal {
            return diagnostic;
        }
        return diagnostic.fix(
            Safety::Safe,
            format!("replace with `{meant}`"),
            span,
            format!("{meant:?}"),
        );
    }
    let place = lookup.source.in_words();
    if lookup.known.is_empty() {
        return diagnostic.help(format!("{place} has no {kind}s"));
    }
    diagnostic.help(format!("{place} has {}", listed(&lookup.known)))
}

fn listed(names: &[String]) -> String {
    let shown: Vec<_> = names
        .iter()
        .take(MAX_NAMES)
        .map(|it| format!("`{it}`"))
        .collect();
    let more = names.len().saturating_sub(MAX_NAMES);
    match more {
        0 => shown.join(", "),
        _ => format!("{} and {more} more", shown.join(", ")),
    }
}
