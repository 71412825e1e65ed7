//! What settings say of how much findings weigh.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Document, EVERY_RULE};
use crate::diagnostic::Severity;
use crate::options::{Level, Levels};
use crate::rule::Rule;

/// A severity, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Word {
    /// The rule is not reported.
    Off,
    /// Worth knowing; nothing needs to change.
    Advice,
    /// Probably not what was meant.
    Warning,
    /// It will not work.
    Error,
}

impl Word {
    #[cfg(feature = "cli")]
    pub(super) fn name(self) -> &'static str {
        match self.level() {
            Level::Off => "off",
            Level::As(severity) => severity.name(),
        }
    }

    fn level(self) -> Level {
        match self {
            Self::Off => Level::Off,
            Self::Advice => Level::As(Severity::Advice),
            Self::Warning => Level::As(Severity::Warning),
            Self::Error => Level::As(Severity::Error),
        }
    }
}

/// What a settings file decides about rules.
#[derive(Debug)]
pub(super) struct Decided {
    rules: HashMap<String, Level>,
    /// The files of each pattern, with the rules that are not reported in them.
    ignored: Vec<(Gitignore, Vec<String>)>,
}

impl Decided {
    /// What `document`, of the folder `folder`, decides; else which pattern is none,
    /// with its place.
    pub(super) fn new(folder: &Path, document: &Document) -> Result<Self, (Range<usize>, String)> {
        let rules = document.rules.iter();
        let rules = rules.map(|(name, word)| (name.get_ref().clone(), word.level()));
        let mut ignored = Vec::new();
        for (pattern, names) in &document.ignore {
            let wrong = |error: &ignore::Error| {
                let text = pattern.get_ref();
                (pattern.span(), format!("`{text}` is no pattern: {error}"))
            };
            let mut files = GitignoreBuilder::new(folder);
            files
                .add_line(None, pattern.get_ref())
                .map_err(|it| wrong(&it))?;
            let files = files.build().map_err(|it| wrong(&it))?;
            let names = names.iter().map(|it| it.get_ref().clone());
            ignored.push((files, names.collect()));
        }
        Ok(Self {
            rules: rules.collect(),
            ignored,
        })
    }
}

/// What is decided for the project below the settings' folder.
#[derive(Debug)]
pub(super) struct RootLevels {
    pub(super) decided: Arc<Decided>,
    /// The project's root, from the settings' folder.
    pub(super) prefix: String,
}

impl Levels for RootLevels {
    fn level(&self, rule: &Rule, path: &str) -> Option<Level> {
        let path = Path::new(&self.prefix).join(path);
        let is_ignored = self.decided.ignored.iter().any(|(files, names)| {
            names.iter().any(|it| it == rule.name || it == EVERY_RULE)
                && files.matched_path_or_any_parents(&path, false).is_ignore()
        });
        match is_ignored {
            true => Some(Level::Off),
            false => self.decided.rules.get(rule.name).copied(),
        }
    }
}
