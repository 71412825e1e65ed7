//! The files that are open in the editor, as they are there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types as lsp;

use super::position::{Encoding, Lines};
use super::uri;
use crate::projects::{Buffers, is_project_file, is_yaml};
use crate::source;

/// A file that is open.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Its name as the client writes it; it may write it in another way than we would.
    pub(crate) uri: String,
    /// Its path. None for what is no file.
    pub(crate) path: Option<PathBuf>,
    pub(crate) version: i32,
    /// Whether it is a script even if no project reads it.
    is_script: bool,
    text: String,
}

impl Document {
    /// Whether it is a script, so that it is looked at even if no project reads it.
    pub(crate) fn is_script(&self) -> bool {
        self.is_script
    }
}

/// The files that are open.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    open: BTreeMap<String, Document>,
    buffers: Buffers,
}

impl Documents {
    /// What the files hold.
    pub(crate) fn buffers(&self) -> &Buffers {
        &self.buffers
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Document> {
        self.open.values()
    }

    pub(crate) fn get(&self, uri: &str) -> Option<&Document> {
        self.open.get(uri)
    }

    /// The open file at `path`.
    pub(crate) fn at(&self, path: &Path) -> Option<&Document> {
        self.iter().find(|it| it.path.as_deref() == Some(path))
    }

    /// Takes in a file that was opened; gives its path.
    pub(crate) fn open(&mut self, item: lsp::TextDocumentItem, folder: &Path) -> Option<PathBuf> {
        let uri = item.uri.0;
        let path = uri::path(&uri, folder);
        let language = item.language_id.to_string();
        let document = Document {
            is_script: path.as_deref().is_some_and(|it| is_script(it, &language)),
            uri: uri.clone(),
            path: path.clone(),
            version: item.version,
            text: item.text,
        };
        self.open.insert(uri, document);
        self.fill_buffers();
        path
    }

    /// Makes the changes of a file; gives its path.
    pub(crate) fn change(
        &mut self,
        params: lsp::DidChangeTextDocumentParams,
        encoding: Encoding,
    ) -> Option<PathBuf> {
        let id = params.text_document;
        let document = self.open.get_mut(&id.text_document_identifier.uri.0)?;
        document.version = id.version;
        for change in params.content_changes {
            match change {
                lsp::TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let lines = Lines::of(&document.text, encoding);
                    let start = lines.offset(&document.text, part.range.start);
                    let end = lines.offset(&document.text, part.range.end);
                    document
                        .text
                        .replace_range(start.min(end)..end.max(start), &part.text);
                }
                lsp::TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(
                    whole,
                ) => document.text = whole.text,
            }
        }
        let path = document.path.clone()?;
        self.buffers.insert(path.clone(), document.text.as_bytes());
        Some(path)
    }

    /// Forgets a file; gives its path.
    pub(crate) fn close(&mut self, uri: &str) -> Option<PathBuf> {
        let closed = self.open.remove(uri)?;
        self.fill_buffers();
        closed.path
    }

    /// Two names may mean one file, so nothing is taken away one by one.
    fn fill_buffers(&mut self) {
        self.buffers = Buffers::default();
        for document in self.open.values() {
            if let Some(path) = &document.path {
                self.buffers.insert(path.clone(), document.text.as_bytes());
            }
        }
    }
}

/// Whether the file means to be a script: by its name, or by what the client calls it.
fn is_script(path: &Path, language: &str) -> bool {
    let is_named = path.to_str().is_some_and(source::is_script);
    (is_named || language == "raftt") && !is_yaml(path) && !is_project_file(path)
}
