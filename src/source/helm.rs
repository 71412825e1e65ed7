//! Renders charts with the real `helm`: on its own copy of the files, without
//! network, plugins or anything of the user's own settings.

use std::collections::VecDeque;
use std::env;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::chart::{ChartError, ChartRequest};
use super::{Digest, MAX_FILE_SIZE};
use crate::child::{Bounds, NoOutput, run};

/// What `helm` may take for one chart. Real charts take a tenth of a second; a template
/// can ask for more memory than any machine has.
const BOUNDS: Bounds = Bounds {
    time: Duration::from_secs(10),
    answer: MAX_FILE_SIZE,
    messages: 64 << 10,
    memory: 4 << 30,
    cpu_seconds: None,
};
/// How many results are kept.
const MAX_KEPT: usize = 200;
/// How much text they hold together, in bytes.
const MAX_KEPT_TEXT: usize = 32 << 20;

/// The program `helm`. It is asked once for what it is asked again and again.
#[derive(Clone, Debug)]
pub struct Helm {
    program: PathBuf,
    kept: Arc<Mutex<VecDeque<Kept>>>,
}

type Kept = (Digest, Result<String, ChartError>);

impl Helm {
    /// The program at `program`.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            kept: Arc::default(),
        }
    }

    /// The first `helm` on the search path that is no part of the project at `root`:
    /// nothing of a project is run.
    pub(super) fn on_path(root: &Path) -> Option<Self> {
        let root = fs::canonicalize(root).ok()?;
        let name = format!("helm{}", env::consts::EXE_SUFFIX);
        let folders = env::var_os("PATH")?;
        let candidates = env::split_paths(&folders)
            .filter(|folder| folder.is_absolute())
            .map(|folder| folder.join(&name));
        let found = candidates.into_iter().find(|program| {
            let real = fs::canonicalize(program);
            real.is_ok_and(|real| is_executable(&real) && !real.starts_with(&root))
        });
        found.map(Self::new)
    }

    /// What `helm template` makes of the chart.
    ///
    /// # Errors
    /// Why it makes nothing of it.
    pub fn render(&self, request: &ChartRequest) -> Result<String, ChartError> {
        let key = digest(request);
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, result)) = kept().iter().find(|(earlier, _)| *earlier == key) {
            return result.clone();
        }
        let result = render(&self.program, request);
        let mut kept = kept();
        kept.push_back((key, result.clone()));
        let size = |it: &Kept| it.1.as_ref().map_or(0, String::len);
        while kept.len() > MAX_KEPT || kept.iter().map(size).sum::<usize>() > MAX_KEPT_TEXT {
            kept.pop_front();
        }
        result
    }
}

/// What tells two requests apart.
fn digest(request: &ChartRequest) -> Digest {
    let mut bytes = Vec::new();
    let mut add = |part: &[u8]| {
        bytes.extend(part.len().to_le_bytes());
        bytes.extend(part);
    };
    add(request.release.as_bytes());
    add(request.folder.as_bytes());
    add(request.values.as_bytes());
    add(&request.files.len().to_le_bytes());
    let values = request.values_files.iter().map(|(path, text)| (path, text));
    for (path, content) in request.files.iter().chain(values) {
        add(path.as_bytes());
        add(content);
    }
    Digest::of(&bytes)
}

#[cfg(unix)]
fn is_executable(program: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(program);
    metadata.is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(program: &Path) -> bool {
    program.is_file()
}

fn render(program: &Path, request: &ChartRequest) -> Result<String, ChartError> {
    let scratch = tempfile::Builder::new().prefix("chart").tempdir();
    let scratch = scratch.map_err(|error| other(&error))?;
    // The folder may be reached through a link, and `helm` shows where that leads.
    let root = fs::canonicalize(scratch.path()).map_err(|error| other(&error))?;
    let files = Files::write(&root, request).map_err(|error| other(&error))?;
    let mut command = Command::new(program);
    command
        .arg("template")
        // Tests are not deployed.
        .arg("--skip-tests");
    for values in &files.values {
        command.arg("--values").arg(values);
    }
    // What follows is no option, whatever it looks like.
    command.arg("--").arg(&request.release).arg(&files.chart);
    clean(&mut command, &root);
    let output = run(command, &BOUNDS).map_err(|failure| match failure {
        NoOutput::Io(error) if error.kind() == io::ErrorKind::NotFound => ChartError::Unavailable,
        NoOutput::Io(error) => other(&error),
        NoOutput::TooSlow => ChartError::TooSlow,
        NoOutput::TooLarge => ChartError::TooLarge,
    })?;
    if output.status.success() {
        let text = String::from_utf8(output.stdout);
        return text.map_err(|_| ChartError::Refused("the result is no UTF-8 text".to_owned()));
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(_) => Err(ChartError::Refused(files.explain(&complaint, request))),
        // A signal: its memory was used up.
        None => Err(ChartError::TooLarge),
    }
}

/// A chart on disk, for `helm` alone.
struct Files {
    root: PathBuf,
    chart: PathBuf,
    values: Vec<PathBuf>,
}

impl Files {
    fn write(root: &Path, request: &ChartRequest) -> io::Result<Self> {
        let chart = root.join("chart");
        for (path, content) in &request.files {
            let is_below = |path: &Path| {
                let mut parts = path.components();
                parts.all(|part| matches!(part, Component::Normal(_)))
            };
            if !is_below(Path::new(path)) {
                continue;
            }
            let path = chart.join(path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            File::create(path)?.write_all(content)?;
        }
        let mut values = Vec::new();
        let files = request.values_files.iter().map(|(_, content)| content);
        for content in files {
            let path = root.join(format!("values-{}.yaml", values.len()));
            File::create(&path)?.write_all(content)?;
            values.push(path);
        }
        let own = root.join("values.json");
        File::create(&own)?.write_all(request.values.as_bytes())?;
        values.push(own);
        Ok(Self {
            root: root.to_owned(),
            chart,
            values,
        })
    }

    /// What `helm` complains about, with the project's paths and without what only
    /// helps at a terminal.
    fn explain(&self, complaint: &str, request: &ChartRequest) -> String {
        let mut words = complaint.replace(&*self.chart.to_string_lossy(), &request.folder);
        let names = request.values_files.iter().map(|(path, _)| path.as_str());
        for (path, name) in self.values.iter().zip(names.chain(["`values`"])) {
            words = words.replace(&*path.to_string_lossy(), name);
        }
        words = words.replace(&*self.root.to_string_lossy(), "");
        let lines = words.lines().map(str::trim_end);
        let mut lines = lines.filter(|line| {
            !line.is_empty()
                && !line.starts_with("WARNING:")
                && !line.starts_with("Use --debug flag")
                && !line.starts_with("level=")
                && !is_log(line)
        });
        let mut text = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            text.push_str(if text.ends_with(':') { " " } else { "; " });
            text.push_str(line.trim_start_matches("- "));
        }
        text.strip_prefix("Error: ").unwrap_or(&text).to_owned()
    }
}

/// Whether `line` is one that `helm` writes for its own developers: `walk.go:75: …`.
fn is_log(line: &str) -> bool {
    line.split_whitespace().take(3).any(|word| {
        let place = word.strip_suffix(':').and_then(|it| it.split_once(".go:"));
        place.is_some_and(|(_, line)| line.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// Takes everything away that could make `helm` do something else elsewhere.
fn clean(command: &mut Command, root: &Path) {
    command.env_clear();
    // Programs on Windows do not start without these.
    for name in ["SystemRoot", "TEMP", "TMP"] {
        if let Some(value) = env::var_os(name) {
            command.env(name, value);
        }
    }
    for name in [
        "HOME",
        "HELM_CACHE_HOME",
        "HELM_CONFIG_HOME",
        "HELM_DATA_HOME",
        "HELM_PLUGINS",
        "KUBECONFIG",
        "XDG_RUNTIME_DIR",
    ] {
        command.env(name, root.join("nothing"));
    }
    command
        .env("HELM_NO_PLUGINS", "1")
        .env("NO_COLOR", "1")
        .current_dir(root);
}

fn other(error: &io::Error) -> ChartError {
    ChartError::Other(format!("`helm` cannot be run: {error}"))
}
