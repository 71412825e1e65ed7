//! Colours for the lines that no library draws.

use std::borrow::Cow;

use crate::diagnostic::Severity;

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "cli"),
    expect(dead_code, reason = "the command line alone draws in all of them")
)]
pub(crate) enum Ink {
    Bold,
    BoldRed,
    BoldYellow,
    BoldCyan,
    Red,
    Green,
    Blue,
    Cyan,
    Dimmed,
}

/// Colours text, where colours are understood.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    has_color: bool,
}

impl Paint {
    pub(crate) fn new(has_color: bool) -> Self {
        Self { has_color }
    }

    /// `text` in `ink`.
    pub(crate) fn on<'a>(self, text: &'a str, ink: Ink) -> Cow<'a, str> {
        if !self.has_color || text.is_empty() {
            return Cow::Borrowed(text);
        }
        let code = match ink {
            Ink::Bold => "1",
            Ink::BoldRed => "1;31",
            Ink::BoldYellow => "1;33",
            Ink::BoldCyan => "1;36",
            Ink::Red => "31",
            Ink::Green => "32",
            Ink::Blue => "34",
            Ink::Cyan => "36",
            Ink::Dimmed => "2",
        };
        Cow::Owned(format!("\x1b[{code}m{text}\x1b[0m"))
    }
}

/// How the word for a severity looks.
pub(crate) fn ink(severity: Severity) -> Ink {
    match severity {
        Severity::Error => Ink::BoldRed,
        Severity::Warning => Ink::BoldYellow,
        Severity::Advice => Ink::BoldCyan,
    }
}
