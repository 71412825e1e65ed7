//! What an editor asks while a script or a project file is written.
//!
//! Functions of an [`Analysis`], the project's files and a place in one of them.
//! They know no protocol: a place is a path and bytes, and the text at hand is what
//! the sources hold now, which may be younger than the analysis. A file that cannot
//! be parsed is the normal state of one that is being written, so everything
//! here stands on trees that take any text.

mod callable;
mod code_actions;
mod completion;
mod context;
mod definition;
mod folding;
mod hover;
mod infer;
mod links;
mod loaded;
mod member;
mod project;
mod references;
mod rename;
mod scope;
mod script;
mod signature_help;
mod starlark;
mod symbols;
mod syntax;
mod target;

use std::ops::Range;
use std::path::Path;

use crate::analyze::Analysis;
use crate::options::Options;
use crate::projects::is_project_file;
use crate::source::{Sources, is_script};

pub use code_actions::{CodeAction, CodeActionKind, code_actions, fix_all};
pub use completion::{Completion, CompletionKind, completion};
pub use definition::{Definition, definition};
pub use folding::{Fold, FoldKind, folding};
pub use hover::{Hover, hover};
pub use links::{Link, links};
pub use references::references;
pub use rename::{RenameError, prepare_rename, rename};
pub use signature_help::{SignatureHelp, SignatureParameter, signature_help};
pub use symbols::{Symbol, SymbolKind, symbols};

/// What is known of a project, and its files as they are now.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// What the last analysis found out. Its texts may be older than `sources`.
    pub analysis: &'a Analysis,
    /// What the analysis was asked for.
    pub options: &'a Options,
    /// The project's files, with the editor's own texts in place of what is on disk.
    pub sources: &'a dyn Sources,
}

/// A place in a file of the project.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    /// The path from the project's root.
    pub path: String,
    /// The place, in bytes.
    pub range: Range<usize>,
}

/// A replacement of one range of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// The bytes to replace; empty to insert.
    pub range: Range<usize>,
    /// The new text.
    pub text: String,
}

/// Changes of one file, which do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdits {
    /// The path from the project's root.
    pub path: String,
    /// The changes.
    pub edits: Vec<TextEdit>,
}

/// The languages that files are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Script,
    ProjectFile,
}

impl View<'_> {
    /// The language of the file at `path`; none for what is neither a script nor the
    /// project file.
    fn language(&self, path: &str) -> Option<Language> {
        if path == self.options.project_file || is_project_file(Path::new(path)) {
            return Some(Language::ProjectFile);
        }
        is_script(path).then_some(Language::Script)
    }

    /// The text of the file at `path`, if it is one.
    fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.sources.read(path).ok()?).ok()
    }
}

/// A doc comment without the blank before each line.
fn prose(documentation: &str) -> String {
    crate::script::unindented(documentation)
}
