//! `load`: modules of the language, and other scripts of the project.

use std::rc::Rc;
use std::sync::mpsc;

use starlark::environment::{FrozenModule, Module as Environment};
use starlark::syntax::ast::StmtP;

use super::{Project, Run, Stop};
use crate::script::builtins::Module;
use crate::script::parsed::{Script, top_level};
use crate::script::rules::broken_load;
use crate::script::values::UnknownValue;
use crate::script::worker::{Request, Text};
use crate::source::{ReadError, Span, normalize_path};

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
            let has = |name: &str| {
                let mut names = found.iter().flat_map(|module| module.names());
                names.any(|known| known.as_str() == name)
            };
            let (kept, lacking): (Vec<_>, Vec<_>) =
                load.args.iter().partition(|it| has(&it.their.node));
            for name in &lacking {
                if let Some(module) = &found {
                    let known: Vec<_> = module.names().collect();
                    let known = known.iter().map(|name| name.as_str());
                    let at = script.span(name.their.span);
                    self.find(broken_load::missing(path, &name.their.node, known, at));
                }
            }
            if !lacking.is_empty() {
                script.load_only(statement, path, &kept, &lacking);
            }
            if let Some(module) = found {
                loaded.push((path.clone(), module));
            }
        }
        Ok(loaded)
    }

    /// The module or script that `load(path)` names; none if there is none.
    fn load(
        &mut self,
        run: &mut Run<'_>,
        path: &str,
        at: Span,
    ) -> Result<Option<FrozenModule>, Stop> {
        if let Some(module) = Module::find(path) {
            let export = UnknownValue::of(&module.export, module.export.name, None);
            return Ok(Some(module_of(module.export.name, export)));
        }
        let read = match normalize_path(path) {
            Some(path) => self.read_text(&path).map(|text| (path, text)),
            None => Err(ReadError::OutsideProject),
        };
        let (path, text) = match read {
            Ok(read) => read,
            Err(error) => {
                let known = Module::all().map(|module| module.path);
                self.find(broken_load::unreadable(path, &error, known, at));
                return Ok(None);
            }
        };
        if run.loading.contains(&path) {
            self.find(broken_load::cycle(&path, &run.loading, at));
            return Ok(None);
        }
        if let Some(module) = run.modules.get(&path) {
            return Ok(Some(module.clone()));
        }
        let Some(script) = self.read_script(&path, &text) else {
            return Ok(None);
        };
        let module = self.run_script(run, &script)?;
        run.modules.insert(path, module.clone());
        Ok(Some(module))
    }

    fn read_text(&self, path: &str) -> Result<Text, ReadError> {
        let (reply, answer) = mpsc::channel();
        let request = Request::Read(path.to_owned(), reply);
        let gone = || ReadError::Other("the evaluation was given up".to_owned());
        self.job.requests.send(request).map_err(|_| gone())?;
        answer.recv().map_err(|_| gone())?
    }
}

/// A module that exports one value.
fn module_of(name: &str, value: UnknownValue) -> FrozenModule {
    Environment::with_temp_heap(|environment| {
        environment.set(name, environment.heap().alloc(value));
        environment
            .freeze()
            .expect("unknown values can always be frozen")
    })
}
