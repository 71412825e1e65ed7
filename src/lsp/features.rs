//! What the client asks about a place or a file: answered by `crate::ide`, written for
//! the client here.

mod completion;
mod outline;
mod words;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use gen_lsp_types as lsp;
use lsp_server::ErrorCode;
use serde_json::Value;

use super::answers::Refusal;
use super::client::Client;
use super::position::Lines;
use super::run::Evaluated;
use crate::ide;
use crate::options::Options;
use crate::projects::Buffers;
use crate::source::Sources;

/// A kind of question about a place or a file.
#[derive(Clone, Copy)]
pub(crate) struct Feature {
    /// The method of the protocol.
    method: &'static str,
    answer: fn(&Asked<'_>) -> Result<Value, Refusal>,
}

/// Every kind of question.
const FEATURES: &[Feature] = &[
    Feature {
        method: "textDocument/hover",
        answer: words::hover,
    },
    Feature {
        method: "textDocument/signatureHelp",
        answer: words::signature_help,
    },
    Feature {
        method: "textDocument/completion",
        answer: completion::completion,
    },
    Feature {
        method: "textDocument/documentSymbol",
        answer: outline::symbols,
    },
    Feature {
        method: "textDocument/foldingRange",
        answer: outline::folds,
    },
];

impl Feature {
    /// The kind of question that `method` is.
    pub(crate) fn find(method: &str) -> Option<Self> {
        FEATURES.iter().find(|it| it.method == method).copied()
    }

    pub(crate) fn method(self) -> &'static str {
        self.method
    }
}

/// Has `capabilities` say what can be asked.
pub(crate) fn declare(capabilities: &mut lsp::ServerCapabilities) {
    let letters = |all: &str| Some(all.chars().map(String::from).collect::<Vec<_>>());
    capabilities.hover_provider = Some(true.into());
    capabilities.signature_help_provider = Some(lsp::SignatureHelpOptions {
        trigger_characters: letters("(,"),
        ..lsp::SignatureHelpOptions::default()
    });
    capabilities.completion_provider = Some(lsp::CompletionOptions {
        trigger_characters: letters(".\"'/"),
        ..lsp::CompletionOptions::default()
    });
    capabilities.document_symbol_provider = Some(true.into());
    capabilities.folding_range_provider = Some(true.into());
}

/// A project as it is known now, and its files as they are now.
pub(crate) struct Known {
    pub(crate) root: PathBuf,
    pub(crate) options: Options,
    pub(crate) evaluated: Arc<Evaluated>,
    pub(crate) disk: Arc<dyn Sources + Send>,
    pub(crate) buffers: Buffers,
    pub(crate) client: Client,
}

impl Known {
    /// Answers a question about the file at `path`, from the root. The parameters of
    /// the request say about which place.
    pub(crate) fn answer(
        &self,
        feature: Feature,
        path: &str,
        params: &Value,
    ) -> Result<Value, Refusal> {
        let sources = self.buffers.over(&*self.disk, &self.root);
        let (Some(analysis), Ok(content)) = (&self.evaluated.analysis, sources.read(path)) else {
            return Ok(Value::Null);
        };
        let Ok(text) = String::from_utf8(content) else {
            return Ok(Value::Null);
        };
        let lines = Lines::of(&text, self.client.encoding);
        let position = |pointer: &str| {
            let position = params.pointer(pointer)?.clone();
            serde_json::from_value::<lsp::Position>(position).ok()
        };
        let offset = |pointer: &str| position(pointer).map(|it| lines.offset(&text, it));
        let start = offset("/position").or_else(|| offset("/range/start"));
        let end = offset("/range/end").or(start);
        let asked = Asked {
            known: self,
            view: ide::View {
                analysis,
                options: &self.options,
                sources: &sources,
            },
            path,
            text: &text,
            lines: &lines,
            range: start.unwrap_or(0)..end.unwrap_or(0),
        };
        (feature.answer)(&asked)
    }
}

/// A question about a place in a file.
struct Asked<'a> {
    known: &'a Known,
    view: ide::View<'a>,
    /// The file, from the root.
    path: &'a str,
    text: &'a str,
    lines: &'a Lines,
    /// The place: empty where it is one between two letters.
    range: Range<usize>,
}

impl Asked<'_> {
    fn offset(&self) -> usize {
        self.range.start
    }

    fn range(&self, range: Range<usize>) -> lsp::Range {
        self.lines.range(self.text, range)
    }

    fn client(&self) -> Client {
        self.known.client
    }

    /// A text in Markdown, which some clients show as it is.
    fn markup(&self, text: String) -> lsp::MarkupContent {
        lsp::MarkupContent {
            kind: match self.client().shows_markdown {
                true => lsp::MarkupKind::Markdown,
                false => lsp::MarkupKind::PlainText,
            },
            value: text,
        }
    }
}

/// `value` as the protocol has it.
fn result(value: impl serde::Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(value)
        .map_err(|error| Refusal::new(ErrorCode::InternalError, error.to_string()))
}
