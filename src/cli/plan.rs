//! `plan`: which credentials the environment controller uses for which registry.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::output_format::OutputFormat;
use super::projects::{Target, find, find_in};
use super::run::analyze_guarded;
use super::terminal::{Stream, terminal};
use super::{Console, Exit, Failure, KnownValues};
use crate::options::Options;
use crate::plan::render::{PlanFormat, render};
use crate::render::text::{one_line, safe_lines};
use crate::render::{Checked, Report};

/// What `plan` takes.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  raftt-config plan                                  the plan of the project in this folder
  raftt-config plan shop --format yaml               as YAML
  raftt-config plan --format docker-config > ~/.docker/config.json
  raftt-config plan --format deployment-patch > patch.yaml
")]
pub(crate) struct PlanArgs {
    /// A project folder, a project file or a script.
    #[arg(default_value = ".", value_name = "PROJECT")]
    project: PathBuf,
    /// The form of the plan: text on a terminal, JSON elsewhere.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<PlanFormat>,
    /// How diagnostics are printed, beside the plan.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    output_format: OutputFormat,
    /// Exits with 1 for warnings and advice, too.
    #[arg(long)]
    error_on_warning: bool,
    #[command(flatten)]
    known: KnownValues,
}

impl ValueEnum for PlanFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// Prints the plan; what is wrong with the project is a message beside it.
pub(crate) fn plan(args: &PlanArgs, console: &Console) -> Result<Exit, Failure> {
    let options = args.known.options(console)?;
    let target = target(&args.project, &options, console)?;
    let analysis = match target.analysis.clone() {
        Some(analysis) => analysis,
        None => analyze_guarded(&target).map_err(Failure::failed)?,
    };
    let checked = [Checked {
        folder: target.folder.clone(),
        file: target.file().to_owned(),
        analysis,
    }];
    let report = Report::new(&checked);
    let shown = terminal(console.color, Stream::Messages);
    console.say(&args.output_format.render(&report, shown));

    let format = args
        .format
        .unwrap_or_else(|| match io::stdout().is_terminal() {
            true => PlanFormat::Text,
            false => PlanFormat::Json,
        });
    let [Checked { analysis, .. }] = &checked;
    let rendered = render(&analysis.plan, format);
    for note in rendered.notes {
        console.say(&format!("note: {}\n", one_line(&note)));
    }
    let text = match format {
        PlanFormat::Text => safe_lines(&rendered.text),
        _ => rendered.text,
    };
    console.print(&text)?;
    let is_wrong = report.counts().errors > 0 || args.error_on_warning && !report.items.is_empty();
    Ok(if is_wrong { Exit::Found } else { Exit::Clean })
}

/// The one project that is meant. A folder's own project comes before those below it.
pub(super) fn target(
    project: &Path,
    options: &Options,
    console: &Console,
) -> Result<Target, Failure> {
    if let Some(target) = find_in(project, options, &console.folder)? {
        return Ok(target);
    }
    let paths = [project.to_owned()];
    let mut targets = find(&paths, options, &console.folder)?;
    match targets.len() {
        1 => Ok(targets.remove(0)),
        _ => Err(several(project, &targets)),
    }
}

fn several(given: &Path, targets: &[Target]) -> Failure {
    const FEW: usize = 10;
    let paths = targets.iter().take(FEW);
    let mut paths: String = paths.map(|it| format!("\n  {}", it.path())).collect();
    if targets.len() > FEW {
        paths += &format!("\n  … and {} more", targets.len() - FEW);
    }
    let given = given.display();
    Failure {
        has_project: true,
        ..Failure::usage(format!(
            "`{given}` means several projects; name one of them:{paths}"
        ))
    }
}
