//! What the client can do, and what it is told that this server can. Nothing is promised that is not there.

use super::convert::path;
use super::markup::Markup;
use super::position::Encoding;
use gen_lsp_types as lsp;
use serde_json::{Value, json};
use std::path::PathBuf;

/// What matters about a client.
#[derive(Debug, Clone)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    pub(super) folders: Vec<PathBuf>,
    /// It asks for diagnostics, so they need not be sent.
    pub(super) pulls: bool,
    /// It can be told to ask again.
    pub(super) refreshes: bool,
    /// It shows places that belong to a diagnostic.
    pub(super) related: bool,
    pub(super) markup: Markup,
    /// It takes edits together with the version of the text that they are for.
    pub(super) document_changes: bool,
    /// It knows the command `corona.run`.
    pub(super) runs: bool,
    /// In a hierarchy of calls it wants those that may block, and no others.
    pub(super) only_blocking_calls: bool,
    /// TypeScript's server runs as well, and tells about syntax and imports.
    pub(super) beside_typescript: bool,
}

impl Client {
    pub(super) fn of(params: &lsp::InitializeParams) -> Client {
        let capabilities = &params.capabilities;
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let offered = capabilities.general.as_ref().and_then(|it| it.position_encodings.as_deref()).unwrap_or_default();
        let options = params.initialization_options.as_ref();
        let chosen = |name: &str| options.and_then(|it| it.get(name)) == Some(&Value::Bool(true));
        Client {
            encoding: encoding(offered),
            folders: folders(params),
            pulls: document.is_some_and(|it| it.diagnostic.is_some()),
            refreshes: workspace
                .and_then(|it| it.diagnostics.as_ref())
                .and_then(|it| it.refresh_support)
                .unwrap_or_default(),
            related: document
                .and_then(|it| it.publish_diagnostics.as_ref())
                .is_some_and(|it| it.diagnostics_capabilities.related_information.unwrap_or_default())
                || document
                    .and_then(|it| it.diagnostic.as_ref())
                    .is_some_and(|it| it.diagnostics_capabilities.related_information.unwrap_or_default()),
            markup: markup(document),
            document_changes: workspace
                .and_then(|it| it.workspace_edit.as_ref())
                .and_then(|it| it.document_changes)
                .unwrap_or_default(),
            runs: chosen("runCommand"),
            only_blocking_calls: chosen("onlyBlockingCalls"),
            beside_typescript: chosen("besideTypeScript"),
        }
    }
}

/// Bytes cost nothing to count, so they are taken where they are offered; every client knows UTF-16.
fn encoding(offered: &[lsp::PositionEncodingKind]) -> Encoding {
    match offered {
        [lsp::PositionEncodingKind::UTF32] => Encoding::Utf32,
        offered if offered.contains(&lsp::PositionEncodingKind::UTF8) => Encoding::Utf8,
        _ => Encoding::Utf16,
    }
}

/// Markdown, unless the client names what it takes and that is not there. What it says of hovers holds for all texts.
fn markup(document: Option<&lsp::TextDocumentClientCapabilities>) -> Markup {
    match document.and_then(|it| it.hover.as_ref()?.content_format.as_ref()) {
        Some(formats) if !formats.contains(&lsp::MarkupKind::Markdown) => Markup::Plain,
        _ => Markup::Markdown,
    }
}

#[expect(deprecated, reason = "old clients name one root only")]
fn folders(params: &lsp::InitializeParams) -> Vec<PathBuf> {
    use lsp::WorkspaceFolders::WorkspaceFolderList;
    match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolderList(folders)) => folders.iter().filter_map(|it| path(&it.uri)).collect(),
        _ => params.root_uri.as_ref().and_then(path).into_iter().collect(),
    }
}

/// The answer to `initialize`.
pub(super) fn result(client: &Client) -> Value {
    let mut capabilities = json!({
        "positionEncoding": match client.encoding {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        },
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
        "hoverProvider": true,
        "completionProvider": { "triggerCharacters": ["\"", "'", ":", ".", "{"] },
        "signatureHelpProvider": { "triggerCharacters": ["(", ","] },
        "definitionProvider": true,
        "referencesProvider": true,
        "documentHighlightProvider": true,
        "renameProvider": { "prepareProvider": true },
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "foldingRangeProvider": true,
        "inlayHintProvider": true,
        "codeLensProvider": {},
        "callHierarchyProvider": true,
        "semanticTokensProvider": {
            "legend": { "tokenTypes": ["keyword", "function"], "tokenModifiers": ["blocking"] },
            "full": true,
        },
        "codeActionProvider": { "codeActionKinds": ["quickfix", "refactor.rewrite", "source.fixAll.corona"] },
    });
    if client.pulls {
        capabilities["diagnosticProvider"] =
            json!({ "identifier": "corona", "interFileDependencies": true, "workspaceDiagnostics": true });
    }
    json!({
        "capabilities": capabilities,
        "serverInfo": { "name": "corona", "version": env!("CARGO_PKG_VERSION") },
    })
}
