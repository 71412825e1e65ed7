//! Analyzing a project in a process of its own, with hard limits.
//!
//! [`analyze`](crate::analyze) keeps scripts from running away. What it cannot
//! promise is that no script ever finds a way around that: the engine is a large
//! program, and an allocation that fails ends the process. A controller that evaluates
//! other people's files starts the program `raftt-config` for each of them, and has the
//! system itself hold it to its limits. Whatever becomes of that process, the
//! controller goes on.
//!
//! ```no_run
//! use raftt_config::sandbox::{ChildRequest, Limits, analyze_in_child};
//!
//! let request = ChildRequest::new("/usr/bin/raftt-config", "/synced/shop");
//! match analyze_in_child(&request, &Limits::default()) {
//!     Ok(analysis) => println!("{}", analysis.plan.to_json()),
//!     Err(error) => eprintln!("no plan: {error}"),
//! }
//! ```

use std::fmt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::time::Duration;

use serde_json::Value as Json;

use crate::child::{Bounds, NoOutput, run};
use crate::plan::{Plan, ReadPlanError};

/// What the process may take. Exceeded, each ends it, and with it all that it started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Address space, in bytes. The stack of an evaluation alone reserves 256 MiB.
    pub memory: u64,
    /// Time on a processor, in seconds.
    pub cpu_seconds: u64,
    /// Time, waiting included.
    pub time: Duration,
    /// The longest plan, and the longest list of diagnostics, in bytes.
    pub answer: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory: 2 << 30,
            cpu_seconds: 20,
            time: Duration::from_secs(30),
            answer: 64 << 20,
        }
    }
}

/// What to analyze, and with which program.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChildRequest {
    /// The program `raftt-config`, of this version or another that writes plans of
    /// the same major version.
    pub program: PathBuf,
    /// The project: its folder, its project file or a script.
    pub project: PathBuf,
    /// Values that are known only at run time (`env_id`), by name. Others on the
    /// machine can see them while the process runs, so secrets are not among them.
    pub values: Vec<(String, String)>,
    /// The files of a snapshot of the namespace.
    pub snapshot: Vec<PathBuf>,
    /// The namespace to take from a snapshot that has several.
    pub namespace: Option<String>,
}

impl ChildRequest {
    /// Asks `program` for `project` alone.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>, project: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            project: project.into(),
            values: Vec::new(),
            snapshot: Vec::new(),
            namespace: None,
        }
    }
}

/// What the process found out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChildAnalysis {
    /// The plan.
    pub plan: Plan,
    /// What is wrong, as the JSON document that `check --output-format json` prints.
    pub diagnostics: String,
    /// How many of the diagnostics are errors.
    pub errors: u64,
}

/// Why there is no analysis.
#[derive(Debug)]
#[non_exhaustive]
pub enum ChildError {
    /// This system cannot hold another process to limits; Linux can.
    Unsupported,
    /// The program could not be run.
    Program(std::io::Error),
    /// It took longer than it may.
    TooSlow,
    /// It computed longer than it may.
    OutOfTime,
    /// It ended because its memory was used up.
    OutOfMemory,
    /// It ended with this signal.
    Crashed(i32),
    /// Its answer is longer than it may be.
    TooLarge,
    /// It refused to work, and said why.
    Refused(String),
    /// Its plan cannot be read.
    Plan(ReadPlanError),
    /// Its diagnostics cannot be read.
    Diagnostics,
}

impl fmt::Display for ChildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported => {
                f.write_str("only Linux can hold another process to limits on memory and time")
            }
            Self::Program(error) => write!(f, "`raftt-config` cannot be run: {error}"),
            Self::TooSlow => f.write_str("the analysis took too long"),
            Self::OutOfTime => f.write_str("the analysis used up its time on the processor"),
            Self::OutOfMemory => f.write_str("the analysis used up its memory"),
            Self::Crashed(signal) => write!(f, "the analysis ended with signal {signal}"),
            Self::TooLarge => f.write_str("the result of the analysis is too large"),
            Self::Refused(why) => write!(f, "the project was not analyzed: {why}"),
            Self::Plan(error) => write!(f, "{error}"),
            Self::Diagnostics => f.write_str("the diagnostics cannot be read"),
        }
    }
}

impl std::error::Error for ChildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Program(error) => Some(error),
            Self::Plan(error) => Some(error),
            _ => None,
        }
    }
}

/// Analyzes a project in a process of its own. Of the caller's environment the process
/// has the search path alone, on which it finds `helm` for charts.
///
/// # Errors
/// Why there is no analysis. A mistake in the project is none: that is a diagnostic.
pub fn analyze_in_child(
    request: &ChildRequest,
    limits: &Limits,
) -> Result<ChildAnalysis, ChildError> {
    if !cfg!(target_os = "linux") {
        return Err(ChildError::Unsupported);
    }
    let bounds = Bounds {
        time: limits.time,
        answer: limits.answer,
        messages: limits.answer,
        memory: limits.memory,
        cpu_seconds: Some(limits.cpu_seconds),
    };
    let output = run(command(request), &bounds).map_err(|failure| match failure {
        NoOutput::Io(error) => ChildError::Program(error),
        NoOutput::TooSlow => ChildError::TooSlow,
        NoOutput::TooLarge => ChildError::TooLarge,
    })?;
    let messages = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        // 1 says that there are errors, which are diagnostics.
        Some(0 | 1) => {}
        Some(_) => {
            let why = messages.trim();
            let why = why.strip_prefix("raftt-config: ").unwrap_or(why);
            return Err(ChildError::Refused(why.to_owned()));
        }
        None => return Err(ended(output.status, &messages)),
    }
    let plan = String::from_utf8_lossy(&output.stdout);
    let plan = Plan::from_json(&plan).map_err(ChildError::Plan)?;
    let document: Json = serde_json::from_str(&messages).map_err(|_| ChildError::Diagnostics)?;
    let errors = document["summary"]["errors"].as_u64();
    Ok(ChildAnalysis {
        plan,
        errors: errors.ok_or(ChildError::Diagnostics)?,
        diagnostics: messages.into_owned(),
    })
}

fn command(request: &ChildRequest) -> Command {
    let mut command = Command::new(&request.program);
    command.args(["plan", "--format", "json", "--output-format", "json"]);
    for (name, value) in &request.values {
        command.arg("--set").arg(format!("{name}={value}"));
    }
    for path in &request.snapshot {
        command.arg("--namespace-snapshot").arg(path);
    }
    if let Some(namespace) = &request.namespace {
        command.arg("--namespace").arg(namespace);
    }
    // What follows is no option, whatever it looks like.
    command.arg("--").arg(&request.project).env_clear();
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
}

/// What became of a process that did not end by itself.
#[cfg(unix)]
fn ended(status: ExitStatus, messages: &str) -> ChildError {
    use rustix::process::Signal;
    use std::os::unix::process::ExitStatusExt as _;
    let signal = status.signal().unwrap_or_default();
    let is_allocation = || messages.contains("memory allocation");
    match signal {
        it if it == Signal::XCPU.as_raw() => ChildError::OutOfTime,
        // By the system, whose own memory is short.
        it if it == Signal::KILL.as_raw() => ChildError::OutOfMemory,
        it if it == Signal::ABORT.as_raw() && is_allocation() => ChildError::OutOfMemory,
        signal => ChildError::Crashed(signal),
    }
}

#[cfg(not(unix))]
fn ended(_status: ExitStatus, _messages: &str) -> ChildError {
    ChildError::Unsupported
}
