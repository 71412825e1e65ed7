//! From a tree to the values of known keys.

use std::collections::{HashMap, HashSet};

use super::key::{Key, Mapping, Status, Unknown};
use super::rules::{
    duplicate_key, empty_value, key_in_other_case, legacy_key, unknown_key, wrong_value_type,
};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Located, SourceMap, Span};
use crate::yaml::{Budget, Entry as Pair, Kind, NodeId, Tree, Value};

/// How many diagnostics reading a file gives.
const MAX_DIAGNOSTICS: usize = 500;

/// What reading needs, and what it finds.
pub(crate) struct Reader<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) map: &'a SourceMap,
    pub(crate) diagnostics: &'a mut Vec<Diagnostic>,
    /// Bounds what merge keys bring.
    pub(crate) budget: Budget,
    /// Whether nothing had to be left out.
    pub(crate) is_complete: bool,
    /// Settings that are given more than once, where they are given again.
    pub(crate) repeated: Vec<Located<String>>,
    pub(crate) unknown_keys_told: usize,
}

/// A key and the node of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    pub(crate) key: Span,
    pub(crate) node: NodeId,
}

/// The entries of a mapping that was read.
#[derive(Debug)]
pub(crate) struct Filled {
    /// The names of the known keys that it has.
    pub(crate) known: Vec<&'static str>,
    /// The entries with other keys.
    pub(crate) unknown: Vec<Pair>,
}

impl Reader<'_> {
    /// Fills `target` from the mapping `node`, and gives the entries whose keys it
    /// does not know, with those that it has.
    pub(crate) fn fill<T: Mapping>(&mut self, target: &mut T, node: NodeId) -> Filled {
        let tree = self.tree;
        let (known, unknown) = self.known_entries::<T>(node);
        let mut seen: HashMap<usize, NodeId> = HashMap::new();
        let mut names = HashSet::new();
        for (at, (index, entry)) in known.iter().enumerate() {
            let (index, entry) = (*index, *entry);
            let key = &T::KEYS[index];
            let name = tree.name(entry.key).unwrap_or_default();
            let span = tree.span(entry.key);
            let first = seen.get(&index).copied();
            if first.is_some() && entry.is_merged {
                // The mapping's own key counts, in whatever case.
                continue;
            }
            seen.entry(index).or_insert(entry.key);
            if let Some(first) = first {
                self.repeat::<T>(key, span);
                // The same spelling twice is found for all mappings of the file at once.
                let (first_name, first) = (tree.name(first).unwrap_or_default(), tree.span(first));
                if !names.contains(name) {
                    let first = Located::new(first_name, first);
                    self.report(duplicate_key::in_other_case(name, span, first));
                }
            } else if name != key.name && !entry.is_merged {
                let mut others = known[at + 1..].iter();
                // Beside another spelling, what is wrong is that there are two.
                if others.all(|(other, it)| *other != index || it.is_merged) {
                    self.report(key_in_other_case::diagnostic(self.map, key, name, span));
                }
            }
            names.insert(name);
            if let Some(instead) = key.status.replacement()
                && let Some(diagnostic) = legacy_key::diagnostic::<T>(key, instead, span)
            {
                self.report(diagnostic);
            }
            let node = entry.value;
            target.set(index, self, At { key: span, node });
        }
        Filled {
            known: seen.into_keys().map(|index| T::KEYS[index].name).collect(),
            unknown,
        }
    }

    /// The entries of the mapping `node` with keys of `T`, each with the key's
    /// number, and the others.
    fn known_entries<T: Mapping>(&mut self, node: NodeId) -> (Vec<(usize, Pair)>, Vec<Pair>) {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for entry in self.tree.entries(node, &mut self.budget) {
            let name = self.tree.name(entry.key).unwrap_or_default();
            let mut keys = T::KEYS.iter();
            match keys.position(|key| key.name.eq_ignore_ascii_case(name)) {
                Some(index) => known.push((index, entry)),
                None => unknown.push(entry),
            }
        }
        (known, unknown)
    }

    /// Notes that `key` is given again at `span`, if the plan depends on it.
    fn repeat<T: Mapping>(&mut self, key: &Key, span: Span) {
        let is_setting = T::UNKNOWN == Unknown::Error || T::PATH.is_empty();
        let is_setting = is_setting && key.status == Status::Current && key.name != "secrets";
        if is_setting && self.repeated.iter().all(|it| it.value != key.name) {
            self.repeated.push(Located::new(key.name.to_owned(), span));
        }
    }

    /// Fills `target` and reports the keys that it does not know.
    pub(super) fn fill_all<T: Mapping>(&mut self, target: &mut T, node: NodeId) {
        let filled = self.fill(target, node);
        unknown_key::report::<T>(self, &filled.known, &filled.unknown);
    }

    /// Reports `diagnostic`, unless so much was reported that nobody reads on.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports what leaves a value unread.
    pub(crate) fn report_unread(&mut self, diagnostic: Diagnostic) {
        self.is_complete = false;
        self.report(diagnostic);
    }

    /// Whether the value at `at` is there. One that is not is reported, unless a
    /// syntax error swallowed it.
    pub(super) fn is_given(&mut self, key: &'static Key, at: At, severity: Severity) -> bool {
        let is_null = match self.tree.kind(at.node) {
            Kind::Scalar(scalar) => scalar.value() == Value::Null,
            Kind::Unresolved => {
                self.is_complete = false;
                return false;
            }
            _ => return true,
        };
        if is_null {
            self.is_complete = false;
            if !self.is_unread(at.key) {
                let diagnostic = empty_value::missing(key, at.key);
                self.report(diagnostic.severity(severity));
            }
        }
        !is_null
    }

    /// Whether a syntax error swallowed the value of `key`.
    pub(crate) fn is_unread(&self, key: Span) -> bool {
        let text = &self.map.file(key.file).text;
        self.tree.is_unread_behind(key, text)
    }

    /// The text of a node that must be one.
    pub(super) fn text(&mut self, key: &'static Key, at: At) -> Option<String> {
        if !self.is_given(key, at, severity_of(key)) {
            return None;
        }
        let span = self.tree.span(at.node);
        match self.tree.scalar(at.node).map(|it| (it, it.value())) {
            Some((_, Value::Text(text))) if text.trim().is_empty() => {
                let diagnostic = empty_value::blank(key, span).severity(severity_of(key));
                self.report_unread(diagnostic);
                None
            }
            // A block ends with a line break that nobody means.
            Some((_, Value::Text(text))) => Some(text.trim_end_matches('\n').to_owned()),
            Some((scalar, _)) => {
                self.report(wrong_value_type::not_quoted(key, span, &scalar.text));
                Some(scalar.text.to_string())
            }
            None => {
                let (diagnostic, meant) = wrong_value_type::not_text(self, key, at.node);
                self.report(diagnostic);
                self.is_complete &= meant.is_some();
                meant
            }
        }
    }

    /// The nodes of a list.
    pub(super) fn items(&mut self, key: &'static Key, at: At) -> Vec<NodeId> {
        if !self.is_given(key, at, Severity::Warning) {
            return Vec::new();
        }
        match self.tree.kind(at.node) {
            Kind::Sequence(items) => items.clone(),
            _ => {
                let found = wrong_value_type::not_a_list(self, key, at);
                self.report_unread(found);
                Vec::new()
            }
        }
    }

    /// Whether the value at `at` is a mapping; what else it is, is reported.
    pub(super) fn is_mapping(&mut self, key: &'static Key, at: At) -> bool {
        if !self.is_given(key, at, Severity::Warning) {
            return false;
        }
        let is_mapping = matches!(self.tree.kind(at.node), Kind::Mapping(_));
        if !is_mapping {
            let found = wrong_value_type::not_a_mapping(self, key.name, at.node);
            self.report_unread(found);
        }
        is_mapping
    }
}

/// How bad it is that a key has no value: what only legacy files have is not worth an error.
pub(super) fn severity_of(key: &Key) -> Severity {
    match key.status.replacement() {
        Some(_) => Severity::Warning,
        None => Severity::Error,
    }
}

/// Whether every key that `T` does not know is a mistake.
pub(crate) fn is_closed<T: Mapping>() -> bool {
    T::UNKNOWN != Unknown::Accepted
}
