//! What the client asks about a place or a file: answered by `crate::ide`, written for
//! the client here.

mod changes;
mod completion;
mod outline;
mod places;
mod words;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use gen_lsp_types as lsp;
use serde_json::Value;

use super::answers::{Refusal, result};
use super::client::Client;
use super::diagnostics::View;
use super::position::Lines;
use super::run::Evaluated;
use crate::ide;
use crate::projects::Buffers;
use crate::source::Sources;

/// A kind of question about a place or a file.
#[derive(Clone, Copy)]
pub(crate) struct Feature {
    /// The method of the protocol.
    pub(crate) method: &'static str,
    /// Whether it is answered from an analysis of the text as it is now; the others
    /// take an older one.
    pub(crate) needs_latest: bool,
    answer: Answer,
}

/// Every kind of question.
const FEATURES: &[Feature] = &[
    Feature::latest("textDocument/codeAction", changes::code_actions),
    Feature::any("textDocument/completion", completion::completion),
    Feature::any("textDocument/definition", places::definition),
    Feature::any("textDocument/documentHighlight", places::highlights),
    Feature::any("textDocument/documentLink", places::links),
    Feature::any("textDocument/documentSymbol", outline::symbols),
    Feature::any("textDocument/foldingRange", outline::folds),
    Feature::any("textDocument/hover", words::hover),
    Feature::any("textDocument/prepareRename", changes::prepare_rename),
    Feature::any("textDocument/references", places::references),
    Feature::any("textDocument/rename", changes::rename),
    Feature::any("textDocument/signatureHelp", words::signature_help),
];

type Answer = fn(&Asked<'_>) -> Result<Value, Refusal>;

impl Feature {
    const fn any(method: &'static str, answer: Answer) -> Self {
        Self {
            method,
            needs_latest: false,
            answer,
        }
    }

    const fn latest(method: &'static str, answer: Answer) -> Self {
        Self {
            method,
            needs_latest: true,
            answer,
        }
    }

    /// The kind of question that `method` is.
    pub(crate) fn find(method: &str) -> Option<Self> {
        FEATURES.iter().find(|it| it.method == method).copied()
    }
}

/// Has `capabilities` say what `client` can ask.
pub(crate) fn declare(capabilities: &mut lsp::ServerCapabilities, client: Client) {
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
    capabilities.definition_provider = Some(true.into());
    capabilities.references_provider = Some(true.into());
    capabilities.document_highlight_provider = Some(true.into());
    capabilities.document_link_provider = Some(lsp::DocumentLinkOptions::default());
    capabilities.rename_provider = Some(match client.prepares_renames {
        true => lsp::RenameOptions {
            prepare_provider: Some(true),
            ..lsp::RenameOptions::default()
        }
        .into(),
        false => true.into(),
    });
    capabilities.code_action_provider = Some(match client.takes_code_actions {
        true => lsp::CodeActionOptions {
            code_action_kinds: Some(vec![
                lsp::CodeActionKind::QuickFix,
                changes::FIX_ALL.to_owned().into(),
            ]),
            ..lsp::CodeActionOptions::default()
        }
        .into(),
        false => false.into(),
    });
}

/// A project as it is known now, and its files as they are now.
pub(crate) struct Known {
    pub(crate) root: PathBuf,
    pub(crate) evaluated: Arc<Evaluated>,
    pub(crate) disk: Arc<dyn Sources + Send>,
    pub(crate) buffers: Buffers,
    pub(crate) view: View,
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
                options: &self.evaluated.options,
                sources: &sources,
            },
            path,
            text: &text,
            lines: &lines,
            range: start.unwrap_or(0)..end.unwrap_or(0),
            params,
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
    params: &'a Value,
}

impl Asked<'_> {
    fn offset(&self) -> usize {
        self.range.start
    }

    fn range(&self, range: Range<usize>) -> lsp::Range {
        self.lines.range(self.text, range)
    }

    /// The text of a file of the project, and its lines.
    fn file(&self, path: &str) -> Option<(String, Lines)> {
        let text = String::from_utf8(self.view.sources.read(path).ok()?).ok()?;
        let lines = Lines::of(&text, self.client().encoding);
        Some((text, lines))
    }

    /// The name of a file of the project.
    fn uri(&self, path: &str) -> lsp::Uri {
        self.known.view.uri(&self.known.root.join(path))
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
