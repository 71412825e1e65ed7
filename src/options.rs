//! What the caller of an analysis decides.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::kubernetes::{Namespace, Snapshot};
use crate::rule::Rule;

/// What to analyze, and what only the caller can know.
#[derive(Clone)]
#[non_exhaustive]
pub struct Options {
    /// The project file, from the project's root.
    pub project_file: String,
    /// The script to evaluate, from the project's root, instead of the one that
    /// the project file names: for a script that belongs to no project.
    pub script: Option<String>,
    /// Values that are known only at run time (`env_id`, `config_args`), by name.
    pub values: Vec<(String, String)>,
    /// Values of secrets, by name. They never reach any output.
    pub secrets: Vec<(String, String)>,
    /// What is in the namespace of the environment, if that is known.
    pub snapshot: Option<Arc<Snapshot>>,
    /// What weighs otherwise than the rules say.
    pub levels: Option<Arc<dyn Levels>>,
}

/// How much the findings of rules weigh, where somebody decided about that. The plan
/// does not depend on it.
pub trait Levels: fmt::Debug + Send + Sync {
    /// How much a finding of `rule` in the file at `path`, from the project's root,
    /// weighs; none where the rule decides.
    fn level(&self, rule: &Rule, path: &str) -> Option<Level>;
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is not reported.
    Off,
    /// It is reported with this severity.
    As(Severity),
}

/// The values of secrets are not shown.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secrets = self.secrets.iter().map(|(name, _)| name);
        f.debug_struct("Options")
            .field("project_file", &self.project_file)
            .field("script", &self.script)
            .field("values", &self.values)
            .field("secrets", &secrets.collect::<Vec<_>>())
            .field("snapshot", &self.snapshot)
            .field("levels", &self.levels)
            .finish()
    }
}

impl Options {
    /// The namespace of the environment, if a snapshot of it was given.
    pub(crate) fn namespace(&self) -> Option<&Arc<Namespace>> {
        Some(&self.snapshot.as_ref()?.namespace)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            project_file: "raftt.yml".to_owned(),
            script: None,
            values: Vec::new(),
            secrets: Vec::new(),
            snapshot: None,
            levels: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        let options = Options {
            secrets: vec![("token".to_owned(), "not-a-real-token".to_owned())],
            ..Options::default()
        };
        let shown = format!("{options:?}");
        assert!(shown.contains("token") && !shown.contains("not-a-real"));
    }
}
