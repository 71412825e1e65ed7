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
mod plain;
mod rdjson;
mod sarif;
pub(crate) mod text;
mod xml;

use std::collections::HashSet;

use crate::analyze::Analysis;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Position, Span};
use crate::suppress::Suppressed;

pub use checkstyle::checkstyle;
pub use concise::concise;
#[cfg(feature = "cli")]
pub use full::{Terminal, full};
pub use github::github;
pub use gitlab::gitlab;
pub use json::json;
pub use json_lines::json_lines;
pub use junit::junit;
pub use plain::plain;
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
    /// What comments silence, in the same order.
    pub suppressed: Vec<(Item<'a>, &'a Suppressed)>,
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
        let reported = projects.iter().flat_map(|project| {
            let all = project.analysis.diagnostics.iter();
            all.map(move |diagnostic| Item {
                project,
                diagnostic,
            })
        });
        let suppressed = projects.iter().flat_map(|project| {
            let all = project.analysis.suppressed.iter();
            all.map(move |it| {
                let diagnostic = &it.diagnostic;
                let item = Item {
                    project,
                    diagnostic,
                };
                (item, it)
            })
        });
        Self {
            projects,
            items: in_order(reported, |it| it),
            suppressed: in_order(suppressed, |it| &it.0),
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

/// The diagnostics by path and place, each once even if two projects share a file.
fn in_order<'a, T>(all: impl Iterator<Item = T>, item: impl Fn(&T) -> &Item<'a>) -> Vec<T> {
    let mut seen = HashSet::new();
    let mut found: Vec<(String, T)> = Vec::new();
    for one in all {
        let Item {
            project,
            diagnostic,
        } = item(&one);
        let path = project.path_of(diagnostic.span);
        let range = diagnostic.span.range();
        if seen.insert((
            path.clone(),
            range,
            diagnostic.rule.name,
            &diagnostic.message,
        )) {
            found.push((path, one));
        }
    }
    // The sort is stable, so that the analysis decides about equal places.
    found.sort_by(|(a_path, a), (b_path, b)| {
        let start = |it: &T| item(it).diagnostic.span.start;
        a_path.cmp(b_path).then_with(|| start(a).cmp(&start(b)))
    });
    found.into_iter().map(|(_, it)| it).collect()
}
