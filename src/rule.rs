//! What a rule is. A rule is known by its name alone.

mod documentation;

use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::source::Span;

pub(crate) use documentation::SNAPSHOT;
pub use documentation::{Example, ExampleFile};

/// Where the project lives.
pub(crate) const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// A kind of mistake: its documentation, and the check that finds it unless
/// an earlier stage does.
#[derive(Debug)]
pub struct Rule {
    /// The name, in kebab case. It names the mistake, so that "allow NAME" reads well.
    pub name: &'static str,
    /// How bad the mistake is unless a diagnostic says otherwise.
    pub severity: Severity,
    /// The version that brought the rule.
    pub since: &'static str,
    /// How safe its fixes are, if it offers any.
    pub fix: Option<Safety>,
    /// What the marked text is, for editors that show it.
    pub tag: Option<Tag>,
    /// What it depends on beside the project itself.
    pub needs: Option<Needs>,
    /// The mistakes of the catalogue (`testdata/mistakes.json`) that it finds.
    pub catalogue: &'static [&'static str],
    /// The documentation, in Markdown: a summary line, `## Why is this wrong?`,
    /// `## Example` and `## Use instead` with code blocks that run as tests.
    pub documentation: &'static str,
}

/// What the text is that a rule marks. Editors fade it or strike it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// It has no effect.
    Unnecessary,
    /// There is a newer way to say it.
    Deprecated,
}

/// What a rule depends on beside the project: where that is missing, nothing is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// What is in the namespace, and thereby which workloads there are.
    Namespace,
    /// The programs of the machine.
    Machine,
}

impl Rule {
    /// A diagnostic of this rule.
    #[must_use]
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self, span, message)
    }

    /// The first line of the documentation.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let line = self.documentation.lines().map(str::trim);
        line.into_iter().find(|line| !line.is_empty()).unwrap_or("")
    }

    /// Where the documentation stands on the web.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{REPOSITORY}/blob/main/docs/rules.md#{}", self.name)
    }
}

/// Declares the rule of a file: the doc comment is its documentation. The
/// static is always named `RULE`, because a file holds one rule.
///
/// ```text
/// declare_rule! {
///     /// A registry is written with a URL scheme.
///     ///
///     /// ## Why is this wrong?
///     /// …
///     "registry-with-scheme" {
///         severity: Error, since: "0.1.0", fix: Safe, catalogue: ["H01"],
///     }
/// }
/// ```
macro_rules! declare_rule {
    (
        $(#[doc = $doc:literal])+
        $name:literal {
            severity: $severity:ident,
            since: $since:literal,
            $(fix: $fix:ident,)?
            $(tag: $tag:ident,)?
            $(needs: $needs:ident,)?
            catalogue: [$($catalogue:literal),* $(,)?] $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        pub(crate) static RULE: $crate::rule::Rule = $crate::rule::Rule {
            name: $name,
            severity: $crate::diagnostic::Severity::$severity,
            since: $since,
            fix: $crate::rule::optional!($($crate::diagnostic::Safety::$fix)?),
            tag: $crate::rule::optional!($($crate::rule::Tag::$tag)?),
            needs: $crate::rule::optional!($($crate::rule::Needs::$needs)?),
            catalogue: &[$($catalogue),*],
            documentation: concat!($($doc, "\n"),+),
        };
    };
}

/// `Some` of what is given, or `None`.
macro_rules! optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

pub(crate) use declare_rule;
pub(crate) use optional;
