//! Charts that are not rendered because there is no `helm`.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Located;

declare_rule! {
    /// A chart is not rendered because `helm` is not there.
    ///
    /// ## Why is this wrong?
    /// What a chart holds is known once `helm` has rendered it, which needs neither a
    /// cluster nor the network. Without it, the chart's resources and their images are
    /// taken as unknown: mistakes in what the script does with them are not found. It
    /// is said once, at the first chart.
    ///
    /// ## Example
    /// ```yaml chart/Chart.yaml
    /// apiVersion: v2
    /// name: web
    /// version: 0.1.0
    /// ```
    /// ```raftt
    /// deploy(helm_local_chart("web", "chart"))  # advice: "`chart` is not rendered"
    /// ```
    /// ## Use instead
    /// The same with `helm` on the search path (`PATH`), or resources that need none:
    /// ```raftt
    /// deploy(namespace_resources())
    /// ```
    "helm-not-found" {
        severity: Advice, since: "0.1.0", needs: Machine, catalogue: [],
    }
}

/// The chart in `folder` is the first that is not rendered.
pub(crate) fn diagnostic(folder: &Located<String>) -> Diagnostic {
    RULE.at(
        folder.span,
        format!(
            "the chart in `{}` is not rendered: there is no `helm`",
            folder.value
        ),
    )
    .help(
        "what it holds is taken as unknown; to have it checked, too, install helm \
         (https://helm.sh/docs/intro/install) so that `helm` is on the search path",
    )
}
