//! What the client tells: what its user does with files, folders and settings.

use std::path::{Path, PathBuf};
use std::thread;

use gen_lsp_types as lsp;
use lsp_server::Notification;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::server::{LoadedSnapshot, Server};
use super::settings::Settings;
use super::uri;
use crate::options::Options;
use crate::projects::{Unusable, absolute, read_snapshot};

impl Server {
    pub(super) fn notice(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        // Those that begin so are about requests.
        self.is_changed |= !method.starts_with("$/");
        // Whatever cannot be read is passed over: a notification has no answer.
        match method.as_str() {
            "initialized" => self.is_initialized = true,
            "textDocument/didOpen" => {
                if let Some(lsp::DidOpenTextDocumentParams { text_document }) = read(params) {
                    let folder = self.folder().to_owned();
                    let path = self.documents.open(text_document, &folder);
                    self.touch(path);
                }
            }
            "textDocument/didChange" => {
                if let Some(params) = read(params) {
                    let path = self.documents.change(params, self.client.encoding);
                    self.touch(path);
                }
            }
            "textDocument/didClose" => {
                if let Some(lsp::DidCloseTextDocumentParams { text_document }) = read(params) {
                    let path = self.documents.close(&text_document.uri.0);
                    self.pulled.remove(&text_document.uri.0);
                    self.touch(path);
                }
            }
            "textDocument/didSave" => {
                if let Some(lsp::DidSaveTextDocumentParams { text_document, .. }) = read(params) {
                    // For clients that watch nothing: what is beside the file is
                    // looked at anew, too.
                    let path = uri::path(&text_document.uri.0, self.folder());
                    self.touch(path.filter(|_| !self.client.watches));
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Some(lsp::DidChangeWatchedFilesParams { changes }) = read(params) {
                    for change in changes {
                        self.file_changed(&change.uri.0);
                    }
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                if let Some(lsp::DidChangeWorkspaceFoldersParams { event }) = read(params) {
                    self.change_folders(event);
                }
            }
            "workspace/didChangeConfiguration" => {
                let given = params.pointer("/settings/raftt");
                if let Some(given) = given.filter(|it| !it.is_null()) {
                    self.set(given);
                }
            }
            "$/cancelRequest" => self.cancel(&params),
            _ => {}
        }
    }

    fn touch(&mut self, path: Option<PathBuf>) {
        if let Some(path) = path {
            self.workspace.touch(&path);
        }
    }

    fn file_changed(&mut self, uri: &str) {
        let Some(path) = uri::path(uri, self.folder()) else {
            return;
        };
        let folder = self.folder().to_owned();
        let mut snapshot = self.settings.snapshot.iter();
        if snapshot.any(|it| path.starts_with(absolute(&folder, it))) {
            self.load_snapshot();
        }
        self.workspace.touch(&path);
    }

    fn change_folders(&mut self, event: lsp::WorkspaceFoldersChangeEvent) {
        let path = |it: &lsp::WorkspaceFolder| uri::path(&it.uri.0, Path::new(""));
        let removed: Vec<_> = event.removed.iter().filter_map(path).collect();
        self.folders.retain(|it| !removed.contains(it));
        self.folders.extend(event.added.iter().filter_map(path));
        // A script's paths may count from another folder now, and a snapshot's.
        if self.settings.snapshot.is_empty() {
            self.workspace.touch_all();
        } else {
            self.load_snapshot();
        }
    }

    pub(super) fn set(&mut self, given: &Value) {
        let (settings, problems) = Settings::read(given);
        for problem in problems {
            self.show(lsp::MessageType::Warning, &problem);
        }
        if settings != self.settings || self.options.is_none() {
            self.settings = settings;
            self.load_snapshot();
        }
    }

    /// Reads the snapshot anew. It may be large, and on a slow disk.
    fn load_snapshot(&mut self) {
        self.loading += 1;
        if self.settings.snapshot.is_empty() {
            self.accept_snapshot(Ok(None));
            return;
        }
        let (settings, folder) = (self.settings.clone(), self.folder().to_owned());
        let sender = self.snapshots.0.clone();
        thread::spawn(move || {
            let namespace = settings.namespace.as_deref();
            let snapshot = read_snapshot(&settings.snapshot, namespace, &folder);
            let _ = sender.send(snapshot);
        });
    }

    pub(super) fn accept_snapshot(&mut self, snapshot: LoadedSnapshot) {
        self.is_changed = true;
        self.loading -= 1;
        if self.loading > 0 {
            return;
        }
        let snapshot = snapshot.unwrap_or_else(|problem| {
            let (Unusable::Wrong(message) | Unusable::Unreadable(message)) = problem;
            self.show(lsp::MessageType::Error, &message);
            None
        });
        self.options = Some(Options {
            values: self.settings.values.clone(),
            snapshot,
            ..Options::default()
        });
        self.workspace.touch_all();
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}
