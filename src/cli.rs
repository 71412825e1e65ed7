//! The command line: what can be asked, and where the answers go.

mod baseline;
mod builtins;
mod check;
mod diff;
mod explain;
mod fixes;
#[cfg(feature = "lsp")]
mod lsp;
mod output_format;
mod plan;
mod projects;
mod resolve;
mod run;
mod settings;
mod setup;
mod terminal;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Read as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::guarded::{guarded, quiet_panics};
use crate::options::Options;
use crate::projects::{Unusable, read_snapshot};
use crate::render::text::safe_lines;
use crate::script::meant_run_time_value;
pub use setup::reference_page;
use terminal::ColorChoice;

/// Checks `.raftt` scripts and `raftt.yml`, and plans registry access.
#[derive(Debug, Parser)]
#[command(
    name = "raftt-config",
    version,
    before_help = EXAMPLES,
    max_term_width = 100,
    after_help = "Exit codes: 0 clean, 1 errors found, 2 wrong usage, 3 could not run."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Whether to use colors: NO_COLOR and CLICOLOR_FORCE count as well.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        display_order = 900
    )]
    color: ColorChoice,
}

const EXAMPLES: &str = "\
Examples:
  raftt-config check                 check the projects below this folder
  raftt-config check --fix           make the certain fixes
  raftt-config plan                  show which credentials each registry gets
  raftt-config resolve IMAGE         say which credentials an image gets
  raftt-config explain RULE          say why something is wrong
";

#[derive(Debug, Subcommand)]
enum Command {
    /// Finds mistakes in projects.
    Check(check::CheckArgs),
    /// Prints the registry-access plan of a project.
    Plan(plan::PlanArgs),
    /// Says which credential sources would be tried for images, and why.
    Resolve(resolve::ResolveArgs),
    /// Shows a rule's documentation.
    Explain {
        /// The rule's name, as a message shows it in brackets.
        #[arg(value_name = "RULE")]
        rule: String,
    },
    /// Lists all rules.
    Rules {
        /// How to list them.
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        output_format: ListFormat,
    },
    /// Documents the functions and objects that scripts can use.
    Builtins {
        /// A function, an object, a method (`object.method`) or a module; all without it.
        name: Option<String>,
    },
    /// Serves an editor: the language server, on standard input and output.
    #[cfg(feature = "lsp")]
    Lsp {
        /// Accepted because many editors give it; there is no other way.
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Prints a JSON Schema.
    Schema {
        /// What the schema describes.
        #[arg(value_parser = setup::schema_names())]
        name: String,
    },
    /// Prints a script that completes this command in a shell.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Prints the manual page.
    Man {
        /// One of the commands; the whole program without it.
        command: Option<String>,
    },
}

/// How lists are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ListFormat {
    /// For people.
    #[default]
    Full,
    /// For programs.
    Json,
}

/// Values that only the cluster or another machine knows.
#[derive(Clone, Debug, Args)]
pub(crate) struct KnownValues {
    /// A value that is known only at run time, such as env_id.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    values: Vec<(String, String)>,
    /// The value of a secret of the project. It is never shown.
    #[arg(long = "secret", value_name = "NAME=VALUE", value_parser = pair)]
    secrets: Vec<(String, String)>,
    /// What the namespace has, as `kubectl get deploy,sts,ds,job,cronjob,pod,sa,secret
    /// -o yaml` prints it: a file, or a folder of them.
    #[arg(long, value_name = "PATH")]
    namespace_snapshot: Vec<PathBuf>,
    /// The namespace to take from a snapshot that has several.
    #[arg(long, value_name = "NAME", requires = "namespace_snapshot")]
    namespace: Option<String>,
}

impl KnownValues {
    /// Options with these values.
    fn options(&self, console: &Console) -> Result<Options, Failure> {
        for (name, _) in &self.values {
            if let Some(meant) = meant_run_time_value(name) {
                return Err(Failure::usage(format!(
                    "`--set {name}=…`: there is no `{name}`; did you mean `{meant}`?"
                )));
            }
        }
        let namespace = self.namespace.as_deref();
        Ok(Options {
            values: self.values.clone(),
            secrets: self.secrets.clone(),
            snapshot: read_snapshot(&self.namespace_snapshot, namespace, &console.folder)?,
            ..Options::default()
        })
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        // The text may be a secret: it is not repeated.
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing is wrong.
    Clean = 0,
    /// Something is wrong with a project.
    Found = 1,
    /// Something is wrong with the command.
    Usage = 2,
    /// Something is wrong with the machine, or with this program.
    Failed = 3,
}

/// Why a command gave no answer.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    message: String,
    /// Whether there are projects, so that going on without one would mislead.
    has_project: bool,
}

impl Failure {
    fn usage(message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            exit: Exit::Usage,
            message,
            has_project: false,
        }
    }

    fn failed(message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            exit: Exit::Failed,
            message,
            has_project: false,
        }
    }
}

impl From<Unusable> for Failure {
    fn from(snapshot: Unusable) -> Self {
        match snapshot {
            Unusable::Wrong(message) => Self::usage(message),
            Unusable::Unreadable(message) => Self::failed(message),
        }
    }
}

/// What a command writes to and reads from.
pub(crate) struct Console {
    color: ColorChoice,
    /// The folder that paths are shown from.
    folder: PathBuf,
}

impl Console {
    /// Writes a result. A reader that has seen enough is no failure.
    fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::failed(
                format!("the output cannot be written: {error}"),
            )),
            _ => Ok(()),
        }
    }

    /// Writes a message of this program. It may repeat what the user or a file says.
    fn report(&self, message: &str) {
        self.say(&format!("raftt-config: {}\n", safe_lines(message)));
    }

    /// Writes beside the result. Nobody may be listening.
    fn say(&self, text: &str) {
        _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Whether a person reads the messages.
    fn is_watched(&self) -> bool {
        io::stderr().is_terminal()
    }

    /// What standard input holds.
    fn read_input(&self) -> Result<Vec<u8>, Failure> {
        let mut content = Vec::new();
        // One byte more than a file may have, so that too much is seen as such.
        let limit = crate::source::MAX_FILE_SIZE as u64 + 1;
        let result = io::stdin().lock().take(limit).read_to_end(&mut content);
        match result {
            Ok(_) => Ok(content),
            Err(error) => Err(Failure::failed(format!(
                "standard input cannot be read: {error}"
            ))),
        }
    }
}

/// Runs the command that this process was started with.
#[must_use]
pub fn main() -> ExitCode {
    quiet_panics();
    let exit = guarded("running this command", || run_command(std::env::args_os()));
    let exit = exit.unwrap_or_else(|message| {
        _ = writeln!(io::stderr(), "raftt-config: {message}");
        Exit::Failed
    });
    ExitCode::from(exit as u8)
}

fn run_command(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let printed = error.print();
            // Help and version are answers; everything else is wrong usage.
            return match printed {
                _ if error.use_stderr() => Exit::Usage,
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Failed,
                _ => Exit::Clean,
            };
        }
    };
    let console = match terminal::working_directory() {
        Ok(folder) => Console {
            color: cli.color,
            folder,
        },
        Err(error) => {
            let message = format!("raftt-config: the working directory cannot be read: {error}");
            _ = writeln!(io::stderr(), "{message}");
            return Exit::Failed;
        }
    };
    let result = match cli.command {
        Command::Check(args) => check::check(&args, &console),
        Command::Plan(args) => plan::plan(&args, &console),
        Command::Resolve(args) => resolve::resolve(&args, &console),
        Command::Explain { rule } => explain::explain(&rule, &console),
        Command::Rules { output_format } => explain::rules(output_format, &console),
        Command::Builtins { name } => builtins::builtins(name.as_deref(), &console),
        #[cfg(feature = "lsp")]
        Command::Lsp { .. } => lsp::lsp(&console),
        Command::Schema { name } => setup::schema(&name, &console),
        Command::Completions { shell } => setup::completions(shell, &console),
        Command::Man { command } => setup::man(command.as_deref(), &console),
    };
    result.unwrap_or_else(|failure| {
        console.report(&failure.message);
        failure.exit
    })
}
