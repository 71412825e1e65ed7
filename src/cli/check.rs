//! `check`: finds mistakes, and makes the fixes that are wanted.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::diff::{Reader, unified};
use super::projects::{Target, find, find_for_buffer};
use super::run::{analyze_all, analyze_guarded, guarded};
use super::terminal::{Stream, terminal};
use super::{Console, Exit, Failure, KnownValues};
use crate::analyze::Analysis;
use crate::diagnostic::Safety;
use crate::fix::{Fixed, fix};
use crate::render::text::counted;
use crate::render::{Checked, Report, concise, full, json};
use crate::write;

/// What `check` takes.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  raftt-config check                    the projects below this folder
  raftt-config check shop/raftt.yml     one project
  raftt-config check --diff             what --fix would change
  raftt-config check --set env_id=dev   with a value that only the cluster knows
  raftt-config check - --stdin-filename env.raftt < buffer
")]
pub(crate) struct CheckArgs {
    /// Project folders, project files or scripts; `-` is standard input.
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How diagnostics are printed.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    output_format: OutputFormat,
    /// Makes the fixes that are certain.
    #[arg(long)]
    fix: bool,
    /// Prints what `--fix` would change, and changes nothing.
    #[arg(long)]
    diff: bool,
    /// Makes uncertain fixes too, with `--fix` or `--diff`.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Exits with 1 for warnings and advice, too.
    #[arg(long)]
    error_on_warning: bool,
    /// Exits with 0 even if there are errors.
    #[arg(long, conflicts_with = "error_on_warning")]
    exit_zero: bool,
    /// The path that standard input is checked as.
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    known: KnownValues,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// With the source they are about.
    #[default]
    Full,
    /// One line each.
    Concise,
    /// For programs.
    Json,
}

/// Finds mistakes.
pub(crate) fn check(args: &CheckArgs, console: &Console) -> Result<Exit, Failure> {
    let mut targets = targets(args, console)?;
    let results = analyze_all(&mut targets, console);
    let mut run = Run::new(args, console);
    for (target, result) in targets.into_iter().zip(results) {
        match result {
            Ok(analysis) => run.add(target, analysis),
            Err(message) => run.fail(&message),
        }
    }
    run.finish()
}

fn targets(args: &CheckArgs, console: &Console) -> Result<Vec<Target>, Failure> {
    let options = args.known.options();
    let changes_files = args.fix || args.diff;
    if args.unsafe_fixes && !changes_files {
        return Err(Failure::usage("`--unsafe-fixes` needs `--fix` or `--diff`"));
    }
    if args.paths.iter().all(|path| path != Path::new("-")) {
        if args.stdin_filename.is_some() {
            return Err(Failure::usage("`--stdin-filename` needs the path `-`"));
        }
        return find(&args.paths, &options, &console.folder);
    }
    if args.paths.len() > 1 {
        return Err(Failure::usage(
            "`-` cannot be checked together with other paths",
        ));
    }
    if changes_files {
        return Err(Failure::usage(
            "standard input cannot be fixed: name the file instead",
        ));
    }
    let content = console.read_input()?;
    let path = args.stdin_filename.as_deref();
    let path = path.unwrap_or(Path::new("stdin.raftt"));
    find_for_buffer(path, content, &options, &console.folder)
}

/// What came together so far.
struct Run<'a> {
    args: &'a CheckArgs,
    console: &'a Console,
    checked: Vec<Checked>,
    /// The differences that fixes make, for `--diff`.
    differences: String,
    fixed: usize,
    has_written: bool,
    has_failed: bool,
}

impl<'a> Run<'a> {
    fn new(args: &'a CheckArgs, console: &'a Console) -> Self {
        Self {
            args,
            console,
            checked: Vec::new(),
            differences: String::new(),
            fixed: 0,
            has_written: false,
            has_failed: false,
        }
    }

    fn add(&mut self, target: Target, analysis: Analysis) {
        let analysis = if self.args.fix || self.args.diff {
            self.fix(&target, analysis)
        } else {
            analysis
        };
        self.checked.push(Checked {
            folder: target.folder.clone(),
            file: target.file().to_owned(),
            analysis,
        });
    }

    fn fail(&mut self, message: &str) {
        self.has_failed = true;
        self.console.report(message);
    }

    /// Makes the fixes, or shows them; gives what is left to say afterwards.
    fn fix(&mut self, target: &Target, analysis: Analysis) -> Analysis {
        let safety = match self.args.unsafe_fixes {
            true => Safety::Unsafe,
            false => Safety::Safe,
        };
        let sources = crate::source::DiskSources::new(&target.root);
        // Projects may share files: an earlier one's fixes change what is there.
        let analysis = match self.has_written {
            true => analyze_guarded(target).unwrap_or(analysis),
            false => analysis,
        };
        let fixed = guarded(target, || {
            fix(&sources, &target.options, analysis.clone(), safety)
        });
        let fixed = match fixed {
            Ok(fixed) => fixed,
            Err(message) => {
                self.fail(&message);
                return analysis;
            }
        };
        if self.args.diff {
            self.show(target, &fixed);
            return analysis;
        }
        let Fixed {
            changes,
            count,
            analysis: after,
        } = fixed;
        let mut refused = false;
        for change in &changes {
            let result = write::replace(&target.root, &change.path, &change.before, &change.after);
            self.has_written = true;
            if let Err(error) = result {
                refused = true;
                let path = format!("{}{}", target.folder, change.path);
                self.fail(&format!("`{path}` was not fixed: {error}"));
            }
        }
        if refused {
            return analyze_guarded(target).unwrap_or(analysis);
        }
        self.fixed += count;
        after
    }

    fn show(&mut self, target: &Target, fixed: &Fixed) {
        self.fixed += fixed.count;
        let has_color = terminal(self.console.color, Stream::Output).has_color;
        let reader = match has_color || io::stdout().is_terminal() {
            true => Reader::Person { has_color },
            false => Reader::Program,
        };
        for change in &fixed.changes {
            let path = format!("{}{}", target.folder, change.path);
            self.differences.push_str(&unified(&path, change, reader));
        }
    }

    fn finish(self) -> Result<Exit, Failure> {
        let report = Report::new(&self.checked);
        let counts = report.counts();
        if self.args.diff {
            self.console.print(&self.differences)?;
            if self.fixed > 0 {
                let fixes = counted(self.fixed, "mistake", "mistakes");
                self.console.say(&format!("`--fix` would mend {fixes}\n"));
            }
        } else {
            let terminal = terminal(self.console.color, Stream::Output);
            self.console.print(&match self.args.output_format {
                OutputFormat::Full => full(&report, terminal),
                OutputFormat::Concise => concise(&report, terminal.has_color),
                OutputFormat::Json => json(&report),
            })?;
            self.summarize(&report);
        }
        let is_wrong = match (self.args.exit_zero, self.args.error_on_warning) {
            (true, _) => false,
            (_, true) => !report.items.is_empty(),
            _ => counts.errors > 0,
        };
        Ok(match (self.has_failed, is_wrong) {
            (true, _) => Exit::Failed,
            (_, true) => Exit::Found,
            _ => Exit::Clean,
        })
    }

    /// One line on what was found and what can be done. Nothing is said of what is
    /// right, except to a person who waits for a word.
    fn summarize(&self, report: &Report<'_>) {
        let mut lines = String::new();
        if self.fixed > 0 {
            let fixes = counted(self.fixed, "mistake", "mistakes");
            lines.push_str(&format!("fixed {fixes}\n"));
        }
        let counts = report.counts();
        let found = [
            (counts.errors, "error", "errors"),
            (counts.warnings, "warning", "warnings"),
            (counts.advice, "piece of advice", "pieces of advice"),
        ];
        let found = found.iter().filter(|it| it.0 > 0);
        let found: Vec<_> = found.map(|it| counted(it.0, it.1, it.2)).collect();
        let projects = counted(self.checked.len(), "project", "projects");
        if self.args.output_format == OutputFormat::Json {
        } else if !found.is_empty() {
            let found = found.join(", ");
            lines.push_str(&format!("{found} in {projects}{}\n", self.offer(report)));
        } else if self.console.is_watched() && !self.has_failed {
            lines.push_str(&format!("no mistakes in {projects}\n"));
        }
        self.console.say(&lines);
    }

    /// What `--fix` could do.
    fn offer(&self, report: &Report<'_>) -> String {
        let offered = |safety| {
            let fixes = report
                .items
                .iter()
                .filter_map(|it| it.diagnostic.fix.as_ref());
            fixes.filter(|fix| fix.safety == safety).count()
        };
        match (offered(Safety::Safe), offered(Safety::Unsafe)) {
            (0, 0) => String::new(),
            (0, number) if self.args.unsafe_fixes => format!("; {number} could not be fixed"),
            (0, number) => format!("; `--fix --unsafe-fixes` would fix {number}"),
            (number, _) => format!("; `--fix` would fix {number}"),
        }
    }
}
