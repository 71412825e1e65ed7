//! What the client is told without asking.

use std::path::{Path, PathBuf};

use gen_lsp_types as lsp;
use serde_json::Value;

use super::answers::result_id;
use super::server::Server;
use super::watch;
use crate::projects::absolute;

/// The id of the registration of watched files; a number follows.
const WATCH: &str = "raftt-watch-";

impl Server {
    /// Sends what is there to say about files of which it is another than before. Of an
    /// open file the client hears in any case, so that it knows of one without mistakes.
    pub(super) fn publish(&mut self) {
        let mut current = self.workspace.diagnostics(&self.documents);
        for path in self.documents.iter().filter_map(|it| it.path.clone()) {
            current.entry(path).or_default();
        }
        let view = self.view();
        let mut published = std::mem::take(&mut self.published);
        let tell = |path: &Path, uri: lsp::Uri, diagnostics: Vec<lsp::Diagnostic>| {
            let params = lsp::PublishDiagnosticsParams {
                uri,
                version: self.documents.at(path).map(|it| it.version),
                diagnostics,
            };
            self.tell("textDocument/publishDiagnostics", params);
        };
        let mut gone = Vec::new();
        for (path, (uri, _)) in &published {
            // Opened or closed, a file may go by another name.
            let is_gone = match current.get(path) {
                Some(_) => *uri != view.uri(path),
                None => self.workspace.knows(path),
            };
            if is_gone {
                gone.push(path.clone());
            }
        }
        for path in gone {
            if let Some((uri, shown)) = published.remove(&path)
                && !shown.is_empty()
            {
                tell(&path, uri, Vec::new());
            }
        }
        for (path, found) in current {
            let shown = published.get(&path).map(|it| &it.1);
            if self.workspace.knows(&path) && shown != Some(&found) {
                let uri = view.uri(&path);
                tell(&path, uri.clone(), found.clone());
                published.insert(path, (uri, found));
            }
        }
        self.published = published;
    }

    /// Has a client that asks for diagnostics ask again, where what it shows of a file
    /// became wrong without the file being edited.
    pub(super) fn refresh(&mut self) {
        if !self.client.pulls || !self.client.refreshes || self.pulled.is_empty() {
            return;
        }
        let all = self.workspace.diagnostics(&self.documents);
        let none = Vec::new();
        let mut outdated = Vec::new();
        for (uri, (version, id)) in &self.pulled {
            let Some(document) = self.documents.get(uri) else {
                continue;
            };
            let Some(path) = &document.path else {
                continue;
            };
            let found = all.get(path).unwrap_or(&none);
            if document.version == *version && self.workspace.knows(path) && result_id(found) != *id
            {
                outdated.push(uri.clone());
            }
        }
        if outdated.is_empty() {
            return;
        }
        // Told once; when it asks, it is known again what it shows.
        for uri in outdated {
            self.pulled.remove(&uri);
        }
        self.request("workspace/diagnostic/refresh", Value::Null);
    }

    /// Has the client watch what matters now.
    pub(super) fn watch(&mut self) {
        if !self.client.watches || !self.is_initialized {
            return;
        }
        let (files, mut folders) = self.workspace.dependencies();
        let mut files: Vec<PathBuf> = files.into_iter().collect();
        // A snapshot may be a file or a folder.
        for path in &self.settings.snapshot {
            let path = absolute(self.folder(), path);
            files.push(path.clone());
            folders.insert(path);
        }
        let patterns = watch::patterns(&files, &folders);
        let (before, count) = &self.watched;
        // Less is no reason to tell: files come and go while somebody types.
        if patterns.is_subset(before) {
            return;
        }
        let count = *count;
        let registration = lsp::Registration {
            id: format!("{WATCH}{count}"),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(lsp::DidChangeWatchedFilesRegistrationOptions {
                watchers: patterns
                    .iter()
                    .map(|it| lsp::FileSystemWatcher::new(it.clone().into(), None))
                    .collect(),
            })
            .ok(),
        };
        let registrations = vec![registration];
        self.request(
            "client/registerCapability",
            lsp::RegistrationParams { registrations },
        );
        if let Some(last) = count.checked_sub(1) {
            let unregistration = lsp::Unregistration {
                id: format!("{WATCH}{last}"),
                method: "workspace/didChangeWatchedFiles".to_owned(),
            };
            self.request(
                "client/unregisterCapability",
                lsp::UnregistrationParams {
                    unregisterations: vec![unregistration],
                },
            );
        }
        self.watched = (patterns, count + 1);
    }
}
