//! What a client can, as it says itself. Read leniently: a client that gets one
//! field wrong is served nevertheless.

use gen_lsp_types as lsp;
use serde_json::Value;

use super::features;
use super::position::Encoding;

/// What a client can.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client {
    pub(crate) encoding: Encoding,
    /// It asks for diagnostics. To any other they are sent; to none both, or it
    /// would show them twice.
    pub(crate) pulls: bool,
    /// It asks again when it is told to.
    pub(crate) refreshes: bool,
    /// It watches the files that it is told to watch.
    pub(crate) watches: bool,
    /// It shows places that explain a diagnostic.
    pub(crate) shows_related: bool,
    pub(crate) shows_tags: bool,
    /// It leads from a diagnostic's code to its documentation.
    pub(crate) shows_links: bool,
    pub(crate) shows_markdown: bool,
    /// It strikes out what is deprecated of what can be written.
    pub(crate) shows_completion_tags: bool,
    /// It takes more than the place of a definition.
    pub(crate) takes_definition_links: bool,
    /// It asks whether a name can be changed before it asks for another.
    pub(crate) prepares_renames: bool,
    /// It makes changes that it is offered.
    pub(crate) takes_code_actions: bool,
    /// It takes the place of a parameter in a signature, and not only its text.
    pub(crate) takes_label_offsets: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(crate) fn of(params: &Value) -> Self {
        let has = |path: &str| {
            let found = params.pointer(&format!("/capabilities/{path}"));
            found.is_some_and(|it| !matches!(it, Value::Null | Value::Bool(false)))
        };
        // Where diagnostics are asked for, newer clients say it again.
        let of_diagnostics = |name: &str| {
            ["publishDiagnostics", "diagnostic"]
                .iter()
                .any(|it| has(&format!("textDocument/{it}/{name}")))
        };
        let encodings = params.pointer("/capabilities/general/positionEncodings");
        let encodings = encodings.and_then(Value::as_array);
        let takes_utf8 = encodings.is_some_and(|it| it.iter().any(|it| it == "utf-8"));
        let formats = params.pointer("/capabilities/textDocument/hover/contentFormat");
        let formats = formats.and_then(Value::as_array);
        Self {
            encoding: match takes_utf8 {
                true => Encoding::Utf8,
                false => Encoding::Utf16,
            },
            pulls: has("textDocument/diagnostic"),
            refreshes: has("workspace/diagnostics/refreshSupport"),
            watches: has("workspace/didChangeWatchedFiles/dynamicRegistration"),
            shows_related: of_diagnostics("relatedInformation"),
            shows_tags: of_diagnostics("tagSupport"),
            shows_links: of_diagnostics("codeDescriptionSupport"),
            shows_markdown: formats.is_some_and(|it| it.iter().any(|it| it == "markdown")),
            shows_completion_tags: has("textDocument/completion/completionItem/tagSupport"),
            takes_definition_links: has("textDocument/definition/linkSupport"),
            prepares_renames: has("textDocument/rename/prepareSupport"),
            takes_code_actions: has("textDocument/codeAction/codeActionLiteralSupport"),
            takes_label_offsets: has(
                "textDocument/signatureHelp/signatureInformation/parameterInformation/labelOffsetSupport",
            ),
        }
    }

    /// What the server answers to it.
    pub(crate) fn capabilities(self) -> lsp::ServerCapabilities {
        let mut capabilities = lsp::ServerCapabilities {
            position_encoding: Some(match self.encoding {
                Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
                Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
            }),
            text_document_sync: Some(
                lsp::TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(lsp::TextDocumentSyncKind::Incremental),
                    save: Some(true.into()),
                    ..lsp::TextDocumentSyncOptions::default()
                }
                .into(),
            ),
            diagnostic_provider: self.pulls.then(|| {
                lsp::DiagnosticOptions {
                    identifier: Some("raftt".to_owned()),
                    inter_file_dependencies: true,
                    workspace_diagnostics: true,
                    ..lsp::DiagnosticOptions::default()
                }
                .into()
            }),
            workspace: Some(lsp::WorkspaceOptions {
                workspace_folders: Some(lsp::WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(true.into()),
                }),
                ..lsp::WorkspaceOptions::default()
            }),
            ..lsp::ServerCapabilities::default()
        };
        features::declare(&mut capabilities, self);
        capabilities
    }
}
