//! Values that a format cannot say.

use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// A value is written as JSON, YAML or another format that cannot say it.
    ///
    /// ## Why is this wrong?
    /// Functions and modules are no data. JSON knows only strings as keys, and no
    /// number that is infinite. The script ends where it writes such a value.
    ///
    /// ## Example
    /// ```raftt
    /// load("encoding/json.star", "json")
    ///
    /// ports = json.encode({80: "web"})  # error: "the keys of JSON are strings"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// load("encoding/json.star", "json")
    ///
    /// ports = json.encode({"80": "web"})
    /// ```
    "unencodable-value" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// The value cannot be written as `format`, because of `why`.
pub(crate) fn diagnostic(format: &str, why: &str, span: Span) -> Diagnostic {
    RULE.at(span, format!("this cannot be written as {format}: {why}"))
}

/// The part of the value at `path` is a `kind`, which is no data.
pub(crate) fn part(format: &str, path: &str, kind: &str, span: Span) -> Diagnostic {
    let article = match kind.starts_with(['a', 'e', 'i', 'o', 'u']) {
        true => "an",
        false => "a",
    };
    let what = match path {
        "" => format!("it is {article} `{kind}`"),
        path => format!("its `{path}` is {article} `{kind}`"),
    };
    diagnostic(format, &what, span)
}
