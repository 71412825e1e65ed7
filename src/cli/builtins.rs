//! `builtins`: what scripts can use.

use super::terminal::{Stream, terminal};
use super::{Console, Exit, Failure};
use crate::reference::language;
use crate::render::markdown::markdown;
use crate::suggest::nearest;

/// Prints the documentation of `name`, or a line for each function, object and module.
pub(crate) fn builtins(name: Option<&str>, console: &Console) -> Result<Exit, Failure> {
    let text = match name {
        None => language::overview(),
        Some(name) => language::entry(name).ok_or_else(|| unknown(name))?,
    };
    let terminal = terminal(console.color, Stream::Output);
    console.print(&markdown(&text, terminal))?;
    Ok(Exit::Clean)
}

fn unknown(name: &str) -> Failure {
    let names = language::names();
    Failure::usage(match nearest(name, names.iter().map(String::as_str)) {
        Some(nearest) => format!("scripts know no `{name}`; did you mean `{nearest}`?"),
        None => format!("scripts know no `{name}`; `raftt-config builtins` lists what they know"),
    })
}
