//! Scripts outside the project.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::source::{Located, Sources, normalize_path};

declare_rule! {
    /// The project file names a script outside the project.
    ///
    /// ## Why is this wrong?
    /// The script is evaluated in the cluster, on the synchronised copy of the
    /// repository. A path that starts at the root of the disk or leads above the
    /// repository's root names nothing there.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: ../shared/env.raftt  # error: "leads out of the project"
    /// host: direct
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// ```
    "script-outside-project" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// Whether `path` starts at the root of a disk or at a home folder.
pub(crate) fn is_absolute(path: &str) -> bool {
    let mut characters = path.chars();
    let is_drive = characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.next() == Some(':')
        && matches!(characters.next(), Some('/' | '\\'));
    is_drive || path.starts_with(['/', '~', '\\'])
}

/// The path in `value` is absolute.
pub(crate) fn absolute(sources: &dyn Sources, key: &str, value: &Located<String>) -> Diagnostic {
    let path = &value.value;
    let diagnostic = RULE.at(
        value.span,
        format!("`{key}` is an absolute path, which names nothing in the cluster"),
    );
    // `/env.raftt` is mostly meant from the repository's root.
    let inner = path.trim_start_matches('/');
    let is_there = normalize_path(inner).is_some_and(|it| sources.read(&it).is_ok());
    if is_there {
        return diagnostic
            .help(format!(
                "write `{inner}`: paths start at the repository's root"
            ))
            .fix(
                Safety::Unsafe,
                format!("write `{inner}`"),
                value.span,
                inner,
            );
    }
    diagnostic.help("write a path that starts at the repository's root, such as `env.raftt`")
}

/// The path in `value` leads above the root.
pub(crate) fn above(key: &str, value: &Located<String>) -> Diagnostic {
    RULE.at(value.span, format!("`{key}` leads out of the project"))
        .help("keep the script in the repository; paths start at its root")
}

/// The path in `value` is a link to somewhere else.
pub(crate) fn link(key: &str, value: &Located<String>) -> Diagnostic {
    RULE.at(
        value.span,
        format!("`{key}` is a link that leads out of the project"),
    )
    .help("keep the script itself in the repository")
}
