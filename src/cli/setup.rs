//! What other tools need to know about this one: schemas, shell completions, the
//! manual page.

use clap::CommandFactory as _;
use clap::builder::PossibleValuesParser;
use clap_complete::Shell;

use super::{Cli, Console, Exit, Failure};
use crate::reference::SCHEMAS;

/// The names of the schemas, with what they describe.
pub(crate) fn schema_names() -> PossibleValuesParser {
    let values = SCHEMAS.iter();
    let values = values.map(|it| clap::builder::PossibleValue::new(it.name).help(it.about));
    PossibleValuesParser::new(values)
}

/// Prints a schema.
pub(crate) fn schema(name: &str, console: &Console) -> Result<Exit, Failure> {
    let schema = SCHEMAS.iter().find(|it| it.name == name);
    let schema = schema.ok_or_else(|| Failure::usage(format!("there is no schema `{name}`")))?;
    console.print(&schema.text())?;
    Ok(Exit::Clean)
}

/// Prints a completion script.
pub(crate) fn completions(shell: Shell, console: &Console) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "raftt-config", &mut script);
    console.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}

/// Prints the manual page: the command, then each of its commands.
pub(crate) fn man(console: &Console) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    let render = clap_mangen::Man::new(Cli::command()).render(&mut page);
    render.map_err(|error| Failure::failed(format!("the page cannot be written: {error}")))?;
    console.print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Clean)
}
