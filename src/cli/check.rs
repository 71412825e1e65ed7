//! `check`: finds mistakes, and makes the fixes that are wanted.

use std::collections::HashSet;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::baseline;
use super::diff::Reader;
use super::fixes::Fixes;
use super::output_format::{OutputFormat, file_report};
use super::projects::{Target, find, find_for_buffer};
use super::run::{analyze_all, analyze_guarded};
use super::settings::show_settings;
use super::terminal::{Stream, terminal};
use super::{Console, Exit, Failure, KnownValues};
use crate::analyze::Analysis;
use crate::diagnostic::Safety;
use crate::render::text::counted;
use crate::render::{Checked, Report, Terminal};
use crate::source::Span;
use crate::write::create;

/// What `check` takes.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  raftt-config check                    the projects below this folder
  raftt-config check shop/raftt.yml     one project
  raftt-config check --diff             what --fix would change
  raftt-config check --add-ignores      have comments ignore all that is found
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
    /// Writes a report to a file, too: `--report sarif=out.sarif`. Repeatable; not with
    /// `--diff`, which reports nothing.
    #[arg(long = "report", value_name = "FORMAT=PATH", value_parser = file_report, conflicts_with = "diff")]
    reports: Vec<(OutputFormat, PathBuf)>,
    /// Makes the fixes that are certain.
    #[arg(long)]
    fix: bool,
    /// Prints what `--fix`, or `--add-ignores`, would change, and changes nothing.
    #[arg(long)]
    diff: bool,
    /// Writes comments `# raftt: ignore[…] REASON` for all that is left to report.
    #[arg(long, value_name = "REASON", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    add_ignores: Option<String>,
    /// Makes uncertain fixes too, with `--fix` or `--diff`.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Leaves out the mistakes of a baseline. Without it, the one that
    /// `raftt-config.toml` names counts.
    #[arg(long, value_name = "PATH")]
    baseline: Option<PathBuf>,
    /// Writes all that is found to a baseline, and reports nothing.
    #[arg(long, value_name = "PATH", num_args = 0..=1, require_equals = true,
        default_missing_value = "", conflicts_with_all = ["fix", "diff", "add_ignores", "baseline"])]
    write_baseline: Option<String>,
    /// Prints what `raftt-config.toml` decides for each project, and checks nothing.
    #[arg(long)]
    show_settings: bool,
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

/// Finds mistakes.
pub(crate) fn check(args: &CheckArgs, console: &Console) -> Result<Exit, Failure> {
    let mut targets = targets(args, console).or_else(|failure| {
        // A program that reads the document finds one, with nothing in it.
        if !args.output_format.is_for_people() {
            let nothing = Report::new(&[]);
            console.print(&args.output_format.render(&nothing, Terminal::PLAIN))?;
        }
        Err(failure)
    })?;
    if args
        .add_ignores
        .as_ref()
        .is_some_and(|it| it.contains(['\n', '\r', '#']))
    {
        return Err(Failure::usage(
            "the reason of `--add-ignores` is one line, without `#`",
        ));
    }
    if args.show_settings {
        return show_settings(&targets, console);
    }
    let results = analyze_all(&mut targets, console);
    let mut run = Run {
        args,
        console,
        projects: Vec::new(),
        fixed: 0,
        ignored: 0,
        has_failed: false,
    };
    for (target, result) in targets.into_iter().zip(results) {
        if let Some(analysis) = run.or_failure(result) {
            run.projects.push((target, analysis));
        }
    }
    keep_what_others_use(&mut run.projects);
    if let Some(path) = &args.write_baseline {
        baseline::write(Path::new(path), &run.projects, console)?;
        return Ok(match run.has_failed {
            true => Exit::Failed,
            false => Exit::Clean,
        });
    }
    let is_told = args.output_format.is_for_people();
    baseline::apply(
        args.baseline.as_deref(),
        &mut run.projects,
        is_told,
        console,
    )?;
    if args.diff {
        return run.show_fixes();
    }
    if args.fix {
        run.change(Fixes::make);
    }
    if let Some(reason) = &args.add_ignores {
        run.change(|fixes, target, analysis| fixes.ignore(target, analysis, reason));
    }
    run.finish()
}

fn targets(args: &CheckArgs, console: &Console) -> Result<Vec<Target>, Failure> {
    let options = args.known.options(console)?;
    let changes_files = args.fix || args.diff || args.add_ignores.is_some();
    if args.unsafe_fixes && !args.fix && !args.diff {
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

/// Takes back that a comment ignores nothing where another project, which reads the same
/// file, needs it.
fn keep_what_others_use(projects: &mut [(Target, Analysis)]) {
    let place = |target: &Target, analysis: &Analysis, span: Span| {
        let path = &analysis.sources.file(span.file).path;
        (target.root.join(path), span.end)
    };
    let used: HashSet<_> = projects
        .iter()
        .flat_map(|(target, analysis)| {
            let comments = analysis.suppressed.iter().map(|it| it.comment);
            comments.map(|it| place(target, analysis, it))
        })
        .collect();
    for (target, analysis) in projects.iter_mut().filter(|_| !used.is_empty()) {
        let mut diagnostics = std::mem::take(&mut analysis.diagnostics);
        diagnostics.retain(|it| {
            it.rule.name != "unused-suppression"
                || !used.contains(&place(target, analysis, it.span))
        });
        analysis.diagnostics = diagnostics;
    }
}

/// What came together so far.
struct Run<'a> {
    args: &'a CheckArgs,
    console: &'a Console,
    projects: Vec<(Target, Analysis)>,
    fixed: usize,
    ignored: usize,
    has_failed: bool,
}

impl Run<'_> {
    fn or_failure<T>(&mut self, result: Result<T, String>) -> Option<T> {
        result.map_err(|message| self.fail(&message)).ok()
    }

    fn fail(&mut self, message: &str) {
        self.has_failed = true;
        self.console.report(message);
    }

    /// Prints what the fixes would change.
    fn show_fixes(mut self) -> Result<Exit, Failure> {
        let mut fixes = Fixes::new(self.safety());
        for (target, analysis) in std::mem::take(&mut self.projects) {
            let after = match &self.args.add_ignores {
                Some(reason) if !self.args.fix => fixes.ignore(&target, &analysis, reason),
                _ => fixes.make(&target, &analysis),
            };
            self.or_failure(after);
            self.projects.push((target, analysis));
        }
        let has_color = terminal(self.console.color, Stream::Output).has_color;
        let reader = match has_color || io::stdout().is_terminal() {
            true => Reader::Person { has_color },
            false => Reader::Program,
        };
        self.console.print(&fixes.patch(reader))?;
        if fixes.count > 0 {
            let mistakes = counted(fixes.count, "mistake", "mistakes");
            let what = match self.args.add_ignores.is_some() && !self.args.fix {
                true => "`--add-ignores` would ignore",
                false => "`--fix` would mend",
            };
            self.console.say(&format!("{what} {mistakes}\n"));
        }
        let checked = self.checked();
        Ok(self.exit(&Report::new(&checked)))
    }

    /// Has `make` change the files of each project; what is left is what is there to say.
    fn change(
        &mut self,
        make: impl Fn(&mut Fixes, &Target, &Analysis) -> Result<Analysis, String>,
    ) {
        let mut fixes = Fixes::new(self.safety());
        let mut changing = 0;
        for (target, analysis) in std::mem::take(&mut self.projects) {
            let before = fixes.count;
            let after = make(&mut fixes, &target, &analysis);
            let after = self.or_failure(after).unwrap_or(analysis);
            changing += usize::from(fixes.count > before);
            self.projects.push((target, after));
        }
        let refused = fixes.write();
        for message in &refused {
            self.fail(message);
        }
        // Of a fix that was not written, or of a file that another project changed
        // as well, the analysis is not what is on disk.
        if changing > 1 || !refused.is_empty() {
            for (target, analysis) in std::mem::take(&mut self.projects) {
                let current = match fixes.concern(&target, &analysis) {
                    true => self.or_failure(analyze_guarded(&target)),
                    false => None,
                };
                self.projects.push((target, current.unwrap_or(analysis)));
            }
        }
        // What was refused is not counted apart, so then nothing is claimed.
        let count = if refused.is_empty() { fixes.count } else { 0 };
        match fixes.is_ignoring {
            true => self.ignored += count,
            false => self.fixed += count,
        }
    }

    fn safety(&self) -> Safety {
        match self.args.unsafe_fixes {
            true => Safety::Unsafe,
            false => Safety::Safe,
        }
    }

    fn checked(&mut self) -> Vec<Checked> {
        let projects = std::mem::take(&mut self.projects).into_iter();
        let checked = projects.map(|(target, analysis)| Checked {
            file: target.file().to_owned(),
            folder: target.folder,
            analysis,
        });
        checked.collect()
    }

    fn finish(mut self) -> Result<Exit, Failure> {
        let checked = self.checked();
        let report = Report::new(&checked);
        let terminal = terminal(self.console.color, Stream::Output);
        let text = self.args.output_format.render(&report, terminal);
        self.console.print(&text)?;
        for (format, path) in &self.args.reports {
            let text = format.render(&report, Terminal::PLAIN);
            let written = create(&self.console.folder.join(path), text.as_bytes());
            written.map_err(|error| {
                let path = path.display();
                Failure::failed(format!(
                    "the report `{path}` cannot be written: {}",
                    error.kind()
                ))
            })?;
        }
        self.summarize(&report);
        Ok(self.exit(&report))
    }

    fn exit(&self, report: &Report<'_>) -> Exit {
        let is_wrong = match (self.args.exit_zero, self.args.error_on_warning) {
            (true, _) => false,
            (_, true) => !report.items.is_empty(),
            _ => report.counts().errors > 0,
        };
        match (self.has_failed, is_wrong) {
            (true, _) => Exit::Failed,
            (_, true) => Exit::Found,
            _ => Exit::Clean,
        }
    }

    /// One line on what was found and what can be done. Nothing is said of what is
    /// right, except to a person who waits for a word.
    fn summarize(&self, report: &Report<'_>) {
        let mut lines = String::new();
        if self.fixed > 0 {
            let fixes = counted(self.fixed, "mistake", "mistakes");
            lines.push_str(&format!("fixed {fixes}\n"));
        }
        if self.ignored > 0 {
            let ignored = counted(self.ignored, "mistake", "mistakes");
            lines.push_str(&format!("comments ignore {ignored} now\n"));
        }
        let counts = report.counts();
        let found = [
            (counts.errors, "error", "errors"),
            (counts.warnings, "warning", "warnings"),
            (counts.advice, "piece of advice", "pieces of advice"),
        ];
        let found = found.iter().filter(|it| it.0 > 0);
        let found: Vec<_> = found.map(|it| counted(it.0, it.1, it.2)).collect();
        let projects = counted(report.projects.len(), "project", "projects");
        match self.args.output_format {
            // The document holds a summary of its own.
            format if !format.is_for_people() => {}
            _ if !found.is_empty() => {
                let found = found.join(", ");
                lines.push_str(&format!("{found} in {projects}{}\n", self.offer(report)));
            }
            _ if self.console.is_watched() && !self.has_failed => {
                lines.push_str(&format!("no mistakes in {projects}\n"));
            }
            _ => {}
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
