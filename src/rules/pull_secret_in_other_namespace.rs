//! Pull secrets of other namespaces.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::held::with_others;
use crate::rule::declare_rule;

declare_rule! {
    /// A pod names an image pull secret of another namespace.
    ///
    /// ## Why is this wrong?
    /// Pods use secrets of their own namespace alone, and there is no way to name one of
    /// another. The kubelet pulls without it. It is seen in a snapshot of several namespaces.
    "pull-secret-in-other-namespace" {
        severity: Error, since: "0.1.0", catalogue: ["S23"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for named in context.held.missing_secrets() {
        let name = &named.secret;
        let (Some(namespace), Some(first)) = (context.namespace, named.by.first()) else {
            continue;
        };
        let mut elsewhere = namespace.secrets_elsewhere.iter();
        let Some(found) = elsewhere.find(|it| it.name == *name) else {
            continue;
        };
        let other = &found.namespace;
        let own = namespace.name.as_deref().unwrap_or("default");
        let message = format!(
            "the pull secret `{name}`, which {} names, is in the namespace `{other}`, not in `{own}`",
            first.value
        );
        let help =
            format!("make it in `{own}`, too: a pod uses secrets of its own namespace alone");
        let diagnostic = RULE.at(first.span, message).help(help);
        diagnostics.push(with_others(diagnostic, named));
    }
}
