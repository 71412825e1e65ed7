//! Reads the project file.

use std::collections::HashMap;

use super::key::Mapping;
use super::keys::{DirectOptions, ProjectFile};
use super::reader::{At, Reader};
use super::rules::{
    duplicate_key, empty_project_file, empty_value, invalid_yaml, misplaced_key,
    setting_in_wrong_file, several_documents, unknown_key, wrong_value_type,
};
use super::{load, script_file};
use crate::diagnostic::{Diagnostic, Severity};
use crate::options::Options;
use crate::source::{FileId, SourceMap, Sources, Span};
use crate::yaml::{self, Budget, Entry, Kind, NodeId, Tree, Value};

/// How many duplicate keys of a file are told.
const MAX_DUPLICATES: usize = 100;

/// How many unknown keys are looked at for what they could mean elsewhere.
const MAX_LOOKED_AT: usize = 100;

/// How many values merge keys may bring into one file.
const MAX_MERGED: usize = 100_000;

/// Reads the project file that `options` names, unless they name a script that is
/// checked without one. None when there is no text that could be read.
pub(crate) fn read(
    sources: &dyn Sources,
    options: &Options,
    map: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ProjectFile> {
    if options.script.is_some() {
        return None;
    }
    let file = match load::load(sources, &options.project_file, map) {
        Ok(file) => file,
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            return None;
        }
    };
    let project_file = read_text(file, map, diagnostics);
    script_file::check(sources, map, &project_file, diagnostics);
    Some(project_file)
}

/// Reads a project file out of its text.
fn read_text(file: FileId, map: &SourceMap, diagnostics: &mut Vec<Diagnostic>) -> ProjectFile {
    let tree = parse(file, &map.file(file).text, diagnostics);
    let mut project_file = ProjectFile::new(file, tree.problems.is_empty(), Vec::new());
    let Some(document) = tree.documents.first() else {
        // A file of nothing but calls is told so already.
        if diagnostics.is_empty() {
            diagnostics.push(empty_project_file::diagnostic(Span::new(file, 0..0)));
        }
        project_file.is_complete = false;
        return project_file;
    };
    let others = &tree.documents[1..];
    if let Some(other) = others.iter().find(|it| !is_null(&tree, it.root)) {
        diagnostics.push(several_documents::diagnostic(other.start, document.start));
    } else if let Some(other) = others.first() {
        diagnostics.push(several_documents::nothing_follows(other.start));
    }
    report_duplicates(&tree, diagnostics);
    let mut reader = Reader {
        tree: &tree,
        map,
        diagnostics,
        budget: Budget::new(MAX_MERGED),
        is_complete: tree.problems.is_empty(),
        repeated: Vec::new(),
        unknown_keys_told: 0,
    };
    reader.read_root(&mut project_file, document.root);
    if reader.budget.is_exceeded() {
        let span = tree.span(document.root);
        reader.report(invalid_yaml::too_much_merged(span));
        reader.is_complete = false;
    }
    project_file.is_complete = reader.is_complete && reader.repeated.is_empty();
    project_file.repeated = reader.repeated;
    project_file
}

/// Parses the text and reports what is no YAML. Calls of the script that stand in
/// it are none either, but are told as what they are.
fn parse(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Tree {
    let mut tree = yaml::parse(file, text);
    let is_text = tree.documents.first().is_some_and(|document| {
        tree.scalar(document.root)
            .is_some_and(|it| it.value() != Value::Null)
    });
    if is_text || !tree.problems.is_empty() {
        let calls = setting_in_wrong_file::calls(text);
        if !calls.is_empty() {
            let spans = calls.iter().map(|call| Span::new(file, call.clone()));
            diagnostics.extend(spans.map(|span| setting_in_wrong_file::call(text, span)));
            tree = yaml::parse(file, &setting_in_wrong_file::without(text, &calls));
        }
    }
    diagnostics.extend(tree.problems.iter().map(invalid_yaml::diagnostic));
    tree
}

/// Whether nothing, or `null`, stands at `node`.
fn is_null(tree: &Tree, node: NodeId) -> bool {
    let scalar = tree.scalar(node);
    scalar.is_some_and(|it| it.value() == Value::Null)
}

/// Reports keys that a mapping has twice.
fn report_duplicates(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) {
    let mut left = MAX_DUPLICATES;
    for (_, pairs) in tree.mappings() {
        let mut first: HashMap<&str, Span> = HashMap::with_capacity(pairs.len());
        for pair in pairs {
            let Some(name) = tree.name(pair.key).filter(|_| !tree.is_alias(pair.key)) else {
                continue;
            };
            let span = tree.span(pair.key);
            if let Some(first) = first.get(name) {
                let holds_keys = matches!(tree.kind(pair.value), Kind::Mapping(_));
                let diagnostic = duplicate_key::diagnostic(name, span, *first, holds_keys);
                diagnostics.push(diagnostic);
                left -= 1;
                if left == 0 {
                    return;
                }
            } else {
                first.insert(name, span);
            }
        }
    }
}

impl Reader<'_> {
    fn read_root(&mut self, project_file: &mut ProjectFile, root: NodeId) {
        match self.tree.kind(root) {
            Kind::Mapping(_) => self.read_keys(project_file, root),
            Kind::Scalar(scalar) if scalar.value() == Value::Null => {
                // Comments alone, or `---`: as empty as no text at all, unless what
                // stood there was reported already.
                if self.is_complete && self.diagnostics.is_empty() {
                    let span = self.tree.span(root);
                    self.report(empty_project_file::diagnostic(span));
                }
                self.is_complete = false;
            }
            _ => {
                let diagnostic = wrong_value_type::not_a_project_file(self, root);
                self.report_unread(diagnostic);
            }
        }
    }

    fn read_keys(&mut self, project_file: &mut ProjectFile, root: NodeId) {
        let filled = self.fill(project_file, root);
        let (misplaced, unknown): (Vec<_>, Vec<_>) = filled
            .unknown
            .into_iter()
            .partition(|entry| self.direct_option(entry).is_some());
        let direct_options = self.pair(root, "directOptions");
        if !misplaced.is_empty() {
            misplaced_key::direct_options(self, root, direct_options, &misplaced);
            self.adopt(project_file, &misplaced);
        } else if let Some(entry) = direct_options {
            // What is empty because its keys stand elsewhere, misspelt, is told by them.
            let names = unknown.iter().take(MAX_LOOKED_AT);
            let mut names = names.filter_map(|it| self.tree.name(it.key));
            if !names.any(unknown_key::is_meant_below) {
                self.report_if_empty(entry);
            }
        }
        unknown_key::report::<ProjectFile>(self, &filled.known, &unknown);
    }

    /// Reads options of the controller that stand at the top level as if they stood
    /// where they belong: what is wrong with their values is worth knowing as well.
    fn adopt(&mut self, project_file: &mut ProjectFile, misplaced: &[Entry]) {
        for entry in misplaced {
            let key = self.tree.span(entry.key);
            let options = &mut project_file.direct_options;
            let options = options.get_or_insert_with(|| DirectOptions::new(key));
            if let Some(index) = self.direct_option(entry) {
                let node = entry.value;
                options.set(index, self, At { key, node });
            }
        }
    }

    /// The last entry of `mapping` whose key is `name` in any case.
    fn pair(&mut self, mapping: NodeId, name: &str) -> Option<Entry> {
        let entries = self.tree.entries(mapping, &mut self.budget);
        let mut entries = entries.into_iter().rev();
        let is_named = |entry: &Entry| {
            let key = self.tree.name(entry.key);
            key.is_some_and(|key| key.eq_ignore_ascii_case(name))
        };
        entries.find(is_named)
    }

    /// Which option of the controller the key of `entry` is.
    fn direct_option(&self, entry: &Entry) -> Option<usize> {
        let name = self.tree.name(entry.key)?;
        let mut keys = DirectOptions::KEYS.iter();
        keys.position(|key| key.name.eq_ignore_ascii_case(name))
    }

    fn report_if_empty(&mut self, entry: Entry) {
        let is_null = is_null(self.tree, entry.value);
        let key = self.tree.span(entry.key);
        if is_null && !self.is_unread(key) {
            let known = ProjectFile::KEYS
                .iter()
                .find(|it| it.name == "directOptions");
            if let Some(known) = known {
                let diagnostic = empty_value::missing(known, key).severity(Severity::Warning);
                self.report(diagnostic);
            }
        }
    }
}
