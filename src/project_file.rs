//! `raftt.yml`: from text to values that know their places.

use crate::source::{FileId, Located, Span};

/// What a `raftt.yml` says, as far as it could be read.
#[derive(Clone, Debug)]
pub struct ProjectFile {
    /// The file.
    pub file: FileId,
    /// The script that describes the environment.
    pub env_definition: Option<Entry<String>>,
    /// The dedicated deployment host, or `direct` for connect mode.
    pub host: Option<Entry<String>>,
    /// Options of the environment controller in connect mode.
    pub direct_options: Option<DirectOptions>,
    /// Secrets that are fetched on the developer's machine.
    pub secrets: Vec<DeclaredSecret>,
    /// The lifecycle-hooks script.
    pub env_lifecycle_hooks: Option<Entry<String>>,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    /// The key as it is written.
    pub key: Span,
    /// The value.
    pub value: Located<T>,
}

/// The mapping `directOptions`.
#[derive(Clone, Debug)]
pub struct DirectOptions {
    /// The key `directOptions`.
    pub key: Span,
    /// The Kubernetes service account that the environment controller runs as.
    pub workload_identity_service_account: Option<Entry<String>>,
    /// Whether the controller looks for images in the node's own image store.
    pub search_local_docker_registry: Option<Entry<bool>>,
}

/// An entry of `secrets`.
#[derive(Clone, Debug)]
pub struct DeclaredSecret {
    /// Its name, which is the key.
    pub name: Located<String>,
    /// The command that prints its value on the developer's machine.
    pub input_command: Option<Entry<String>>,
    /// The environment variable that receives it.
    pub output_env: Option<Entry<String>>,
    /// Whether it is handed over as a file.
    pub output_volume: Option<Entry<bool>>,
}

/// The rules that reading `raftt.yml` reports.
pub(crate) const RULES: &[&crate::rule::Rule] = &[];

/// Reads the project file that `options` names.
pub(crate) fn read(
    _sources: &dyn crate::source::Sources,
    _options: &crate::options::Options,
    _map: &mut crate::source::SourceMap,
    _diagnostics: &mut Vec<crate::diagnostic::Diagnostic>,
) -> Option<ProjectFile> {
    None
}
