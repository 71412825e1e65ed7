//! The language server.
//!
//! Sessions are files, `testdata/lsp/*.txt`. A file begins with the files of a folder,
//! each below a line `--- PATH`. Then comes what the client does, each on a line that
//! begins with `>`; below it stands what the server sends until everything is known:
//!
//! ```text
//! > start push                        initialize, as a client that is sent diagnostics
//! > start pull                        … as one that asks for them
//! > open env.raftt                    as it is on disk
//! > open env.raftt "text"
//! > change env.raftt 0:0-0:6 "deploy" places as the protocol counts them
//! > close env.raftt
//! > write raftt.yml "text"            on disk; the client has watched it
//! > delete raftt.yml
//! > textDocument/diagnostic {"textDocument": {"uri": "$ROOT/env.raftt"}}
//! ```
//!
//! After `>>` nothing is waited for. `$ROOT` is the folder, `$NAME` its name.

mod cases;
mod client;
mod editors;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::cli::set_up;
use crate::golden::{self, Checked, check_all, repository};
use client::{Client, uri};

#[test]
fn sessions_go_as_expected() {
    let entries = fs::read_dir(repository("testdata/lsp")).expect("the folder is there");
    let paths = entries.map(|it| it.expect("it can be read").path());
    let named = paths.map(|path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        (name.into_owned(), path)
    });
    check_all("sessions", named, |path| run_file(path));
}

fn run_file(path: &Path) -> Checked {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let start = text.find("\n>").ok_or("the client does nothing")? + 1;
    let (setup, session) = text.split_at(start);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    set_up(setup, folder.path())?;
    let mut session_run = Session::new(folder.path());
    let mut actual = setup.to_owned();
    for line in session.lines() {
        if line.starts_with('#') {
            _ = writeln!(actual, "{line}");
        } else if let Some(command) = line.strip_prefix('>') {
            _ = writeln!(actual, "{line}");
            let (command, waits) = match command.strip_prefix('>') {
                Some(command) => (command, false),
                None => (command, true),
            };
            actual.push_str(&session_run.run(command.trim(), waits)?);
        }
    }
    golden::check(path, &actual)
}

struct Session<'a> {
    folder: &'a Path,
    client: Client,
    version: i32,
}

impl<'a> Session<'a> {
    fn new(folder: &'a Path) -> Self {
        Self {
            folder,
            client: Client::new(folder),
            version: 0,
        }
    }

    /// Does what a line says; gives what the server sent.
    fn run(&mut self, command: &str, waits: bool) -> Result<String, String> {
        let (name, rest) = command.split_once(' ').unwrap_or((command, ""));
        let (first, text) = rest.split_once(' ').unwrap_or((rest, ""));
        let path = || self.folder.join(first);
        let id = || json!({"uri": uri(&path())});
        match name {
            "start" => self.client.start(first, self.folder, json_of(text)?),
            "open" => {
                let text = match text {
                    "" => fs::read_to_string(path()).map_err(|error| error.to_string())?,
                    text => text_of(text)?,
                };
                self.version = 1;
                self.client.open(&uri(&path()), &text);
            }
            "change" => {
                let (range, text) = text.split_once(' ').ok_or("`change` needs a text")?;
                self.version += 1;
                let params = json!({
                    "textDocument": {"uri": uri(&path()), "version": self.version},
                    "contentChanges": [{"range": range_of(range)?, "text": text_of(text)?}],
                });
                self.client.notify("textDocument/didChange", params);
            }
            "close" => {
                let params = json!({"textDocument": id()});
                self.client.notify("textDocument/didClose", params);
            }
            "write" => {
                let kind = if path().exists() { 2 } else { 1 };
                let folder = path().parent().map(Path::to_owned).ok_or("no folder")?;
                fs::create_dir_all(folder).map_err(|error| error.to_string())?;
                fs::write(path(), text_of(text)?).map_err(|error| error.to_string())?;
                self.watched(&path(), kind);
            }
            "delete" => {
                fs::remove_file(path()).map_err(|error| error.to_string())?;
                self.watched(&path(), 3);
            }
            method => {
                let params = rest.replace("$ROOT", &uri(self.folder));
                let params = self.client.with_ids(&params);
                let params = json_of(&params)?;
                if method == "exit" || method.contains("/did") || method.starts_with("$/") {
                    self.client.notify(method, params);
                } else {
                    self.client.ask(method, params);
                }
                if method == "exit" {
                    return Ok(format!("[ended {}]\n", self.client.end()?));
                }
            }
        }
        if waits {
            self.client.settle()?;
        }
        let shown = self.client.shown();
        let shown = shown.replace(&uri(self.folder), "$ROOT");
        let name = self.folder.file_name().unwrap_or_default();
        Ok(shown.replace(&*name.to_string_lossy(), "$NAME"))
    }

    fn watched(&mut self, path: &Path, kind: i32) {
        let params = json!({"changes": [{"uri": uri(path), "type": kind}]});
        let method = "workspace/didChangeWatchedFiles";
        self.client.notify(method, params);
    }
}

fn json_of(text: &str) -> Result<Value, String> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(text).map_err(|error| format!("{text}: {error}"))
}

fn text_of(text: &str) -> Result<String, String> {
    serde_json::from_str(text).map_err(|error| format!("{text}: {error}"))
}

/// `0:0-0:6`
fn range_of(text: &str) -> Result<Value, String> {
    let place = |text: &str| {
        let (line, character) = text.split_once(':')?;
        let line: u32 = line.parse().ok()?;
        let character: u32 = character.parse().ok()?;
        Some(json!({"line": line, "character": character}))
    };
    let range = text.split_once('-');
    let range =
        range.and_then(|(start, end)| Some(json!({"start": place(start)?, "end": place(end)?})));
    range.ok_or(format!("`{text}` is no range"))
}
