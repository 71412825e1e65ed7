//! Diagnostics as text: for people, for editors and for programs.
//!
//! Renderers return text; who asked for it prints it.

pub mod json;

mod checkstyle;
mod concise;
#[cfg(feature = "cli")]
mod excerpt;
mod fingerprint;
#[cfg(feature = "cli")]
mod full;
mod github;
mod gitlab;
mod json_lines;
mod junit;
#[cfg(feature = "cli")]
mod line;
#[cfg(feature = "cli")]
pub(crate) mod markdown;
pub(crate) mod paint;
mod rdjson;
mod sarif;
pub(crate) mod text;
mod xml;

use std::collections::HashSet;

use crate::analyze::Analysis;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Position, Span};

pub use checkstyle::checkstyle;
pub use concise::concise;
#[cfg(feature = "cli")]
pub use full::{Terminal, full};
pub use github::github;
pub use gitlab::gitlab;
pub use json::json;
pub use json_lines::json_lines;
pub use junit::junit;
pub use rdjson::rdjson;
pub use sarif::sarif;

/// A project that was checked, and where it lies.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The project's root from the working directory, `/` between and after the
    /// parts; empty for the working directory itself.
    pub folder: String,
    /// The project file from the root, or the script when it was checked alone.
    pub file: String,
    /// What was found out.
    pub analysis: Analysis,
}

/// What was found in several projects, in the order in which it is shown.
#[derive(Debug)]
pub struct Report<'a> {
    /// The projects that were checked.
    pub projects: &'a [Checked],
    /// Their diagnostics by path and place, each once even if two projects share a file.
    pub items: Vec<Item<'a>>,
}

/// A diagnostic and the project it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The project.
    pub project: &'a Checked,
    /// The diagnostic.
    pub diagnostic: &'a Diagnostic,
}

/// How many diagnostics there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Pieces of advice.
    pub advice: usize,
}

impl Checked {
    /// The path of the project file from the working directory.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}{}", self.folder, self.file)
    }

    /// The path of the file that `span` lies in, from the working directory.
    #[must_use]
    pub fn path_of(&self, span: Span) -> String {
        let file = self.analysis.sources.file(span.file);
        match file.given {
            None => format!("{}{}", self.folder, file.path),
            Some(_) => file.path.clone(),
        }
    }

    /// Line and column of the byte `offset` of the file that `span` lies in.
    pub(crate) fn position(&self, span: Span, offset: u32) -> Position {
        let file = self.analysis.sources.file(span.file);
        file.position(offset as usize)
    }
}

impl<'a> Report<'a> {
    /// Gathers the diagnostics of `projects`.
    #[must_use]
    pub fn new(projects: &'a [Checked]) -> Self {
        let mut items: Vec<(String, Item<'a>)> = Vec::new();
        let mut seen = HashSet::new();
        for project in projects {
            for diagnostic in &project.analysis.diagnostics {
                let path = project.path_of(diagnostic.span);
                let range = diagnostic.span.range();
                let key = (path, range, diagnostic.rule.name, &diagnostic.message);
                if seen.insert(key.clone()) {
                    let item = Item {
                        project,
                        diagnostic,
                    };
                    items.push((key.0, item));
                }
            }
        }
        // The sort is stable, so that the analysis decides about equal places.
        items.sort_by(|(a_path, a), (b_path, b)| {
            let start = |item: &Item<'_>| item.diagnostic.span.start;
            a_path.cmp(b_path).then_with(|| start(a).cmp(&start(b)))
        });
        Self {
            projects,
            items: items.into_iter().map(|(_, item)| item).collect(),
        }
    }

    /// How many diagnostics there are of each severity.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for item in &self.items {
            *match item.diagnostic.severity {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Advice => &mut counts.advice,
            } += 1;
        }
        counts
    }
}
