//! Paths that lead nowhere.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::declare_rule;
use crate::source::{Located, ReadError};

declare_rule! {
    /// A path in a script leads to no file of the project.
    ///
    /// ## Why is this wrong?
    /// Paths begin at the repository's root, in every script and wherever the script
    /// itself stands. What is not there when the environment is made cannot be
    /// loaded, built or run. A file that a lifecycle hook would create may be
    /// missing here, so that is advice only in projects that have such hooks.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yaml"))  # error: "`docker-compose.yaml` does not exist"
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "missing-path" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// `path` cannot be read because of `error`. `meant` is a file with a similar name.
pub(crate) fn diagnostic(
    path: &Located<String>,
    error: &ReadError,
    meant: Option<&str>,
    may_be_made: bool,
) -> Diagnostic {
    let words = error.to_string();
    let words = words.strip_prefix("it ").unwrap_or(&words);
    let diagnostic = RULE
        .at(path.span, format!("`{}` {words}", path.value))
        .decided_at(path.origin);
    let help = match (meant, error) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, ReadError::OutsideProject) => {
            "a script reads only files of its own repository".to_owned()
        }
        (None, ReadError::IsDirectory) => "name a file in it".to_owned(),
        (None, ReadError::NotFound) => "paths begin at the repository's root".to_owned(),
        (None, _) => return diagnostic,
    };
    if may_be_made {
        let help = match help.strip_suffix('?') {
            Some(question) => format!("{question}? if"),
            None => format!("{help}; if"),
        };
        return diagnostic.severity(Severity::Advice).help(format!(
            "{help} a lifecycle hook makes it, all is well, but what it holds is not known here"
        ));
    }
    diagnostic.help(help)
}

/// The Dockerfile of `build_image` is not there.
pub(crate) fn dockerfile(path: &Located<String>) -> Diagnostic {
    RULE.at(
        path.span,
        format!("there is no Dockerfile at `{}`", path.value),
    )
    .severity(Severity::Warning)
    .help("name it with `dockerfile = \"path/from/the/root\"`")
}

/// `path` leads to no manifest: `reason`, to be said behind it.
pub(crate) fn no_manifests(path: &Located<String>, reason: &str, help: String) -> Diagnostic {
    RULE.at(path.span, format!("`{}` {reason}", path.value))
        .decided_at(path.origin)
        .severity(Severity::Warning)
        .help(help)
}
