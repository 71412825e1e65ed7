//! Attributes and methods that an object does not have.

use crate::diagnostic::{Diagnostic, Frame, Safety, Severity};
use crate::rule::declare_rule;
use crate::script::builtins::functions;
use crate::script::values::MissingAttribute;
use crate::source::Span;
use crate::suggest::nearest;

declare_rule! {
    /// An attribute or method is used that the object does not have.
    ///
    /// ## Why is this wrong?
    /// The script ends where the attribute is looked up. For objects of the
    /// product a name that is close to no known one is advice only, since their
    /// reference is known in part.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// web = resources.deployment["web"]  # error: "`Resources` has no `deployment`"
    /// web.mont(repo_volume(), "/app")  # error: "`Workload` has no `mont`"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// web = resources.deployments["web"]
    /// web.mount(repo_volume(), "/app")
    /// deploy(resources)
    /// ```
    "unknown-attribute" {
        severity: Error, since: "0.1.0", fix: Safe, catalogue: [],
    }
}

/// How many names the help lists.
const MAX_NAMES: usize = 20;

/// What other libraries call members of the modules.
const OTHER_NAMES: &[(&str, &[(&str, &str)])] = &[
    (
        "json",
        &[
            ("loads", "decode"),
            ("load", "decode"),
            ("parse", "decode"),
            ("dumps", "encode"),
        ],
    ),
    (
        "yaml",
        &[
            ("load", "loads"),
            ("safe_load", "loads"),
            ("decode", "loads"),
            ("dump", "dumps"),
            ("encode", "dumps"),
        ],
    ),
    ("fs", &[("open", "File"), ("read", "File")]),
    ("hash", &[("sha", "sha1")]),
];

/// The name that `attribute` of the type `object` probably stands for. `known` are the
/// names that it has.
pub(crate) fn meant<'k>(
    object: &str,
    attribute: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    if is_function(attribute) {
        return None;
    }
    let others = OTHER_NAMES.iter().find(|it| it.0 == object);
    let others = others.into_iter().flat_map(|it| it.1);
    let other = { others }.find_map(|(name, meant)| (*name == attribute).then_some(*meant));
    other.or_else(|| nearest(attribute, known))
}

/// An attribute that a value does not have, which is named at `span`.
pub(crate) fn of(missing: &MissingAttribute, span: Span, trace: &[Frame]) -> Diagnostic {
    let known = missing.known.iter().map(String::as_str);
    let attribute = missing.attribute.as_str();
    let diagnostic = diagnostic(
        &missing.object,
        attribute,
        known.clone(),
        missing.is_complete,
        span,
        trace,
    );
    match &missing.place {
        Some(place) if diagnostic.severity == Severity::Advice => {
            let help = format!("did you mean `{place}`? as it is, it is accepted, and unknown");
            let diagnostic = diagnostic.help(help);
            match place.starts_with('[') {
                true => diagnostic,
                false => diagnostic.fix(
                    Safety::Unsafe,
                    format!("write `{place}`"),
                    span,
                    place.clone(),
                ),
            }
        }
        _ => diagnostic,
    }
}

/// The type `object` has no `attribute`, which is named at `span`. `known` are
/// the names that it has; `is_complete` if it has no others.
pub(crate) fn diagnostic<'k>(
    object: &str,
    attribute: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
    is_complete: bool,
    span: Span,
    trace: &[Frame],
) -> Diagnostic {
    let diagnostic = RULE
        .at(span, format!("`{object}` has no `{attribute}`"))
        .trace(trace);
    if let Some(meant) = meant(object, attribute, known.clone()) {
        let safety = match nearest(attribute, known) {
            Some(near) if near == meant => Safety::Safe,
            _ => Safety::Unsafe,
        };
        return diagnostic.help(format!("did you mean `{meant}`?")).fix(
            safety,
            format!("rename to `{meant}`"),
            span,
            meant,
        );
    }
    if object == "NoneType" {
        return diagnostic.help("where does the `None` come from?");
    }
    let mut known: Vec<_> = known.into_iter().map(|it| format!("`{it}`")).collect();
    known.sort();
    let more = known.len().saturating_sub(MAX_NAMES);
    known.truncate(MAX_NAMES);
    let known = match more {
        0 => known.join(", "),
        _ => format!("{} and {more} more", known.join(", ")),
    };
    if is_complete && known.is_empty() {
        return diagnostic;
    }
    if is_complete {
        return diagnostic.help(format!("it has {known}"));
    }
    let help = match is_function(attribute) {
        true => format!("`{attribute}` is a function of its own: write `{attribute}(…)`"),
        false if known.is_empty() => "it is accepted as it is".to_owned(),
        false => format!("it is accepted as it is; known are {known}"),
    };
    RULE.at(
        span,
        format!("`{object}` is not known to have `{attribute}`"),
    )
    .severity(Severity::Advice)
    .help(help)
    .trace(trace)
}

fn is_function(name: &str) -> bool {
    functions().any(|it| it.name == name)
}
