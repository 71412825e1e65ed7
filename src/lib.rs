//! Evaluates a project's `.raftt` script together with its `raftt.yml`, checks
//! both, and says how the environment controller gets access to the container
//! registries of the environment's images: the **registry-access plan**.
//!
//! Everything goes through [`analyze`]: the command line, the git hook, the
//! language server and the environment controller are fronts over it.

mod analyze;
#[cfg(feature = "cli")]
pub mod cli;
mod compose;
mod diagnostic;
pub mod fix;
#[cfg(any(feature = "cli", feature = "lsp"))]
mod guarded;
mod held;
#[cfg(feature = "lsp")]
pub mod ide;
pub mod keychain;
mod kubernetes;
mod listed;
mod lost;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod names;
mod options;
pub mod plan;
mod project_file;
#[cfg(any(feature = "cli", feature = "lsp"))]
mod projects;
pub mod reference;
pub mod render;
mod rule;
mod rules;
mod script;
mod source;
mod suggest;
mod suppress;
mod unknown;
mod used;
#[cfg(feature = "cli")]
mod write;
mod yaml;

pub use analyze::{Analysis, analyze};
pub use diagnostic::{Diagnostic, Edit, Fix, Frame, Label, Safety, Severity};
pub use kubernetes::{
    Container, ContainerRole, Image, Snapshot, SnapshotError, SnapshotFile, Workload,
};
pub use options::{Level, Levels, Options};
pub use project_file::{
    Build, DataSource, Debugging, DeclaredSecret, DirectOptions, Entry, ProjectFile, Variable,
};
pub use rule::{Example, ExampleFile, Rule, Tag};
pub use rules::all as rules;
pub use script::{
    ArgType, Attribute, Branch, Builtin, CredHelperCall, Evidence, LoadedName, LoadedResources,
    Module, Object, Parameter, Registries, ReturnType, ScriptFacts, functions, objects,
};
pub use source::{
    ChartError, ChartRequest, DiskSources, FileId, Helm, Located, MAX_FILE_SIZE, MemorySources,
    OverlaySources, Piece, Position, ReadError, SourceFile, SourceMap, Sources, Span,
};
pub use suppress::Suppressed;
pub use unknown::Unknown;
