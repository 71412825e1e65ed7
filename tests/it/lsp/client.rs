//! A client in memory.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use lsp_server::{Message, Notification, Request, RequestId, Response};
use raftt_config::lsp::{Connection, Ended, serve};
use serde_json::{Value, json};

/// How long an answer may take. Nothing here takes a tenth of that.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client, and the server that it talks to.
pub(super) struct Client {
    connection: Option<Connection>,
    server: Option<JoinHandle<Ended>>,
    sent: i32,
    /// The requests that are not answered yet.
    pending: BTreeSet<RequestId>,
    /// What the server sent since it was shown last.
    received: Vec<Message>,
    /// The ids of results, which are digests of paths that change with every run.
    result_ids: Vec<String>,
}

impl Client {
    pub(super) fn new(folder: &Path) -> Self {
        let (server, connection) = Connection::memory();
        let folder = folder.to_owned();
        Self {
            connection: Some(connection),
            server: Some(thread::spawn(move || serve(server, &folder))),
            sent: 0,
            pending: BTreeSet::new(),
            received: Vec::new(),
            result_ids: Vec::new(),
        }
    }

    /// Initializes the server as a client of the kind `kind`, with `more` parameters.
    pub(super) fn start(&mut self, kind: &str, folder: &Path, more: Value) {
        let shown = json!({
            "relatedInformation": true,
            "tagSupport": {"valueSet": [1, 2]},
            "codeDescriptionSupport": true,
        });
        let capabilities = match kind {
            "bare" => json!({}),
            "pull" => json!({
                "general": {"positionEncodings": ["utf-8", "utf-16"]},
                "textDocument": {"publishDiagnostics": shown, "diagnostic": {}},
                "workspace": {"diagnostics": {"refreshSupport": true}},
            }),
            "watch" => json!({
                "textDocument": {"publishDiagnostics": shown},
                "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
            }),
            "rich" => json!({"textDocument": {
                "publishDiagnostics": shown,
                "hover": {"contentFormat": ["markdown"]},
                "completion": {"completionItem": {"tagSupport": {"valueSet": [1]}}},
                "signatureHelp": {"signatureInformation": {
                    "parameterInformation": {"labelOffsetSupport": true},
                }},
                "definition": {"linkSupport": true},
                "rename": {"prepareSupport": true},
                "codeAction": {"codeActionLiteralSupport": {}},
            }}),
            _ => json!({"textDocument": {"publishDiagnostics": shown}}),
        };
        let mut params = json!({
            "capabilities": capabilities,
            "workspaceFolders": [{"uri": uri(folder), "name": "folder"}],
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.ask("initialize", params);
        self.notify("initialized", json!({}));
    }

    pub(super) fn open(&mut self, uri: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": "raftt", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": item}));
    }

    pub(super) fn ask(&mut self, method: &str, params: Value) {
        self.sent += 1;
        let id = RequestId::from(self.sent);
        self.pending.insert(id.clone());
        self.send(Request::new(id, method.to_owned(), params).into());
    }

    pub(super) fn notify(&mut self, method: &str, params: Value) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    fn send(&self, message: Message) {
        if let Some(connection) = &self.connection {
            _ = connection.sender.send(message);
        }
    }

    /// Waits until the server knows everything and has answered everything.
    pub(super) fn settle(&mut self) -> Result<(), String> {
        // The second is answered when all is said that follows from the first.
        for _ in 0..2 {
            let id = RequestId::from("settled".to_owned());
            self.send(Request::new(id.clone(), "raftt/settled".to_owned(), Value::Null).into());
            let mut is_settled = false;
            while !is_settled || !self.pending.is_empty() {
                match self.receive()? {
                    Message::Response(response) if response.id == id => is_settled = true,
                    Message::Response(response) => {
                        self.pending.remove(&response.id);
                        self.received.push(response.into());
                    }
                    Message::Request(request) => {
                        let answer = Response::new_ok(request.id.clone(), Value::Null);
                        self.send(answer.into());
                        self.received.push(request.into());
                    }
                    message => self.received.push(message),
                }
            }
        }
        Ok(())
    }

    fn receive(&self) -> Result<Message, String> {
        let connection = self.connection.as_ref().ok_or("the session has ended")?;
        let message = connection.receiver.recv_timeout(PATIENCE);
        message.map_err(|error| format!("no answer: {error}"))
    }

    /// Waits for the server's end; gives how it ended.
    pub(super) fn end(&mut self) -> Result<String, String> {
        self.connection = None;
        let server = self.server.take().ok_or("the session has ended")?;
        let ended = server.join().map_err(|_| "the server panicked")?;
        Ok(format!("{ended:?}").to_lowercase())
    }

    /// What the server sent.
    pub(super) fn received(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.received)
    }

    /// What the server sent, for people.
    pub(super) fn shown(&mut self) -> String {
        let mut text = String::new();
        for message in self.received() {
            let (head, mut value) = match message {
                Message::Request(it) => (format!("{} (request {})", it.method, it.id), it.params),
                Message::Notification(it) => (it.method, it.params),
                Message::Response(it) => match it.response_result {
                    Ok(result) => (format!("answer {}", it.id), result),
                    Err(error) => {
                        let Ok(error) = serde_json::to_value(error) else {
                            continue;
                        };
                        (format!("refusal {}", it.id), error)
                    }
                },
            };
            self.name_ids(&mut value);
            _ = writeln!(text, "< {head} {}", lines(&value));
        }
        text
    }

    /// Gives digests names that are the same in every run.
    fn name_ids(&mut self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    match value {
                        Value::String(id) if key == "resultId" => *id = self.name_of(id),
                        value => self.name_ids(value),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|it| self.name_ids(it)),
            _ => {}
        }
    }

    fn name_of(&mut self, id: &str) -> String {
        let known = self.result_ids.iter().position(|it| it == id);
        let index = known.unwrap_or_else(|| {
            self.result_ids.push(id.to_owned());
            self.result_ids.len() - 1
        });
        format!("$id{}", index + 1)
    }

    /// The text with digests for their names.
    pub(super) fn with_ids(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (index, id) in self.result_ids.iter().enumerate().rev() {
            text = text.replace(&format!("$id{}", index + 1), id);
        }
        text
    }
}

/// The name of the file or folder at `path`.
pub(super) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// JSON on one line, except that each entry of the lists that matter has its own.
fn lines(value: &Value) -> String {
    let Value::Object(fields) = value else {
        return value.to_string();
    };
    let mut text = String::from("{");
    for (index, (key, value)) in fields.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        match value {
            Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
                _ = write!(text, "{key:?}: [");
                for item in items {
                    _ = write!(text, "\n    {item}");
                }
                text.push(']');
            }
            value => _ = write!(text, "{key:?}: {value}"),
        }
    }
    text + "}"
}
