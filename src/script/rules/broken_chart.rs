//! Charts that `helm` cannot render.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::declare_rule;
use crate::source::{ChartError, Located, ReadError, Span};

declare_rule! {
    /// A chart cannot be rendered.
    ///
    /// ## Why is this wrong?
    /// A chart is a folder with a `Chart.yaml` and templates, which `helm` fills in
    /// with the values of `values.yaml`, of `values_files` and of `values`, each
    /// counting more than the one before. Where it cannot do that, there are no
    /// resources to deploy. The reason is `helm`'s own.
    ///
    /// ## Example
    /// ```yaml charts/web/Chart.yaml
    /// apiVersion: v2
    /// name: web
    /// version: 0.1.0
    /// ```
    /// ```raftt
    /// deploy(helm_local_chart("web", "charts"))  # error: "`charts` is no chart"
    /// ```
    /// ## Use instead
    /// ```yaml charts/web/Chart.yaml
    /// apiVersion: v2
    /// name: web
    /// version: 0.1.0
    /// ```
    /// ```raftt
    /// deploy(helm_local_chart("web", "charts/web"))
    /// ```
    "broken-chart" {
        severity: Error, since: "0.1.0", needs: Machine, catalogue: [],
    }
}

/// `folder` has no `Chart.yaml`; `charts` are the folders in it that have one.
pub(crate) fn no_metadata(folder: &Located<String>, charts: &[String]) -> Diagnostic {
    let path = folder.value.trim_end_matches('/');
    let message = format!("`{path}` is no chart: it has no `Chart.yaml`");
    let diagnostic = RULE.at(folder.span, message).decided_at(folder.origin);
    match charts {
        [] => diagnostic.help("name the folder that holds the chart's `Chart.yaml`"),
        [only] => diagnostic.help(format!("did you mean `{path}/{only}`?")),
        several => {
            let several = several.iter().take(8);
            let several: Vec<_> = several.map(|it| format!("`{path}/{it}`")).collect();
            diagnostic.help(format!("in it are the charts {}", several.join(", ")))
        }
    }
}

/// `folder` is a file.
pub(crate) fn is_file(folder: &Located<String>) -> Diagnostic {
    let message = format!("`{}` is no chart: it is a file", folder.value);
    RULE.at(folder.span, message)
        .decided_at(folder.origin)
        .help("name the folder that holds the chart's `Chart.yaml`")
}

/// `file` of the chart cannot be read because of `error`.
pub(crate) fn unreadable(folder: &Located<String>, file: &str, error: &ReadError) -> Diagnostic {
    let message = format!(
        "the chart in `{}` cannot be read: `{file}`: {error}",
        folder.value
    );
    RULE.at(folder.span, message).decided_at(folder.origin)
}

/// `helm` refuses the chart: `words`, which are about `place`.
pub(crate) fn refused(folder: &Located<String>, words: &str, place: Option<Span>) -> Diagnostic {
    let is_incomplete = words.contains("missing in charts/ directory");
    let words = words.trim_end_matches('.');
    let message = format!(
        "`helm` cannot render the chart in `{}`: {words}",
        folder.value
    );
    let diagnostic = RULE.at(folder.span, message);
    let diagnostic = match place {
        Some(place) => diagnostic.also(place, "`helm` fails here"),
        None => diagnostic.decided_at(folder.origin),
    };
    if is_incomplete {
        // They may be fetched before the environment is made.
        return diagnostic.severity(Severity::Warning).help(format!(
            "fetch them with `helm dependency build {}`; until then, what the chart holds is \
             taken as unknown",
            folder.value
        ));
    }
    if words.contains("nil pointer evaluating") {
        return diagnostic.help("give the value that is missing, with `values` or a values file");
    }
    diagnostic
}

/// `helm` refuses the argument at `span`: `words`.
pub(crate) fn refused_argument(span: Span, words: &str) -> Diagnostic {
    let diagnostic = RULE.at(span, format!("`helm` refuses this: {words}"));
    match words.starts_with("release name") {
        true => diagnostic
            .help("a release is named with at most 53 lower-case letters, digits, `-` and `.`"),
        false => diagnostic,
    }
}

/// The chart is not rendered because of `error`, which is no mistake of the script.
pub(crate) fn not_rendered(folder: &Located<String>, error: &ChartError) -> Diagnostic {
    let message = format!("the chart in `{}` is not rendered: {error}", folder.value);
    RULE.at(folder.span, message)
        .severity(Severity::Warning)
        .help("what it holds is taken as unknown")
}
