//! What a name stands for, in all scripts of the project.

use std::ops::Range;

use super::scope::{Binding, BindingKind, Occurrence, ScopeId};
use super::script::Script;
use super::syntax::{Literal, NodeKind};
use super::{Location, View};
use crate::script::Module;
use crate::source::normalize_path;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A name that no script binds: a function of the language, for example.
    Global(String),
    /// A name within a function, a lambda, a comprehension of this script.
    Local { scope: ScopeId, name: String },
    /// A name of a script's top level.
    Exported { path: String, name: String },
}

/// A use of a name, or a place that binds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) location: Location,
    pub(crate) is_binding: bool,
}

impl Target {
    /// What `occurrence` in `script` stands for. A name that is loaded stands for what
    /// it is in the script that it comes from.
    pub(crate) fn of(script: &Script<'_>, occurrence: &Occurrence<'_>) -> Self {
        let name = occurrence.name;
        let Some(scope) = occurrence.scope else {
            return Self::Global(name.to_owned());
        };
        let bindings = script.names.bindings(scope, name);
        if let Some((path, original)) = bindings.iter().find_map(loaded) {
            return Self::Exported {
                path,
                name: original.to_owned(),
            };
        }
        match scope {
            ScopeId::MODULE => Self::Exported {
                path: script.path.to_owned(),
                name: name.to_owned(),
            },
            scope => Self::Local {
                scope,
                name: name.to_owned(),
            },
        }
    }

    /// The places in `script` that name it, in their order.
    pub(crate) fn uses_in(&self, script: &Script<'_>) -> Vec<Use> {
        let occurrences = script.names.occurrences.iter();
        let mut uses: Vec<_> = occurrences
            .filter(|it| self.is_named(script, it))
            .map(|it| script.use_at(&it.range, it.is_binding))
            .collect();
        // `load("lib.raftt", other = "name")` names it in quotes, too.
        for binding in self.loads_in(script) {
            if let BindingKind::Load { literal, .. } = &binding.kind {
                let content = Literal::of(script.tree.text, literal.clone()).content;
                if content != binding.name {
                    uses.push(script.use_at(&content, false));
                }
            }
        }
        uses.sort_by_key(|it| it.location.range.start);
        uses
    }

    /// Whether `occurrence` in `script` names it.
    fn is_named(&self, script: &Script<'_>, occurrence: &Occurrence<'_>) -> bool {
        let may_be = match self {
            Self::Global(name) => occurrence.scope.is_none() && occurrence.name == name,
            Self::Local { scope, name } => {
                occurrence.scope == Some(*scope) && occurrence.name == name
            }
            Self::Exported { .. } => occurrence.scope.is_some(),
        };
        may_be && Self::of(script, occurrence) == *self
    }

    /// What loads it in `script`.
    pub(crate) fn loads_in<'s, 't>(&self, script: &'s Script<'t>) -> Vec<&'s Binding<'t>> {
        let Self::Exported { path, name } = self else {
            return Vec::new();
        };
        let all = script.names.loads();
        all.filter(|it| {
            loaded(it).is_some_and(|(from, original)| from == *path && original == name)
        })
        .collect()
    }
}

/// The script that a `load` leads to, and the name there.
fn loaded<'t>(binding: &Binding<'t>) -> Option<(String, &'t str)> {
    match binding.kind {
        BindingKind::Load {
            module, original, ..
        } if Module::find(module).is_none() => Some((normalize_path(module)?, original)),
        _ => None,
    }
}

impl Script<'_> {
    fn use_at(&self, range: &Range<usize>, is_binding: bool) -> Use {
        Use {
            location: Location {
                path: self.path.to_owned(),
                range: range.clone(),
            },
            is_binding,
        }
    }

    /// The keyword arguments that name the parameter `parameter` of what `target` is,
    /// in calls of it under the name that it is loaded by.
    pub(crate) fn keywords_of(&self, target: &Target, parameter: &str) -> Vec<Range<usize>> {
        let names: Vec<&str> = target
            .loads_in(self)
            .iter()
            .map(|it| self.tree.written(&it.name))
            .collect();
        let mut keywords = Vec::new();
        for (_, node) in self.tree.nodes() {
            let NodeKind::Call(call) = &node.kind else {
                continue;
            };
            if self
                .tree
                .name(call.callee)
                .is_some_and(|it| names.contains(&it))
            {
                let given = call.arguments.iter().filter_map(|it| it.name.clone());
                keywords.extend(given.filter(|it| self.tree.written(it) == parameter));
            }
        }
        keywords
    }
}

impl View<'_> {
    /// The scripts that are known: those that ran, and the one at `path`.
    pub(crate) fn scripts(&self, path: &str) -> Vec<String> {
        let ran = self.analysis.script.scripts.iter();
        let mut scripts: Vec<_> = ran
            .map(|it| self.analysis.sources.file(*it).path.clone())
            .collect();
        scripts.push(path.to_owned());
        scripts.sort();
        scripts.dedup();
        scripts
    }
}
