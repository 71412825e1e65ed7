//! Manifests that are neither YAML nor JSON.

use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::rule::declare_rule;
use crate::source::Span;
use crate::yaml::{DuplicateKey, Problem};

declare_rule! {
    /// A manifest is neither YAML nor JSON, or holds something else than objects.
    ///
    /// ## Why is this wrong?
    /// A file that cannot be read is not applied. Most often an indentation is not
    /// that of the lines around it, a `:` or the space behind it is missing, or the
    /// file is a template of a chart, which only `helm` can render.
    ///
    /// ## Example
    /// ```yaml web.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   # error: "a space is missing behind `name:`"
    ///   name:web
    ///   labels: {app: web}
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    /// ## Use instead
    /// ```yaml web.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   labels: {app: web}
    /// ```
    /// ```raftt
    /// deploy(k8s_manifests("web.yaml"))
    /// ```
    "invalid-manifest" {
        severity: Error, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

/// What the parser found.
pub(in crate::kubernetes) fn diagnostic(problem: &Problem) -> Diagnostic {
    let mut diagnostic = RULE.at(problem.span, &problem.message);
    diagnostic.help.clone_from(&problem.help);
    diagnostic.fix.clone_from(&problem.fix);
    diagnostic
}

/// The file is a template; at `at` it is no YAML yet. The first `{{ … }}` in it is
/// `braces`.
pub(in crate::kubernetes) fn template(at: Span, braces: &str) -> Diagnostic {
    let words = [
        "", "if", "else", "end", "include", "range", "template", "with", "define",
    ];
    let content = braces.trim_start_matches(['{', '-', ' ']);
    let is_of_chart = content.starts_with(['.', '$', '/'])
        || content
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .is_some_and(|it| words.contains(&it));
    match is_of_chart {
        true => RULE
            .at(at, "this is a template of a chart, and no YAML yet")
            .help("load the chart with `helm_local_chart(release_name, chart_path)`"),
        false => RULE
            .at(
                at,
                format!("nothing fills in `{braces}`, and without quotes it is no YAML"),
            )
            .help("write the value, or fill it in before the file is loaded"),
    }
}

/// A key that is set again.
pub(in crate::kubernetes) fn duplicate_key(key: &DuplicateKey) -> Diagnostic {
    RULE.at(key.at, format!("`{}` is set twice", key.name))
        .severity(Severity::Warning)
        .help("remove one of the two: only the last one counts")
        .also(key.first, "it is set here first")
}

/// A second object begins with `key` in the document of the first.
pub(in crate::kubernetes) fn missing_separator(
    key: &DuplicateKey,
    is_on_own_line: bool,
) -> Diagnostic {
    let diagnostic = RULE
        .at(
            key.at,
            "another object begins here, without `---` before it",
        )
        .severity(Severity::Warning)
        .help("write `---` between two objects: of what both set, only the last one counts")
        .also(key.first, "the first one");
    let at = Span {
        end: key.at.start,
        ..key.at
    };
    match is_on_own_line {
        true => diagnostic.fix(Safety::Unsafe, "insert `---`", at, "---\n"),
        false => diagnostic,
    }
}

/// The file, which begins at `at`, is a compose file.
pub(in crate::kubernetes) fn compose_file(at: Span, is_meant: bool) -> Diagnostic {
    severity(
        RULE.at(at, "this is a compose file, and no manifest"),
        is_meant,
    )
    .help("load it with `load_docker_compose(path)`")
}

/// The object of a `kind` that begins at `at` is the configuration of a program.
pub(in crate::kubernetes) fn configuration(kind: &str, at: Span, is_meant: bool) -> Diagnostic {
    let what = match kind {
        "Config" => "a `Config`, which tells a program how to reach a cluster".to_owned(),
        _ => format!("a `{kind}`, which configures a program"),
    };
    let message = format!("this is {what}, and no object of a cluster");
    severity(RULE.at(at, message), is_meant).help("move it away from the manifests that are loaded")
}

fn severity(diagnostic: Diagnostic, is_meant: bool) -> Diagnostic {
    match is_meant {
        true => diagnostic,
        false => diagnostic.severity(Severity::Warning),
    }
}

/// The aliases of the file stand for more than is followed.
pub(in crate::kubernetes) fn too_many_aliases(at: Span) -> Diagnostic {
    RULE.at(
        at,
        "the aliases (`*name`) of this file stand for too much to follow",
    )
    .help("write the values where they are needed")
}

/// A document, or an item of a list, is no mapping.
pub(in crate::kubernetes) fn no_object(at: Span) -> Diagnostic {
    RULE.at(
        at,
        "this is no Kubernetes object, which has `apiVersion` and `kind`",
    )
    .help("is this the right file?")
}

/// A secret, whose first line is at `at`, is no YAML. Its lines are not shown.
pub(in crate::kubernetes) fn broken_secret(at: Span) -> Diagnostic {
    RULE.at(at, "this secret is no YAML")
        .help("look for quotes and brackets that are not closed; its lines are not shown here")
}
