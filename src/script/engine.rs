//! Runs scripts until they run to their end.
//!
//! The engine stops at its first error. A run takes microseconds, so the
//! expression that failed is replaced by an unknown value and everything runs
//! again, until nothing fails any more: one run of the tool finds all mistakes.

mod branches;
mod failure;
mod loading;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;

use starlark::codemap::FileSpanRef;
use starlark::environment::{FrozenModule, Module as Environment};
use starlark::eval::{BeforeStmtFuncDyn, Evaluator, ReturnFileLoader};

use crate::diagnostic::Diagnostic;
use crate::kubernetes::Namespace;
use crate::project_file::setting_in_wrong_file;
use crate::script::builtins::{self, CONSTANTS, global_names};
use crate::script::choices;
use crate::script::facts::ScriptFacts;
use crate::script::guard;
use crate::script::lower::{self, Patch};
use crate::script::model::Lookup;
use crate::script::parsed::{Script, Scripts};
use crate::script::record::{MAX_CALL_DEPTH, MAX_STEPS, Record, Recorder};
use crate::script::rules::{call_without_parentheses, undefined_name};
use crate::script::scope::Names;
use crate::script::secret::Secret;
use crate::script::unreached::Reached;
use crate::script::values::{MissingAttribute, UnknownValue};
use crate::script::worker::{Door, Outcome, Progress, Request};
use crate::script::{portability, recover, unreached};
use crate::source::{Span, Text};
use crate::suggest::misspelt;

/// How often the scripts are run again after an error.
const MAX_RUNS: usize = 100;

/// For how many undefined names what is meant is looked for: it takes time.
const MAX_GUESSES: usize = 100;

/// A project's scripts to evaluate.
pub(super) struct Job {
    pub(super) path: String,
    pub(super) entry: Text,
    pub(super) values: Vec<(String, String)>,
    pub(super) secrets: Vec<(String, Secret)>,
    /// Whether lifecycle hooks run before the script.
    pub(super) has_hooks: bool,
    /// What is in the namespace, if that is known.
    pub(super) namespace: Option<Arc<Namespace>>,
    pub(super) requests: Sender<Request>,
    pub(super) progress: Progress,
}

/// Evaluates the scripts of `job` and sends what was found out.
pub(super) fn run(job: Job) {
    let mut project = Project {
        scripts: Rc::default(),
        order: Vec::new(),
        findings: Vec::new(),
        known: HashSet::new(),
        accepted: Vec::new(),
        accepted_lookups: Vec::new(),
        reached: HashSet::new(),
        reached_statements: Reached::default(),
        started: Instant::now(),
        door: Door::new(job.requests.clone()),
        job: &job,
    };
    let outcome = project.evaluate();
    // Nobody listens when the evaluation took too long.
    let _ = job.requests.send(Request::Done(Box::new(outcome)));
}

/// The scripts of a project while they are evaluated.
struct Project<'j> {
    scripts: Rc<RefCell<Scripts>>,
    /// The paths of the scripts in the order in which they were read.
    order: Vec<String>,
    findings: Vec<Diagnostic>,
    /// What was found already: every run finds it again.
    known: HashSet<(&'static str, Span, String)>,
    /// Attributes that the reference does not name and that are taken anyway.
    accepted: Vec<MissingAttribute>,
    /// Names that were looked up in vain and that are taken anyway.
    accepted_lookups: Vec<Lookup>,
    /// The calls of `configure_cred_helper` that some run reached.
    reached: HashSet<Span>,
    /// The statements that some run reached.
    reached_statements: Reached,
    started: Instant,
    door: Door,
    job: &'j Job,
}

/// Why a run did not come to its end.
enum Stop {
    /// Something failed that was replaced: running again leads further.
    Again,
    /// It is over.
    Final,
}

impl Project<'_> {
    fn evaluate(&mut self) -> Outcome {
        let entry = self.job.entry.clone();
        let script = self.read_script(&self.job.path.clone(), &entry);
        let mut facts = match script {
            Some(script) => self.evaluate_branches(&script),
            None => ScriptFacts::default(),
        };
        let scripts = self.scripts.borrow();
        facts.scripts = vec![entry.file];
        for path in &self.order {
            if let Some(script) = scripts.get(path) {
                if script.file != entry.file {
                    facts.scripts.push(script.file);
                }
                if !facts.has_more_branches {
                    let calls = unreached_calls(script, &self.reached);
                    facts.unreached_cred_helpers.extend(calls);
                }
                let statements = unreached::unreached(script, &self.reached_statements);
                facts.unreached.extend(statements);
            }
        }
        drop(scripts);
        Outcome {
            facts,
            diagnostics: std::mem::take(&mut self.findings),
        }
    }

    /// Adds a diagnostic unless an earlier run found it.
    fn find(&mut self, diagnostic: Diagnostic) {
        let key = (
            diagnostic.rule.name,
            diagnostic.span,
            diagnostic.message.clone(),
        );
        if self.known.insert(key) {
            self.findings.push(diagnostic);
        }
    }

    /// Reads and parses a script, once.
    fn read_script(&mut self, path: &str, text: &Text) -> Option<Rc<Script>> {
        if let Some(script) = self.scripts.borrow().get(path) {
            return Some(script.clone());
        }
        let parsed = recover::parse(path, text.file, &text.text, &mut self.findings)?;
        let names = Names::of(parsed.module.statement());
        let patches = lower::patches(parsed.module.statement(), &parsed.source);
        let script = Script {
            file: text.file,
            path: path.to_owned(),
            text: text.text.clone(),
            is_watched: unreached::is_asked_for(&text.text),
            source: parsed.source,
            module: parsed.module,
            names,
            lost_names: parsed.lost_names,
            not_loaded: RefCell::default(),
            patches: RefCell::new(patches),
            lowered: RefCell::new(None),
        };
        portability::check(&script, &mut self.findings);
        call_without_parentheses::check(&script, &mut self.findings);
        self.check_names(&script);
        let script = Rc::new(script);
        self.scripts
            .borrow_mut()
            .insert(path.to_owned(), script.clone());
        self.order.push(path.to_owned());
        Some(script)
    }

    /// Reports names that are bound nowhere, and takes misspelt ones as they were meant.
    fn check_names(&mut self, script: &Script) {
        for name in setting_in_wrong_file::SETTINGS {
            let bindings = script.names.bindings.get(*name).into_iter().flatten();
            let bound = bindings.map(|binding| &binding.name);
            let free = script.names.free.get(*name).into_iter().flatten();
            for at in bound.chain(free.map(|one| &one.at)) {
                let span = Span::new(script.file, at.clone());
                self.find(setting_in_wrong_file::in_script(name, span));
            }
        }
        let own = script.names.bindings.keys().map(String::as_str);
        // `None` is close to many short names, and never meant by them.
        let global = global_names().filter(|name| !CONSTANTS.contains(name));
        let global = global.map(|name| -> &str { name });
        let mut sorted: Vec<&str> = own.chain(global).collect();
        sorted.sort_unstable();
        let mut guesses = 0;
        for (name, uses) in &script.names.free {
            if let Some(setting) = setting_in_wrong_file::setting(name) {
                for one in uses.iter().filter(|_| setting != name) {
                    let span = Span::new(script.file, one.at.clone());
                    self.find(setting_in_wrong_file::in_script(setting, span));
                }
                continue;
            }
            if global_names().any(|known| known == name) || script.lost_names.contains(name) {
                continue;
            }
            guesses += 1;
            let candidates = match guesses <= MAX_GUESSES {
                true => sorted.as_slice(),
                false => &[],
            };
            // A misspelt `fail` is not called: its message would be the second
            // about one mistake.
            let meant = misspelt(name, candidates.iter().copied()).filter(|it| *it != "fail");
            for one in uses {
                let span = Span::new(script.file, one.at.clone());
                self.find(undefined_name::diagnostic(
                    name,
                    one.is_head,
                    candidates.iter().copied(),
                    span,
                ));
                if let Some(meant) = meant {
                    script.patch(Patch::replace(one.at.clone(), meant));
                }
            }
        }
    }

    /// Runs everything once, from the beginning.
    fn run_once(&mut self, entry: &Rc<Script>) -> (Record, Result<(), Stop>) {
        let scripts = self.scripts.clone();
        let texts = RefCell::new(self.door.clone());
        let recorder = Recorder::new(
            &scripts,
            &self.job.values,
            &texts,
            self.job.has_hooks,
            self.started,
        );
        let mut run = Run {
            recorder: &recorder,
            modules: HashMap::new(),
            loading: Vec::new(),
        };
        // Nothing loads the entry, so it is not frozen: the engine optimizes what
        // it freezes, and builds all of its own functions to do so.
        let end = self.run_script(&mut run, entry, |_| Ok(()));
        (recorder.finish(), end)
    }

    /// Runs one script, after what it loads, and has `finish` make something of
    /// what it bound.
    fn run_script<T>(
        &mut self,
        run: &mut Run<'_>,
        script: &Rc<Script>,
        finish: impl FnOnce(Environment<'_>) -> starlark::Result<T>,
    ) -> Result<T, Stop> {
        run.loading.push(script.path.clone());
        let loaded = self.load_all(run, script);
        run.loading.pop();
        let loaded = loaded?;
        let by_name: HashMap<&str, &FrozenModule> = loaded
            .iter()
            .map(|(name, module)| (name.as_str(), module))
            .collect();
        let loader = ReturnFileLoader { modules: &by_name };

        let Some(module) = script.module_to_run() else {
            return Err(Stop::Final);
        };
        let recorder = run.recorder;
        let needs_standard = script.needs_standard_names();
        let progress = self.job.progress.clone();
        let result = Environment::with_temp_heap(|environment| {
            builtins::bind(&environment, needs_standard);
            for name in &script.unknown_names() {
                let unknown = UnknownValue::new(name, None);
                environment.set(name, environment.heap().alloc(unknown));
            }
            let error = {
                let mut eval = Evaluator::new(&environment);
                // The limits are fresh, so setting them cannot fail.
                let _ = eval.set_max_tick_count(MAX_STEPS);
                let _ = eval.set_max_callstack_size(MAX_CALL_DEPTH);
                eval.extra = Some(recorder);
                eval.set_loader(&loader);
                eval.before_stmt_for_dap(starlark::eval::BeforeStmtFunc::from_dyn(Box::new(
                    BeforeStatement { progress },
                )));
                eval.eval_module(module, builtins::constants()).err()
            };
            match error {
                Some(error) => Err(error),
                None => finish(environment),
            }
        });
        result.map_err(|error| self.handle(recorder, &error))
    }
}

/// One run of a project's scripts.
struct Run<'r> {
    recorder: &'r Recorder<'r>,
    /// What was loaded, by path.
    modules: HashMap<String, FrozenModule>,
    /// The scripts that are being loaded, outermost first.
    loading: Vec<String>,
}

/// Looks at the limits before every statement.
struct BeforeStatement {
    progress: Progress,
}

impl<'e> BeforeStmtFuncDyn<'e> for BeforeStatement {
    fn call<'v>(
        &mut self,
        span: FileSpanRef,
        _continued: bool,
        eval: &mut Evaluator<'v, '_, 'e>,
    ) -> starlark::Result<()> {
        if let Some(recorder) = Recorder::of(eval)
            && let Some(at) = recorder.span(&span.to_file_span())
        {
            self.progress.set(at);
            recorder.set_statement(at);
            recorder.reach(span.file.filename(), at);
            choices::set_statement(at);
        }
        guard::check(eval)
    }
}

/// The calls of `configure_cred_helper` in the text that no run reached.
fn unreached_calls(script: &Script, reached: &HashSet<Span>) -> Vec<Span> {
    let mut calls = Vec::new();
    script
        .statement()
        .visit_expr(|it| script.cred_helper_calls(it, &mut calls));
    calls.retain(|span| !reached.contains(span));
    calls
}
