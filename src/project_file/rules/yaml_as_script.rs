//! YAML files in the place of scripts.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Located;

declare_rule! {
    /// The project file names a YAML file where a script belongs.
    ///
    /// ## Why is this wrong?
    /// An environment is defined by a script, which loads compose files, manifests and
    /// charts. What such a file says, YAML cannot say to it.
    ///
    /// ## Example
    /// ```yaml
    /// envDefinition: docker-compose.yml  # error: "a compose file, and no script"
    /// host: direct
    /// ```
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx
    /// ```
    /// ## Use instead
    /// ```yaml
    /// envDefinition: env.raftt
    /// host: direct
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx
    /// ```
    "yaml-as-script" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The file `path` with this text is named in place of a script.
pub(crate) fn diagnostic(written: &Located<String>, path: &str, text: &str) -> Diagnostic {
    let has_key = |key: &str| text.lines().any(|line| line.starts_with(key));
    let (what, loader) = match path.rsplit('/').next() {
        Some("Chart.yaml") => ("a chart", None),
        _ if has_key("services:") => ("a compose file", Some("load_docker_compose")),
        _ if has_key("apiVersion:") => ("a manifest", Some("k8s_manifests")),
        _ => ("a YAML file", None),
    };
    let help = match loader {
        Some(loader) => format!("name a script that loads it: `deploy({loader}(\"{path}\"))`"),
        None => "name a script, `env.raftt`, that calls `deploy`".to_owned(),
    };
    RULE.at(written.span, format!("`{path}` is {what}, and no script"))
        .help(help)
}
