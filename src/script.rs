//! `.raftt` scripts: from text to facts. No type of the engine leaves this module.

mod arg_type;
mod builtins;
mod call;
mod chart;
mod choices;
mod doubt;
mod engine;
mod facts;
mod field_type;
#[allow(
    unsafe_code,
    reason = "the engine's derives implement its unsafe marker traits"
)]
mod guard;
mod lexer;
#[allow(
    unsafe_code,
    reason = "the engine's derives implement its unsafe marker traits"
)]
mod lower;
mod model;
mod origin;
mod parsed;
mod portability;
#[allow(
    unsafe_code,
    reason = "the engine's derives implement its unsafe marker traits"
)]
mod record;
mod recover;
mod rules;
mod scope;
mod screen;
mod secret;
#[cfg(any(feature = "cli", feature = "lsp"))]
mod signature;
mod unreached;
#[allow(
    unsafe_code,
    reason = "the engine's derives implement its unsafe marker traits"
)]
mod values;
mod worker;

use crate::diagnostic::{Diagnostic, Severity};
use crate::options::Options;
use crate::project_file::ProjectFile;
use crate::rule::Rule;
use crate::source::{SourceMap, Sources, is_yaml, normalize_path};
#[cfg(any(feature = "cli", feature = "lsp"))]
use crate::suggest::nearest;

#[cfg(feature = "cli")]
pub(crate) use builtins::STANDARD_NAMES;
pub use builtins::{
    ArgType, Attribute, Builtin, Evidence, Module, Object, Parameter, ReturnType, functions,
    objects,
};
#[cfg(feature = "lsp")]
pub(crate) use builtins::{
    CONSTANTS, global_names, global_objects, items_object, map_object, volume, volumes, workload,
};
pub use facts::{Branch, CredHelperCall, LoadedName, LoadedResources, Registries, ScriptFacts};
#[cfg(feature = "lsp")]
pub(crate) use lexer::{Token, quotes};
pub(crate) use lexer::{TokenKind, tokens};
#[cfg(feature = "lsp")]
pub(crate) use model::{Kind, kind_of_collection};
#[cfg(feature = "lsp")]
pub(crate) use signature::type_name;
#[cfg(any(feature = "cli", feature = "lsp"))]
pub(crate) use signature::{signature, unindented};

/// The rules that evaluating a script reports.
pub(crate) const RULES: &[&Rule] = rules::ALL;

/// Evaluates the script that `options` or `project_file` names.
///
/// A script that is not there, cannot be read or is YAML is the project file's
/// mistake and reported there.
pub(crate) fn evaluate(
    sources: &dyn Sources,
    options: &Options,
    project_file: Option<&ProjectFile>,
    map: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> ScriptFacts {
    let hooks = project_file.and_then(|file| file.env_lifecycle_hooks.as_ref());
    // The hooks run before the environment script is evaluated, and may make
    // files that it reads. A script that is checked alone has none.
    let before = match hooks.filter(|_| options.script.is_none()) {
        Some(hooks) => {
            let path = script_path(&hooks.value.value);
            path.map(|path| evaluate_one(sources, options, &path, false, map, diagnostics))
        }
        None => None,
    };
    let named = project_file.and_then(|file| file.env_definition.as_ref());
    let named = named.map(|entry| entry.value.value.as_str());
    let given = options.script.as_deref();
    let path = given.or(named).and_then(script_path);
    let own = match path {
        Some(path) => evaluate_one(sources, options, &path, hooks.is_some(), map, diagnostics),
        None => ScriptFacts::default(),
    };
    match before {
        Some(before) => own.after(before),
        None => own,
    }
}

/// The value of the run that is meant by `name`, where there is none of that name. What
/// is not documented may be one all the same.
#[cfg(any(feature = "cli", feature = "lsp"))]
pub(crate) fn meant_run_time_value(name: &str) -> Option<&'static str> {
    let local = objects().iter().filter(|it| it.global == Some("local"));
    let known = local.flat_map(|it| it.attributes).map(|it| it.name);
    let known: Vec<&'static str> = known.chain(["env_id"]).collect();
    nearest(name, known.iter().copied()).filter(|_| !known.contains(&name))
}

fn script_path(path: &str) -> Option<String> {
    normalize_path(path).filter(|it| !is_yaml(it))
}

fn evaluate_one(
    sources: &dyn Sources,
    options: &Options,
    path: &str,
    has_hooks: bool,
    map: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> ScriptFacts {
    let before = diagnostics.len();
    let mut facts = worker::evaluate(sources, options, path, has_hooks, map, diagnostics);
    facts.is_complete &= !diagnostics[before..].iter().any(loses_a_part);
    facts
}

/// Whether the mistake keeps a part of the script from running as it is
/// written. A call with a wrong argument does not: it is a fact all the same.
fn loses_a_part(diagnostic: &Diagnostic) -> bool {
    let rules: [&Rule; 7] = [
        &rules::broken_load::RULE,
        &rules::evaluation_error::RULE,
        &rules::limit_exceeded::RULE,
        &rules::script_failed::RULE,
        &rules::syntax_error::RULE,
        &rules::undefined_name::RULE,
        &rules::unreadable_script::RULE,
    ];
    // What was meant to be called was not.
    let is_uncalled = diagnostic.rule.name == rules::call_without_parentheses::RULE.name;
    is_uncalled
        || diagnostic.severity == Severity::Error
            && rules.iter().any(|it| it.name == diagnostic.rule.name)
}
