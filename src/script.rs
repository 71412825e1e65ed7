//! `.raftt` scripts: from text to facts. No type of the engine leaves this module.

mod facts;

use crate::analyze::Options;
use crate::diagnostic::Diagnostic;
use crate::project_file::ProjectFile;
use crate::rule::Rule;
use crate::source::{SourceMap, Sources};

pub use facts::{CredHelperCall, Registries, ScriptFacts, Unknown};

/// The rules that evaluating a script reports.
pub(crate) const RULES: &[&Rule] = &[];

/// Evaluates the script that `project_file` names.
pub(crate) fn evaluate(
    _sources: &dyn Sources,
    _options: &Options,
    _project_file: Option<&ProjectFile>,
    _map: &mut SourceMap,
    _diagnostics: &mut Vec<Diagnostic>,
) -> ScriptFacts {
    ScriptFacts::default()
}
