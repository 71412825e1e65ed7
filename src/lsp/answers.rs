//! What the client asks, and the answers to it.

use std::collections::HashMap;
use std::path::Path;
use std::thread;

use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Request, RequestId, Response};
use serde::Serialize;
use serde_json::Value;

use super::features::{Feature, Known};
use super::server::Server;
use super::uri;
use crate::guarded::guarded;
use crate::projects::below;
use crate::source::Digest;

/// A request that waits until what it asks about is known.
pub(crate) struct Waiting {
    id: RequestId,
    question: Question,
}

enum Question {
    /// What is wrong with a document?
    Diagnostics(lsp::DocumentDiagnosticParams),
    /// What is wrong with all that is looked at?
    AllDiagnostics(lsp::WorkspaceDiagnosticParams),
    /// Something about a place or a file, in these parameters.
    Feature(Feature, Value),
    /// Is everything known?
    Settled,
}

/// Why a request has no result.
pub(crate) struct Refusal {
    code: i32,
    message: String,
}

impl Refusal {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code: code as i32,
            message: message.into(),
        }
    }
}

impl Question {
    fn of(method: &str, params: Value, pulls: bool) -> Result<Self, Refusal> {
        fn read<T: serde::de::DeserializeOwned>(params: Value) -> Result<T, Refusal> {
            serde_json::from_value(params)
                .map_err(|error| Refusal::new(ErrorCode::InvalidParams, error.to_string()))
        }
        match method {
            "textDocument/diagnostic" if pulls => Ok(Self::Diagnostics(read(params)?)),
            "workspace/diagnostic" if pulls => Ok(Self::AllDiagnostics(read(params)?)),
            // Ours: for tests and measurements, which have to know when to look.
            "raftt/settled" => Ok(Self::Settled),
            _ => match Feature::find(method) {
                Some(feature) => Ok(Self::Feature(feature, params)),
                None => Err(Refusal::new(
                    ErrorCode::MethodNotFound,
                    format!("`{method}` is not supported"),
                )),
            },
        }
    }
}

impl Server {
    /// Takes in a request. It is answered once that can be done.
    pub(super) fn wait(&mut self, request: Request, is_shut_down: bool) {
        let Request { id, method, params } = request;
        if is_shut_down {
            let words = format!("`{method}` came after `shutdown`");
            self.answer(id, Err(Refusal::new(ErrorCode::InvalidRequest, words)));
            return;
        }
        match Question::of(&method, params, self.client.pulls) {
            Ok(question) => self.waiting.push(Waiting { id, question }),
            Err(refusal) => self.answer(id, Err(refusal)),
        }
    }

    /// Drops a request that nobody waits for any more.
    pub(super) fn cancel(&mut self, params: &Value) {
        let id = match params.get("id") {
            Some(Value::String(id)) => RequestId::from(id.clone()),
            Some(Value::Number(id)) => match id.as_i64().map(i32::try_from) {
                Some(Ok(id)) => RequestId::from(id),
                _ => return,
            },
            _ => return,
        };
        let Some(at) = self.waiting.iter().position(|it| it.id == id) else {
            return;
        };
        self.waiting.remove(at);
        let refusal = Refusal::new(ErrorCode::RequestCanceled, "the request was cancelled");
        self.answer(id, Err(refusal));
    }

    /// Answers what can be answered now.
    pub(super) fn answer_waiting(&mut self) {
        for Waiting { id, question } in std::mem::take(&mut self.waiting) {
            if let Question::Feature(feature, params) = question {
                self.answer_about(id, feature, params);
                continue;
            }
            match self.reply(&question) {
                Some(result) => self.answer(id, result),
                None => self.waiting.push(Waiting { id, question }),
            }
        }
    }

    /// Answers a question about a place or a file, on a thread of its own: some answers
    /// take an analysis.
    fn answer_about(&mut self, id: RequestId, feature: Feature, params: Value) {
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let Some(uri) = uri else {
            let words = "`textDocument` is missing";
            return self.answer(id, Err(Refusal::new(ErrorCode::InvalidParams, words)));
        };
        let path = uri::path(uri, self.folder());
        let known = path.as_ref().and_then(|path| self.known(path));
        let is_open = self.documents.get(uri).is_some();
        let is_unsettled = is_open && path.is_some_and(|it| !self.workspace.knows(&it));
        let Some((known, path)) = known.filter(|_| !(feature.needs_latest && is_unsettled)) else {
            if is_unsettled {
                let question = Question::Feature(feature, params);
                self.waiting.push(Waiting { id, question });
            } else {
                self.answer(id, Ok(Value::Null));
            }
            return;
        };
        let sender = self.sender.clone();
        thread::spawn(move || {
            let answer = guarded(&format!("answering `{}`", feature.method), || {
                known.answer(feature, &path, &params)
            });
            let answer = answer
                .unwrap_or_else(|message| Err(Refusal::new(ErrorCode::InternalError, message)));
            // When the client is gone, that is seen where it is listened to.
            let _ = sender.send(response(id, answer).into());
        });
    }

    /// The project that the file at `path` belongs to, and the path from its root.
    fn known(&self, path: &Path) -> Option<(Known, String)> {
        let project = self.workspace.owner(path)?;
        let known = Known {
            root: project.key.root.clone(),
            evaluated: project.known.clone()?,
            disk: project.disk.clone(),
            buffers: self.documents.buffers().clone(),
            view: self.view(),
            client: self.client,
        };
        Some((known, below(&project.key.root, path)?))
    }

    /// The answer to `question`, if it can be given yet.
    fn reply(&mut self, question: &Question) -> Option<Result<Value, Refusal>> {
        match question {
            Question::Diagnostics(params) => self.diagnostics_of(params).map(result),
            Question::AllDiagnostics(params) => self
                .is_settled()
                .then(|| result(self.all_diagnostics(params))),
            // Answered elsewhere.
            Question::Feature(..) => None,
            Question::Settled => self.is_settled().then_some(Ok(Value::Null)),
        }
    }

    fn diagnostics_of(
        &mut self,
        params: &lsp::DocumentDiagnosticParams,
    ) -> Option<lsp::DocumentDiagnosticReport> {
        let uri = &params.text_document.uri.0;
        let path = uri::path(uri, self.folder());
        let items = match path {
            Some(path) if !self.workspace.knows(&path) => return None,
            Some(path) => {
                let mut all = self.workspace.diagnostics(&self.documents);
                all.remove(&path).unwrap_or_default()
            }
            None => Vec::new(),
        };
        let id = result_id(&items);
        if let Some(document) = self.documents.get(uri) {
            let shown = (document.version, id.clone());
            self.pulled.insert(uri.clone(), shown);
        }
        Some(if params.previous_result_id.as_ref() == Some(&id) {
            lsp::RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport {
                    result_id: id,
                },
            }
            .into()
        } else {
            lsp::RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport {
                    result_id: Some(id),
                    items,
                },
            }
            .into()
        })
    }

    fn all_diagnostics(
        &self,
        params: &lsp::WorkspaceDiagnosticParams,
    ) -> lsp::WorkspaceDiagnosticReport {
        let mut previous: HashMap<&str, &str> = HashMap::new();
        for known in &params.previous_result_ids {
            previous.insert(&known.uri.0, &known.value);
        }
        let view = self.view();
        let mut items: Vec<lsp::WorkspaceDocumentDiagnosticReport> = Vec::new();
        for (path, found) in self.workspace.diagnostics(&self.documents) {
            let uri = view.uri(&path);
            let version = self.documents.at(&path).map(|it| it.version);
            let id = result_id(&found);
            items.push(match previous.remove(uri.0.as_str()) {
                Some(known) if known == id => lsp::WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport {
                        result_id: id,
                    },
                }
                .into(),
                _ => full(uri, version, Some(id), found),
            });
        }
        // What is left has nothing wrong with it any more.
        let mut clean: Vec<_> = previous.into_keys().collect();
        clean.sort_unstable();
        items.extend(clean.into_iter().map(|uri| {
            let version = self.documents.get(uri).map(|it| it.version);
            full(uri.to_owned().into(), version, None, Vec::new())
        }));
        lsp::WorkspaceDiagnosticReport { items }
    }

    pub(super) fn answer(&self, id: RequestId, result: Result<Value, Refusal>) {
        self.send(response(id, result).into());
    }
}

fn response(id: RequestId, result: Result<Value, Refusal>) -> Response {
    match result {
        Ok(result) => Response::new_ok(id, result),
        Err(refusal) => Response::new_err(id, refusal.code, refusal.message),
    }
}

fn full(
    uri: lsp::Uri,
    version: Option<i32>,
    result_id: Option<String>,
    items: Vec<lsp::Diagnostic>,
) -> lsp::WorkspaceDocumentDiagnosticReport {
    lsp::WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id, items },
    }
    .into()
}

/// `value` as the protocol has it.
pub(super) fn result(value: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(value)
        .map_err(|error| Refusal::new(ErrorCode::InternalError, error.to_string()))
}

/// What tells two lists of diagnostics apart.
pub(super) fn result_id(items: &[lsp::Diagnostic]) -> String {
    let text = serde_json::to_vec(items).unwrap_or_default();
    Digest::of(&text).to_string()[..16].to_owned()
}
