//! What the terminal can show, from the environment and the command line.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use clap::ValueEnum;

use crate::render::Terminal;

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal that understands them.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where text goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stream {
    /// Results.
    Output,
    /// Messages.
    Messages,
}

/// The terminal behind `stream`, or what a pipe gets.
#[allow(
    clippy::disallowed_methods,
    reason = "the command line reads the environment for everything below it"
)]
pub(crate) fn terminal(choice: ColorChoice, stream: Stream) -> Terminal {
    let is_terminal = match stream {
        Stream::Output => io::stdout().is_terminal(),
        Stream::Messages => io::stderr().is_terminal(),
    };
    let variable = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
    let width = variable("COLUMNS").and_then(|it| it.parse().ok());
    let width = width.or_else(|| is_terminal.then(terminal_width).flatten());
    let kind = variable("TERM");
    Terminal {
        // Wider lines are hard to read.
        width: width.unwrap_or(Terminal::PLAIN.width).min(160),
        has_color: has_color(choice, is_terminal, variable),
        has_unicode: !is_terminal || !matches!(kind.as_deref(), Some("dumb" | "linux")),
    }
}

/// The working directory.
#[allow(
    clippy::disallowed_methods,
    reason = "the command line hands it to everything below it"
)]
pub(crate) fn working_directory() -> io::Result<PathBuf> {
    std::env::current_dir()
}

/// An order on the command line is followed; then `NO_COLOR`, then `CLICOLOR_FORCE`,
/// then `CLICOLOR=0`, then what the terminal is.
fn has_color(
    choice: ColorChoice,
    is_terminal: bool,
    variable: impl Fn(&str) -> Option<String>,
) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if variable("NO_COLOR").is_some() => false,
        ColorChoice::Auto if variable("CLICOLOR_FORCE").is_some_and(|it| it != "0") => true,
        ColorChoice::Auto if variable("CLICOLOR").is_some_and(|it| it == "0") => false,
        ColorChoice::Auto => is_terminal && variable("TERM").as_deref() != Some("dumb"),
    }
}

/// How many columns the terminal has, if there is one.
fn terminal_width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size()?;
    Some(width.0.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_follow_the_order_of_who_asks() {
        use ColorChoice::{Always, Auto, Never};
        type Variables = &'static [(&'static str, &'static str)];
        let cases: &[(ColorChoice, bool, Variables, bool)] = &[
            (Auto, true, &[], true),
            (Auto, false, &[], false),
            (Auto, true, &[("NO_COLOR", "1")], false),
            (Auto, true, &[("TERM", "dumb")], false),
            (Auto, true, &[("CLICOLOR", "0")], false),
            (Auto, false, &[("CLICOLOR_FORCE", "1")], true),
            (Auto, false, &[("CLICOLOR_FORCE", "0")], false),
            (
                Auto,
                true,
                &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
                false,
            ),
            (Always, false, &[("NO_COLOR", "1"), ("TERM", "dumb")], true),
            (Never, true, &[("CLICOLOR_FORCE", "1")], false),
        ];
        for (choice, is_terminal, variables, expected) in cases {
            let variable = |name: &str| {
                let found = variables.iter().find(|it| it.0 == name);
                found.map(|it| it.1.to_owned())
            };
            let actual = has_color(*choice, *is_terminal, variable);
            assert_eq!(actual, *expected, "{choice:?} {is_terminal} {variables:?}");
        }
    }
}
