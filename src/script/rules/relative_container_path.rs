//! Container paths that do not begin at the root.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Located;

declare_rule! {
    /// A path in a container is not absolute.
    ///
    /// ## Why is this wrong?
    /// A container has no folder that such a path could begin at: a mount ends up
    /// somewhere else than was meant, and a pattern of `OnFileChanged` matches no
    /// file, so that its hook never runs.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// web = resources.deployments["web"]
    /// web.mount(repo_volume(), dst = "app")  # warning: "`app` is no absolute path"
    /// register_hook(
    ///     on = events.OnFileChanged(
    ///         workload = web,
    ///         patterns = "src/**/*.ts",  # warning: "the pattern `src/**/*.ts` matches no file"
    ///     ),
    ///     do = actions.CMD(workload = web, cmd = ["npm", "install"]),
    /// )
    /// deploy(resources)
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// web = resources.deployments["web"]
    /// web.mount(repo_volume(), dst = "/app")
    /// register_hook(
    ///     on = events.OnFileChanged(workload = web, patterns = "/app/src/**/*.ts"),
    ///     do = actions.CMD(workload = web, cmd = ["npm", "install"]),
    /// )
    /// deploy(resources)
    /// ```
    "relative-container-path" {
        severity: Warning, since: "0.1.0", catalogue: [],
    }
}

/// A volume is mounted at `path`.
pub(crate) fn mount(path: &Located<String>) -> Diagnostic {
    let text = &path.value;
    let trimmed = text.trim_start_matches("./");
    RULE.at(
        path.span,
        format!("`{text}` is no absolute path in the container"),
    )
    .help(match example(trimmed) {
        Some(example) => format!("begin it at the root, for example `{example}`"),
        None => "begin it at the root, for example `/app`; nothing is filled in".to_owned(),
    })
    .decided_at(path.origin)
}

/// The path from the root, where `text` could be one.
fn example(text: &str) -> Option<String> {
    let is_other = text.is_empty() || text.contains(['$', '~', '\\', ':']);
    (!is_other).then(|| format!("/{text}"))
}

/// A hook waits for changes of files at `pattern`.
pub(crate) fn pattern(pattern: &Located<String>) -> Diagnostic {
    let text = &pattern.value;
    let trimmed = text.trim_start_matches("./");
    RULE.at(
        pattern.span,
        format!("the pattern `{text}` matches no file: paths in a container are absolute"),
    )
    .help(format!(
        "write where the files are mounted in the container, for example `/app/{trimmed}`"
    ))
    .decided_at(pattern.origin)
}
