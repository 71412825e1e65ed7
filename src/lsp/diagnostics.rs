//! Diagnostics as the protocol has them.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types as lsp;

use super::position::{Encoding, Lines};
use super::uri;
use crate::analyze::Analysis;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::Tag;
use crate::settings::Wrong;
use crate::source::{FileId, SourceMap, Span};

/// How places and texts are written for a client.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) encoding: Encoding,
    /// Whether it shows places that explain a diagnostic. For one that does not,
    /// they become words.
    pub(crate) shows_related: bool,
    pub(crate) shows_tags: bool,
    pub(crate) shows_links: bool,
    /// Where the paths of a snapshot count from.
    pub(crate) folder: PathBuf,
    /// How the client names the files that are open.
    pub(crate) names: Arc<BTreeMap<PathBuf, String>>,
}

#[cfg(test)]
impl Default for View {
    fn default() -> Self {
        Self {
            encoding: Encoding::Utf8,
            shows_related: true,
            shows_tags: true,
            shows_links: true,
            folder: "/".into(),
            names: Arc::default(),
        }
    }
}

impl View {
    /// How the client names the file at `path`.
    pub(crate) fn uri(&self, path: &Path) -> lsp::Uri {
        let known = self.names.get(path).cloned();
        known.unwrap_or_else(|| uri::of(path)).into()
    }
}

/// What `analysis` of the project at `root` has to say, by whole path.
pub(crate) fn diagnostics(
    analysis: &Analysis,
    root: &Path,
    view: &View,
) -> BTreeMap<PathBuf, Vec<lsp::Diagnostic>> {
    let mut places = Places::new(&analysis.sources, root, view);
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for diagnostic in &analysis.diagnostics {
        let path = places.path(diagnostic.span.file);
        let shown = diagnostic_of(diagnostic, &mut places);
        let of_file = all.entry(path).or_default();
        // A file may have been read twice.
        if !of_file.contains(&shown) {
            of_file.push(shown);
        }
    }
    all
}

/// What is wrong with a settings file.
pub(crate) fn of_settings(wrong: &Wrong, encoding: Encoding) -> lsp::Diagnostic {
    let text = &wrong.file.text;
    let range = wrong.range.clone().unwrap_or_default();
    lsp::Diagnostic {
        range: Lines::of(text, encoding).range(text, range),
        severity: Some(lsp::DiagnosticSeverity::Error),
        source: Some("raftt".to_owned()),
        message: wrong.message.clone().into(),
        ..lsp::Diagnostic::default()
    }
}

/// A diagnostic of an analysis that read `sources`, of the project at `root`.
pub(crate) fn diagnostic(
    diagnostic: &Diagnostic,
    sources: &SourceMap,
    root: &Path,
    view: &View,
) -> lsp::Diagnostic {
    diagnostic_of(diagnostic, &mut Places::new(sources, root, view))
}

fn diagnostic_of(diagnostic: &Diagnostic, places: &mut Places<'_>) -> lsp::Diagnostic {
    let view = places.view;
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    let related = related(diagnostic);
    if !view.shows_related {
        for (span, words) in &related {
            message.push_str(&format!("\nnote: {words} ({})", places.shown(*span)));
        }
    }
    let related_information = view.shows_related.then(|| {
        let related = related.into_iter();
        let related = related.map(|(span, message)| lsp::DiagnosticRelatedInformation {
            location: places.location(span),
            message,
        });
        related.collect::<Vec<_>>()
    });
    let rule = diagnostic.rule;
    lsp::Diagnostic {
        range: places.range(diagnostic.span),
        severity: Some(match diagnostic.severity {
            Severity::Error => lsp::DiagnosticSeverity::Error,
            Severity::Warning => lsp::DiagnosticSeverity::Warning,
            Severity::Advice => lsp::DiagnosticSeverity::Information,
        }),
        code: Some(rule.name.to_owned().into()),
        code_description: view.shows_links.then(|| lsp::CodeDescription {
            href: rule.url().into(),
        }),
        source: Some("raftt".to_owned()),
        message: message.into(),
        tags: rule.tag.filter(|_| view.shows_tags).map(|tag| {
            vec![match tag {
                Tag::Unnecessary => lsp::DiagnosticTag::Unnecessary,
                Tag::Deprecated => lsp::DiagnosticTag::Deprecated,
            }]
        }),
        related_information: related_information.filter(|it| !it.is_empty()),
        data: None,
    }
}

/// The places that explain a diagnostic, with what they have to do with it.
fn related(diagnostic: &Diagnostic) -> Vec<(Span, String)> {
    let own = diagnostic.label.iter();
    let own = own.map(|label| (diagnostic.span, label.clone()));
    let others = diagnostic.labels.iter();
    let others = others.map(|it| (it.span, it.message.clone()));
    let calls = diagnostic.trace.iter();
    let calls = calls.map(|it| (it.span, format!("`{}` is called here", it.function)));
    own.chain(others).chain(calls).collect()
}

/// Places of an analysis, for a client.
struct Places<'a> {
    sources: &'a SourceMap,
    root: &'a Path,
    view: &'a View,
    lines: HashMap<FileId, Lines>,
}

impl<'a> Places<'a> {
    fn new(sources: &'a SourceMap, root: &'a Path, view: &'a View) -> Self {
        Self {
            sources,
            root,
            view,
            lines: HashMap::new(),
        }
    }

    /// The whole path of a file.
    fn path(&self, file: FileId) -> PathBuf {
        let file = self.sources.file(file);
        let folder = match file.given {
            Some(_) => &self.view.folder,
            None => self.root,
        };
        folder.join(&file.path)
    }

    fn location(&mut self, span: Span) -> lsp::Location {
        lsp::Location {
            uri: self.view.uri(&self.path(span.file)),
            range: self.range(span),
        }
    }

    fn range(&mut self, span: Span) -> lsp::Range {
        let text = &self.sources.file(span.file).text;
        let encoding = self.view.encoding;
        let lines = self.lines.entry(span.file);
        let lines = lines.or_insert_with(|| Lines::of(text, encoding));
        let mut range = lines.range(text, span.range());
        // An editor shows a file without its byte order mark.
        if text.starts_with('\u{feff}') && !self.view.names.contains_key(&self.path(span.file)) {
            let mark = match encoding {
                Encoding::Utf8 => 3,
                Encoding::Utf16 => 1,
            };
            for place in [&mut range.start, &mut range.end] {
                if place.line == 0 {
                    place.character = place.character.saturating_sub(mark);
                }
            }
        }
        range
    }

    /// A place as words.
    fn shown(&self, span: Span) -> String {
        let file = self.sources.file(span.file);
        let line = file.position(span.start as usize).line;
        format!("{}:{line}", file.path)
    }
}
