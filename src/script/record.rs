//! What an evaluation has at hand while it runs, and what it writes down.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::time::{Duration, Instant};

use starlark::any::ProvidesStaticType;
use starlark::codemap::FileSpan;
use starlark::eval::Evaluator;
use starlark::values::Value;

use crate::diagnostic::{Diagnostic, Frame};
use crate::script::chart::{Chart, NoChart, Rendered};
use crate::script::doubt;
use crate::script::facts::{CredHelperCall, ScriptFacts};
use crate::script::lower::Operator;
use crate::script::parsed::{Script, Scripts};
use crate::script::rules::{evaluation_error, limit_exceeded, script_failed};
use crate::script::unreached::Reached;
use crate::script::values::UnknownValue;
use crate::script::worker::Door;
use crate::source::{Located, Span, Texts};

/// How long one evaluation may take. Real scripts take less than a millisecond.
pub(crate) const MAX_TIME: Duration = Duration::from_millis(1_500);
/// How much memory the values of one script may take, in bytes.
const MAX_HEAP: usize = 16 << 20;
/// How many loop turns and calls one script may take.
pub(crate) const MAX_STEPS: u64 = 1_000_000;
/// How deep calls may be nested.
pub(crate) const MAX_CALL_DEPTH: usize = 200;

/// A limit that an evaluation exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Time,
    Memory,
    Steps,
    CallDepth,
    Value,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time => write!(
                f,
                "the script runs longer than {} s",
                MAX_TIME.as_secs_f32()
            ),
            Self::Memory => write!(
                f,
                "the script's values take more than {} MiB",
                MAX_HEAP >> 20
            ),
            Self::Steps => write!(f, "the script takes more than {MAX_STEPS} steps"),
            Self::CallDepth => write!(f, "calls are nested more than {MAX_CALL_DEPTH} deep"),
            Self::Value => f.write_str("a value is too large or too deeply nested"),
        }
    }
}

impl std::error::Error for Limit {}

/// The record of one evaluation.
#[derive(ProvidesStaticType)]
pub(crate) struct Recorder<'a> {
    pub(crate) scripts: &'a RefCell<Scripts>,
    values: &'a [(String, String)],
    /// The project's files.
    texts: &'a RefCell<Door>,
    /// Whether lifecycle hooks, which may make files, run before the script.
    has_hooks: bool,
    started: Instant,
    facts: RefCell<ScriptFacts>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    limit: Cell<Option<Limit>>,
    has_failed: Cell<bool>,
    statement: Cell<Option<Span>>,
    reached: RefCell<Reached>,
    is_without_helm: Cell<bool>,
}

impl<'a> Recorder<'a> {
    /// A blank record. `started` is when the first evaluation of the project began.
    pub(crate) fn new(
        scripts: &'a RefCell<Scripts>,
        values: &'a [(String, String)],
        texts: &'a RefCell<Door>,
        has_hooks: bool,
        started: Instant,
    ) -> Self {
        Self {
            scripts,
            values,
            texts,
            has_hooks,
            started,
            facts: RefCell::default(),
            diagnostics: RefCell::default(),
            limit: Cell::new(None),
            has_failed: Cell::new(false),
            statement: Cell::new(None),
            reached: RefCell::default(),
            is_without_helm: Cell::new(false),
        }
    }

    /// The record of the evaluation that `eval` runs.
    pub(crate) fn of<'r>(eval: &'r Evaluator<'_, '_, '_>) -> Option<&'r Recorder<'r>> {
        eval.extra?.downcast_ref::<Recorder<'_>>()
    }

    /// What was recorded.
    pub(crate) fn finish(self) -> Record {
        Record {
            facts: self.facts.into_inner(),
            diagnostics: self.diagnostics.into_inner(),
            reached: self.reached.into_inner(),
            limit: self.limit.get(),
            has_failed: self.has_failed.get(),
        }
    }

    /// The value that the caller gave for a name that is known only at run time.
    pub(crate) fn run_time_value(&self, name: &str) -> Option<&str> {
        let mut values = self.values.iter();
        values.find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }

    /// Whether lifecycle hooks, which may make files, run before the script.
    pub(crate) fn has_hooks(&self) -> bool {
        self.has_hooks
    }

    /// Calls `load`, which reads files of the project and takes them apart: that does
    /// not count as the script's time.
    pub(crate) fn while_loading<T>(&self, load: impl FnOnce(&mut dyn Texts) -> T) -> T {
        self.texts.borrow_mut().while_loading(load)
    }

    /// Asks for the project's files.
    pub(crate) fn with_texts<T>(&self, ask: impl FnOnce(&mut dyn Texts) -> T) -> T {
        ask(&mut *self.texts.borrow_mut())
    }

    /// What becomes of `chart`. Waiting for that does not count as the script's time.
    pub(crate) fn render(&self, chart: Chart) -> Result<Rendered, NoChart> {
        self.texts.borrow().render(chart)
    }

    /// Whether it is said here for the first time that there is no `helm`.
    pub(crate) fn is_first_without_helm(&self) -> bool {
        !self.is_without_helm.replace(true)
    }

    /// Reports a mistake, unless it hangs on what the run only assumes.
    pub(crate) fn report(&self, diagnostic: Diagnostic) {
        if doubt::covers(&diagnostic) {
            return;
        }
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    pub(crate) fn record_secret(&self, name: Located<String>) {
        self.facts.borrow_mut().secrets.push(name);
    }

    pub(crate) fn record_cred_helper(&self, call: CredHelperCall) {
        self.facts.borrow_mut().cred_helpers.push(call);
    }

    /// The limit that is exceeded now or was before, given the bytes that values take.
    pub(crate) fn exceeded(&self, heap: usize) -> Option<Limit> {
        if let Some(limit) = self.limit.get() {
            Some(limit)
        } else if heap > MAX_HEAP {
            Some(Limit::Memory)
        } else if self.started.elapsed() > MAX_TIME + self.texts.borrow().waited() {
            Some(Limit::Time)
        } else {
            None
        }
    }

    /// Reports that `limit` is exceeded at the current place.
    pub(crate) fn exceed(&self, limit: Limit, eval: &Evaluator<'_, '_, '_>) {
        // What is called for every turn of a comprehension stands nowhere in the text.
        let span = self.current_span(eval).filter(|span| span.start < span.end);
        self.exceed_at(limit, span, self.trace(eval));
    }

    /// Reports that `limit` is exceeded, once per evaluation.
    pub(crate) fn exceed_at(&self, limit: Limit, span: Option<Span>, trace: Vec<Frame>) {
        if self.limit.replace(Some(limit)).is_none()
            && let Some(span) = span.or(self.statement.get())
        {
            let span = self.first_line(span);
            self.report(limit_exceeded::diagnostic(limit, span, &trace));
        }
    }

    /// The first line of `span`: a block is too much to point at.
    fn first_line(&self, span: Span) -> Span {
        let scripts = self.scripts.borrow();
        let script = scripts.values().find(|script| script.file == span.file);
        let text = script.and_then(|script| script.text.get(span.range()));
        match text.and_then(|text| text.find('\n')) {
            Some(length) => Span::new(span.file, span.range().start..span.range().start + length),
            None => span,
        }
    }

    /// Remembers the statement that runs now.
    pub(crate) fn set_statement(&self, statement: Span) {
        self.statement.set(Some(statement));
    }

    /// Remembers that the statement at `statement`, in the script `path`, was reached.
    pub(crate) fn reach(&self, path: &str, statement: Span) {
        if self.script(path).is_some_and(|it| it.is_watched) {
            let place = (statement.file, statement.start);
            self.reached.borrow_mut().insert(place);
        }
    }

    /// Reports that the script ended itself with `fail`.
    pub(crate) fn fail(&self, message: &str, eval: &Evaluator<'_, '_, '_>) {
        self.has_failed.set(true);
        if let Some(span) = self.current_span(eval) {
            self.report(script_failed::diagnostic(message, span, &self.trace(eval)));
        }
    }

    /// Whether the script must not go on.
    pub(crate) fn is_over(&self) -> bool {
        self.has_failed.get() || self.limit.get().is_some()
    }

    /// Reports an operator that does not fit its operands, and gives an unknown value.
    pub(crate) fn failed_operator<'v>(
        &self,
        operator: Operator,
        (left, right): (Value<'v>, Value<'v>),
        error: &starlark::Error,
        eval: &Evaluator<'v, '_, '_>,
    ) -> Value<'v> {
        let span = self.current_span(eval);
        if let Some(span) = span {
            let trace = self.trace(eval);
            let words = error.without_diagnostic().to_string();
            let operands = (left, right);
            let diagnostic = evaluation_error::operator(operator, operands, &words, span, &trace);
            self.report(diagnostic);
        }
        eval.heap()
            .alloc(UnknownValue::new("the failed expression", None))
    }

    /// The script that is known to the engine as `path`.
    pub(crate) fn script(&self, path: &str) -> Option<Rc<Script>> {
        self.scripts.borrow().get(path).cloned()
    }

    /// The author's place of what the engine points at.
    pub(crate) fn span(&self, place: &FileSpan) -> Option<Span> {
        let script = self.script(place.filename())?;
        Some(script.original_span(place.span))
    }

    /// The call or operator that runs now.
    pub(crate) fn current_span(&self, eval: &Evaluator<'_, '_, '_>) -> Option<Span> {
        // Functions that native code calls have no place of their own; their
        // caller has.
        let frames = eval.call_stack().into_frames();
        let mut places = frames
            .iter()
            .rev()
            .filter_map(|frame| frame.location.as_ref());
        places.find_map(|place| self.span(place))
    }

    /// The calls of the script's own functions that led to the current one.
    pub(crate) fn trace(&self, eval: &Evaluator<'_, '_, '_>) -> Vec<Frame> {
        let mut frames = eval.call_stack().into_frames();
        frames.pop();
        let own = frames.into_iter().filter_map(|frame| {
            let span = self.span(frame.location.as_ref()?)?;
            Some(Frame {
                function: frame.name,
                span,
            })
        });
        own.collect()
    }
}

/// What one evaluation brought to light.
pub(crate) struct Record {
    pub(crate) facts: ScriptFacts,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The statements that were reached, of scripts of which that is asked for.
    pub(crate) reached: Reached,
    pub(crate) limit: Option<Limit>,
    pub(crate) has_failed: bool,
}
