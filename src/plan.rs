//! The registry-access plan: what the environment controller should do for
//! every registry, and where that was decided.

use crate::project_file::ProjectFile;
use crate::script::ScriptFacts;
use crate::source::SourceMap;

/// The registry-access plan.
#[derive(Clone, Debug)]
pub struct Plan {}

/// The plan that follows from a project file and what its scripts did.
pub(crate) fn of(
    _sources: &SourceMap,
    _project_file: Option<&ProjectFile>,
    _script: &ScriptFacts,
) -> Plan {
    Plan {}
}
