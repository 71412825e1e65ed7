//! `load`: modules of the language, and other scripts of the project.

use std::rc::Rc;
use std::sync::mpsc;

use starlark::environment::{FrozenModule, Module as Environment};
use starlark::syntax::ast::StmtP;

use super::{Project, Run, Stop};
use crate::script::builtins::Module;
use crate::script::parsed::{Script, top_level};
use crate::script::rules::{broken_load, offline_module};
use crate::script::scope::BindingKind;
use crate::script::values::{ModuleValue, UnknownValue};
use crate::script::worker::Request;
use crate::source::{ReadError, Span, Text, Texts as _, is_script, normalize_path};

/// What a `load` leads to.
struct Loaded {
    module: FrozenModule,
    /// The names that can be loaded from it.
    exports: Vec<String>,
    /// The names that broken statements in it would have bound.
    lost: Vec<String>,
}

impl Project<'_> {
    /// Everything that `script` loads, by the path that it uses. What is not
    /// there is reported, and left out of what runs.
    pub(super) fn load_all(
        &mut self,
        run: &mut Run<'_>,
        script: &Rc<Script>,
    ) -> Result<Vec<(String, FrozenModule)>, Stop> {
        let mut loaded = Vec::new();
        for statement in top_level(script.statement()) {
            let StmtP::Load(load) = &statement.node else {
                continue;
            };
            let path = &load.module.node;
            let found = self.load(run, path, script.span(load.module.span))?;
            let has = |name: &String| found.iter().any(|found| found.exports.contains(name));
            let (kept, lacking): (Vec<_>, Vec<_>) =
                load.args.iter().partition(|it| has(&it.their.node));
            for name in &lacking {
                if let Some(found) = &found
                    && !found.lost.contains(&name.their.node)
                {
                    // What begins with `_` is its script's own.
                    let known = found.exports.iter().map(String::as_str);
                    let known = known.filter(|it| !it.starts_with('_'));
                    let at = script.span(name.their.span);
                    self.find(broken_load::missing(path, &name.their.node, known, at));
                }
            }
            if !lacking.is_empty() {
                script.load_only(statement, path, &kept, &lacking);
            }
            if let Some(found) = found {
                loaded.push((path.clone(), found.module));
            }
        }
        Ok(loaded)
    }

    /// The module or script that `load(path)` names; none if there is none.
    fn load(&mut self, run: &mut Run<'_>, path: &str, at: Span) -> Result<Option<Loaded>, Stop> {
        if let Some(module) = Module::find(path) {
            if let Some(reason) = module.offline {
                self.find(offline_module::diagnostic(path, reason, at));
            }
            return Ok(Some(Loaded {
                module: module_of(module),
                exports: vec![module.export.name.to_owned()],
                lost: Vec::new(),
            }));
        }
        let read = match normalize_path(path) {
            Some(path) => self.read_text(&path).map(|text| (path, text)),
            None => Err(ReadError::OutsideProject),
        };
        let (path, text) = match read {
            Ok(read) => read,
            Err(error) => {
                let folder = path.rsplit_once('/').map_or("", |it| it.0);
                let beside = self
                    .door
                    .list(folder)
                    .into_iter()
                    .filter(|it| is_script(it));
                let beside: Vec<String> = match folder {
                    "" => beside.collect(),
                    _ => beside.map(|name| format!("{folder}/{name}")).collect(),
                };
                let known = beside.iter().map(String::as_str);
                let known = known.chain(Module::all().map(|module| module.path));
                let known = known.filter(|it| *it != self.job.path);
                let problem = broken_load::unreadable(path, &error, known, at);
                self.find(problem);
                return Ok(None);
            }
        };
        if run.loading.contains(&path) {
            self.find(broken_load::cycle(&path, &run.loading, at));
            return Ok(None);
        }
        let Some(script) = self.read_script(&path, &text) else {
            return Ok(None);
        };
        let module = match run.modules.get(&path) {
            Some(module) => module.clone(),
            None => {
                let module = self.run_script(run, &script, |environment| {
                    environment.freeze().map_err(|error| {
                        starlark::Error::new_other(std::io::Error::other(format!("{error:?}")))
                    })
                })?;
                run.modules.insert(path, module.clone());
                module
            }
        };
        // What a script loads itself is not handed on.
        let own = script.names.bindings.iter().filter(|(_, bindings)| {
            let mut bindings = bindings.iter();
            bindings.any(|it| !matches!(it.kind, BindingKind::Load { .. }))
        });
        let mut exports: Vec<_> = own.map(|(name, _)| name.clone()).collect();
        exports.sort_unstable();
        Ok(Some(Loaded {
            module,
            exports,
            lost: script.lost_names.clone(),
        }))
    }

    fn read_text(&self, path: &str) -> Result<Text, ReadError> {
        let (reply, answer) = mpsc::channel();
        let request = Request::Read(path.to_owned(), reply);
        let gone = || ReadError::Other("the evaluation was given up".to_owned());
        self.job.requests.send(request).map_err(|_| gone())?;
        answer.recv().map_err(|_| gone())?
    }
}

/// A module of the language as the engine loads it.
fn module_of(module: &'static Module) -> FrozenModule {
    Environment::with_temp_heap(|environment| {
        let (heap, name) = (environment.heap(), module.export.name);
        // An export without known members may be a function as well: `html` is one.
        let export = match module.export.names().next() {
            Some(_) => heap.alloc(ModuleValue::new(module)),
            None => heap.alloc(UnknownValue::new(name.to_owned(), None)),
        };
        environment.set(name, export);
        environment
            .freeze()
            .expect("what modules export can always be frozen")
    })
}
