//! Evaluates scripts on a thread of their own: its stack is large, and what
//! cannot be stopped from inside can be left behind.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::diagnostic::Diagnostic;
use crate::options::Options;
use crate::script::chart::{Chart, Charts, NoChart, Rendered};
use crate::script::engine;
use crate::script::facts::ScriptFacts;
use crate::script::record::{Limit, MAX_TIME};
use crate::script::rules::{limit_exceeded, unreadable_script};
use crate::script::secret::Secret;
use crate::source::{
    ChartError, FileId, ReadError, SourceMap, Sources, Span, Text, Texts, normalize_path,
};

/// The stack of an evaluation. It is reserved, not used: a script that nests
/// values as deep as its memory allows needs this much when they are compared.
const STACK: usize = 256 << 20;

/// How much longer than [`MAX_TIME`] an evaluation is waited for before it is
/// left behind: it stops itself unless a single step takes that long.
const GRACE: Duration = Duration::from_millis(250);

/// How long an evaluation may read files and take them apart, beside its own time.
const MAX_LOADING: Duration = Duration::from_secs(20);

/// The longest script, in bytes.
const MAX_SCRIPT: usize = 4 << 20;

/// What an evaluation asks of the thread that waits for it.
pub(crate) enum Request {
    /// The text of the file at this path.
    Read(String, Sender<Result<Text, ReadError>>),
    /// The text of the file at this path, which is no script.
    Text(String, Sender<Result<Text, ReadError>>),
    /// The names in the folder at this path.
    List(String, Sender<Vec<String>>),
    /// Files are read and taken apart from now on, or no longer.
    Loading(bool),
    /// What becomes of a chart.
    Chart(Chart, Sender<Result<Rendered, NoChart>>),
    /// The evaluation is over.
    Done(Box<Outcome>),
}

/// The project's files, asked for from the thread of an evaluation.
#[derive(Clone, Debug)]
pub(crate) struct Door {
    requests: Sender<Request>,
    /// How long the evaluation waited for charts and files.
    waited: Rc<Cell<Duration>>,
    /// How long it read files and took them apart.
    loaded: Rc<Cell<Duration>>,
}

impl Texts for Door {
    fn read(&mut self, path: &str) -> Result<Text, ReadError> {
        let path = normalize_path(path).ok_or(ReadError::OutsideProject)?;
        self.ask(|reply| Request::Text(path, reply))
            .unwrap_or(Err(ReadError::NotFound))
    }

    fn list(&mut self, path: &str) -> Vec<String> {
        let path = normalize_path(path);
        let asked = path.and_then(|path| self.ask(|reply| Request::List(path, reply)));
        asked.unwrap_or_default()
    }
}

impl Door {
    pub(super) fn new(requests: Sender<Request>) -> Self {
        Self {
            requests,
            waited: Rc::default(),
            loaded: Rc::default(),
        }
    }

    /// How long the evaluation waited for charts and files, which does not count.
    pub(crate) fn waited(&self) -> Duration {
        self.waited.get()
    }

    /// Calls `load`, which reads files of the project and takes them apart. How large
    /// they are is no matter of the script, so it does not count as its time, within a
    /// bound of its own.
    pub(crate) fn while_loading<T>(&mut self, load: impl FnOnce(&mut dyn Texts) -> T) -> T {
        let started = Instant::now();
        // Without somebody who listens nobody counts the time either.
        let _ = self.requests.send(Request::Loading(true));
        let loaded = load(self);
        let _ = self.requests.send(Request::Loading(false));
        let spent = self.loaded.get() + started.elapsed();
        let counted = spent.min(MAX_LOADING).saturating_sub(self.loaded.get());
        self.loaded.set(spent);
        self.waited.set(self.waited.get() + counted);
        loaded
    }

    /// What becomes of `chart`.
    pub(crate) fn render(&self, chart: Chart) -> Result<Rendered, NoChart> {
        let started = Instant::now();
        let rendered = self.ask(|reply| Request::Chart(chart, reply));
        self.waited.set(self.waited.get() + started.elapsed());
        rendered.unwrap_or(Err(NoChart::Not(ChartError::TooSlow)))
    }

    /// None when nobody answers, because the evaluation took too long.
    fn ask<T>(&self, request: impl FnOnce(Sender<T>) -> Request) -> Option<T> {
        let (reply, answer) = mpsc::channel();
        self.requests.send(request(reply)).ok()?;
        answer.recv().ok()
    }
}

/// What an evaluation found out.
pub(crate) struct Outcome {
    pub(super) facts: ScriptFacts,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The statement that runs now, for the one who waits: a file and an offset.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress(Arc<AtomicU64>);

impl Progress {
    pub(super) fn set(&self, place: Span) {
        // Files are numbered in the order in which they are read.
        let place = (u64::from(place.file.index()) << 32) | u64::from(place.start);
        self.0.store(place, Ordering::Relaxed);
    }

    fn get(&self) -> Span {
        let place = self.0.load(Ordering::Relaxed);
        let start = (place & u64::from(u32::MAX)) as usize;
        let file = FileId::from_index(u32::try_from(place >> 32).unwrap_or(0));
        Span::new(file, start..start)
    }
}

/// Evaluates the script at `path` and what it loads.
pub(super) fn evaluate(
    sources: &dyn Sources,
    options: &Options,
    path: &str,
    has_hooks: bool,
    map: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> ScriptFacts {
    let entry = match read(sources, path, map, diagnostics) {
        Ok(entry) => entry,
        Err(_) => return ScriptFacts::default(),
    };
    let whole = Span::new(entry.file, 0..0);
    let (requests, inbox) = mpsc::channel();
    let progress = Progress::default();
    progress.set(whole);
    let secrets = options.secrets.iter();
    let secrets = secrets.map(|(name, value)| (name.clone(), Secret::new(value)));
    let job = engine::Job {
        path: path.to_owned(),
        entry,
        values: options.values.clone(),
        secrets: secrets.collect(),
        has_hooks,
        namespace: options.namespace().cloned(),
        requests,
        progress: progress.clone(),
    };
    let started = Instant::now();
    let thread = thread::Builder::new()
        .name("evaluation".to_owned())
        .stack_size(STACK)
        .spawn(move || engine::run(job));
    if thread.is_err() {
        // Memory is too short even to begin.
        diagnostics.push(limit_exceeded::diagnostic(Limit::Memory, whole, &[]));
        return ScriptFacts::default();
    }
    let mut charts = Charts::default();
    let mut waited = Duration::ZERO;
    let mut loading = Loading::default();
    loop {
        let allowed = MAX_TIME + GRACE + waited + loading.allowed();
        let left = allowed.saturating_sub(started.elapsed());
        match inbox.recv_timeout(left) {
            Ok(Request::Read(path, reply)) => {
                // An evaluation that is gone needs no answer.
                let _ = reply.send(read(sources, &path, map, diagnostics));
            }
            Ok(Request::Text(path, reply)) => {
                let _ = reply.send(map.read_text(sources, &path));
            }
            Ok(Request::List(path, reply)) => {
                let _ = reply.send(sources.list(&path));
            }
            Ok(Request::Loading(is_loading)) => loading.turn(is_loading),
            Ok(Request::Chart(chart, reply)) => {
                let started = Instant::now();
                let _ = reply.send(charts.render(chart, sources, map));
                waited += started.elapsed();
            }
            Ok(Request::Done(outcome)) => {
                diagnostics.extend(outcome.diagnostics);
                return outcome.facts;
            }
            Err(RecvTimeoutError::Timeout) => {
                let at = statement_line(map, progress.get());
                diagnostics.push(limit_exceeded::diagnostic(Limit::Time, at, &[]));
                return incomplete(map, whole);
            }
            Err(RecvTimeoutError::Disconnected) => {
                // The evaluation panicked, which the engine does for some values.
                let at = statement_line(map, progress.get());
                diagnostics.push(limit_exceeded::diagnostic(Limit::Value, at, &[]));
                return incomplete(map, whole);
            }
        }
    }
}

/// How long an evaluation has been loading files.
#[derive(Debug, Default)]
struct Loading {
    since: Option<Instant>,
    before: Duration,
}

impl Loading {
    fn turn(&mut self, is_loading: bool) {
        let now = is_loading.then(Instant::now);
        let since = std::mem::replace(&mut self.since, now);
        self.before += since.map_or(Duration::ZERO, |it| it.elapsed());
    }

    /// How much longer the evaluation may take because of it.
    fn allowed(&self) -> Duration {
        match self.since {
            Some(_) => MAX_LOADING,
            None => self.before.min(MAX_LOADING),
        }
    }
}

fn incomplete(map: &SourceMap, entry: Span) -> ScriptFacts {
    let _ = map;
    ScriptFacts {
        scripts: vec![entry.file],
        ..ScriptFacts::default()
    }
}

/// The rest of the line at `place`.
fn statement_line(map: &SourceMap, place: Span) -> Span {
    let file = map.file(place.file);
    let line = file.position(place.start as usize).line;
    let start = place.start as usize;
    Span::new(place.file, start..file.line_range(line).end.max(start))
}

/// Reads the script at `path`. What is no text is cut off where it begins to
/// be none, and reported.
fn read(
    sources: &dyn Sources,
    path: &str,
    map: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Text, ReadError> {
    if let Some(file) = map.find(path) {
        let text = map.file(file).text.clone();
        return Ok(Text { file, text });
    }
    let bytes = sources.read(path)?;
    let end = bytes.len().min(MAX_SCRIPT);
    let valid = match std::str::from_utf8(&bytes[..end]) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    let text = match valid.find('\0') {
        Some(nul) => &valid[..nul],
        None => valid,
    };
    let file = map.add(path, text);
    let at = Span::new(file, text.len()..text.len());
    if text.len() < valid.len() {
        diagnostics.push(unreadable_script::nul(at));
    } else if bytes.len() > MAX_SCRIPT {
        let start = Span::new(file, 0..0);
        diagnostics.push(unreadable_script::too_long(MAX_SCRIPT, start));
    } else if valid.len() < bytes.len() {
        diagnostics.push(unreadable_script::not_utf8(&bytes, at));
    }
    let text = if diagnostics.last().is_some_and(|it| it.span.file == file) {
        // A part of a script means something else than the whole.
        Arc::from("")
    } else {
        map.file(file).text.clone()
    };
    Ok(Text { file, text })
}
