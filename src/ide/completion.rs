//! What can be written at a place.

mod members;
mod names;
mod paths;
mod project;
mod strings;
mod values;

use std::ops::Range;

use super::infer::Inference;
use super::syntax::TokenKind;
use super::{Language, View};

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is shown, and what the letters that are there are compared with.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A type, a signature, a few words.
    pub detail: Option<String>,
    /// What it means, in Markdown.
    pub documentation: Option<String>,
    /// The text that it takes the place of, in bytes. It holds the place that was
    /// asked for, and is empty where nothing is written yet.
    pub replaces: Range<usize>,
    /// The text to write, with its own indentation where it has several lines.
    pub text: String,
    /// Whether something else should be used.
    pub is_deprecated: bool,
    /// Which come first: those with a lower one.
    pub rank: u8,
}

/// What a [`Completion`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompletionKind {
    /// A function.
    Function,
    /// A method of an object.
    Method,
    /// Makes an object of the Kubernetes API.
    Constructor,
    /// A variable or parameter of the script.
    Variable,
    /// `True`, `False`, `None`, and names that the script binds once, in capitals.
    Constant,
    /// An object that every script has, or a module.
    Module,
    /// The name of an argument.
    Argument,
    /// An attribute of an object.
    Attribute,
    /// One of a few values.
    Value,
    /// The name of something that exists: a workload, a secret, an image's registry.
    Name,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A key of a project file.
    Key,
    /// A word of the language.
    Keyword,
}

/// What can be written at `offset` in the file at `path`, the best first. What is
/// there already does not narrow it: the editor does that.
#[must_use]
pub fn completion(view: &View<'_>, path: &str, offset: usize) -> Vec<Completion> {
    let found = match view.language(path) {
        Some(Language::ProjectFile) => project::complete(view, path, offset),
        Some(Language::Script) => view.with_script(path, |script| {
            let offset = script.tree.text.floor_char_boundary(offset);
            Some(in_script(&Inference::new(*view, script), offset))
        }),
        None => None,
    };
    let mut found = found.unwrap_or_default();
    found.sort_by(|a, b| {
        (a.rank, a.is_deprecated, &a.label).cmp(&(b.rank, b.is_deprecated, &b.label))
    });
    found
}

fn in_script(inference: &Inference<'_, '_>, offset: usize) -> Vec<Completion> {
    let tree = &inference.script.tree;
    if tree.is_comment(offset) {
        return Vec::new();
    }
    let word = match tree.token_at(offset) {
        Some(token) if token.kind == TokenKind::String => {
            return strings::complete(inference, token.range(), offset);
        }
        Some(token) if token.kind == TokenKind::Number => return Vec::new(),
        Some(token) if token.kind == TokenKind::Name => token.range(),
        _ => offset..offset,
    };
    // Directly before a word, that word is meant.
    let dot = tree
        .token_before(word.start)
        .filter(|it| tree.written(&it.range()) == ".");
    match dot {
        Some(dot) => members::complete(inference, dot, word),
        None => names::complete(inference, word, offset),
    }
}

impl Completion {
    fn new(label: impl Into<String>, kind: CompletionKind, replaces: Range<usize>) -> Self {
        let label = label.into();
        Self {
            text: label.clone(),
            label,
            kind,
            detail: None,
            documentation: None,
            replaces,
            is_deprecated: false,
            rank: 1,
        }
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into()).filter(|it| !it.is_empty());
        self
    }

    fn documentation(mut self, documentation: impl Into<String>) -> Self {
        self.documentation = Some(documentation.into()).filter(|it| !it.is_empty());
        self
    }

    fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    fn deprecated(mut self, is_deprecated: bool) -> Self {
        self.is_deprecated = is_deprecated;
        self
    }

    fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }
}
