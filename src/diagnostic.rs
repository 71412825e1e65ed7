//! What is said about a mistake: plain data, worded by rules, shown by renderers.

use crate::rule::Rule;
use crate::source::Span;

/// How bad it is. The order is by weight: an error is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing needs to change.
    Advice,
    /// Probably not what was meant.
    Warning,
    /// It will not work.
    Error,
}

impl Severity {
    /// The word for it in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that is wrong, at one place.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How bad it is here; usually the rule's own severity.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, code in backticks. Readable alone.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The smallest text that is wrong.
    pub span: Span,
    /// A few words shown at `span`, where the message alone is too far away.
    pub label: Option<String>,
    /// Other places that matter: where the value was decided, the first of two.
    pub labels: Vec<Label>,
    /// The calls that led here, outermost first.
    pub trace: Vec<Frame>,
    /// The change that mends it.
    pub fix: Option<Fix>,
}

/// A place that explains a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What it has to do with the diagnostic.
    pub message: String,
}

/// A call on the way to a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The function that was called.
    pub function: String,
    /// The call.
    pub span: Span,
}

/// A change that mends a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// What the change does, as an order: "remove the scheme".
    pub message: String,
    /// Whether the change may be made without being looked at.
    pub safety: Safety,
    /// The change, as edits that do not overlap.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be made without being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The right text is certain.
    Safe,
    /// Probably right; it may change what the file means.
    Unsafe,
}

impl Safety {
    /// The word for it in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A replacement of one range of text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// The text to replace; empty to insert.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// `words` in a sentence: `a, b or c`, where `joint` is `or`.
pub(crate) fn listed(words: &[String], joint: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} {joint} {last}", rest.join(", ")),
    }
}

impl Diagnostic {
    /// Whether it is an error.
    pub(crate) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// A diagnostic with the rule's own severity and nothing but a message.
    #[must_use]
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: bounded(message.into()),
            help: None,
            span,
            label: None,
            labels: Vec::new(),
            trace: Vec::new(),
            fix: None,
        }
    }

    /// Sets another severity than the rule's own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(bounded(help.into()));
        self
    }

    /// Says a few words at the main place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn also(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            message: message.into(),
        });
        self
    }

    /// Points at where the value was decided, if that is another place.
    #[must_use]
    pub fn decided_at(self, origin: Option<Span>) -> Self {
        match origin {
            Some(origin) if origin != self.span && !origin.contains(self.span) => {
                self.also(origin, "the value is decided here")
            }
            _ => self,
        }
    }

    /// Says through which calls the script came here.
    #[must_use]
    pub fn trace(mut self, trace: &[Frame]) -> Self {
        self.trace = trace.to_vec();
        self
    }

    /// Offers a change of one range.
    #[must_use]
    pub fn fix(
        self,
        safety: Safety,
        message: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        let text = text.into();
        self.fix_all(safety, message, vec![Edit { span, text }])
    }

    /// Offers a change of several ranges.
    #[must_use]
    pub fn fix_all(mut self, safety: Safety, message: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix {
            message: message.into(),
            safety,
            edits,
        });
        self
    }
}

/// How many characters a message has at most. Messages show what the user wrote,
/// and that may be a megabyte.
const MAX_MESSAGE: usize = 1000;

fn bounded(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_MESSAGE) {
        text.truncate(end);
        text.push('…');
    }
    text
}
