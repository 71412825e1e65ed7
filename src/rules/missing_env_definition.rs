//! Project files without a script.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::project_file::ProjectFile;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// The project file names no script.
    ///
    /// ## Why is this wrong?
    /// `envDefinition` names the script that describes the environment and sets up the
    /// access to registries. Without it, nothing is evaluated. Only old files, which
    /// describe the environment by Compose files under `build`, need none.
    ///
    /// ## Example
    /// ```yaml
    /// # warning: "no script is named"
    /// host: direct
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// ```
    "missing-env-definition" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

pub(crate) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(file) = context.project_file else {
        return;
    };
    let is_legacy = file.build.is_some()
        || file.dev_container.is_some()
        || !file.data.is_empty()
        || !file.debugging.is_empty();
    if file.env_definition.is_some() || is_legacy || !file.is_complete {
        return;
    }
    diagnostics.push(
        RULE.at(first_key(file), "no script is named: `envDefinition` is missing")
            .help("add the path of the script, from the root of the repository: `envDefinition: env.raftt`"),
    );
}

/// The first key of the file, as far as it is known; else where it begins.
fn first_key(file: &ProjectFile) -> Span {
    let keys = [
        file.host.as_ref().map(|it| it.key),
        file.direct_options.as_ref().map(|it| it.key),
        file.env_lifecycle_hooks.as_ref().map(|it| it.key),
        file.upstream_repo.as_ref().map(|it| it.key),
        file.secrets.first().map(|it| it.name.span),
    ];
    let first = keys.into_iter().flatten().min_by_key(|it| it.start);
    first.unwrap_or(Span::new(file.file, 0..0))
}
