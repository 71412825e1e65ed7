//! Options of connect mode outside of it.

use super::Context;
use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::suggest::nearest;

declare_rule! {
    /// `directOptions` are set, but the host is not `direct`.
    ///
    /// ## Why is this wrong?
    /// `directOptions` are for connect mode, which `host: direct` turns on. With another
    /// host, or with none, they probably have no effect.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: admiral.example.raftt.io
    /// # advice: "`directOptions` probably have no effect"
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// directOptions:
    ///   workloadIdentityServiceAccount: raftt-controller
    /// ```
    "direct-options-without-direct-host" {
        severity: Advice, since: "0.1.0", catalogue: ["Y16"],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(project_file) = context.project_file else {
        return;
    };
    let Some(options) = &project_file.direct_options else {
        return;
    };
    let diagnostic = |message: &str| {
        RULE.at(
            options.key,
            format!("`directOptions` probably have no effect: {message}"),
        )
    };
    match &project_file.host {
        Some(host) if host.value.value == "direct" => {}
        // What is wrong with a placeholder is said elsewhere.
        Some(host) if super::placeholder_host::is_placeholder(&host.value.value) => {}
        Some(host) => {
            let diagnostic = diagnostic("the host is not `direct`")
                .also(host.value.span, "the host is decided here");
            diagnostics.push(match nearest(&host.value.value, ["direct"]) {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).fix(
                    Safety::Unsafe,
                    "write `direct`",
                    host.value.span,
                    meant,
                ),
                None => diagnostic.help("for connect mode, write `host: direct`"),
            });
        }
        None if project_file.is_complete => {
            diagnostics
                .push(diagnostic("no host is set").help("for connect mode, add `host: direct`"));
        }
        None => {}
    }
}
