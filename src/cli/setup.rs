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

/// Prints the manual page of this program, or of one of its commands.
pub(crate) fn man(name: Option<&str>, console: &Console) -> Result<Exit, Failure> {
    let mut program = Cli::command();
    program.build();
    let command = match name {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name).cloned();
            found.ok_or_else(|| Failure::usage(format!("there is no command `{name}`")))?
        }
    };
    let mut page = Vec::new();
    let render = clap_mangen::Man::new(command).render(&mut page);
    render.map_err(|error| Failure::failed(format!("the page cannot be written: {error}")))?;
    console.print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Clean)
}

/// `docs/cli.md`: what `--help` says of the program and of each command.
#[must_use]
pub fn reference_page() -> String {
    let mut program = Cli::command().term_width(80);
    program.build();
    let mut page = String::from("# The command line\n");
    let mut push = |command: &mut clap::Command| {
        let name = command.get_bin_name().unwrap_or("raftt-config").to_owned();
        let help = command.render_long_help().to_string();
        let lines: Vec<_> = help.lines().map(str::trim_end).collect();
        page.push_str(&format!(
            "\n## {name}\n\n```text\n{}\n```\n",
            lines.join("\n").trim_end()
        ));
    };
    push(&mut program);
    for command in program
        .get_subcommands_mut()
        .filter(|it| it.get_name() != "help")
    {
        push(command);
    }
    page
}
