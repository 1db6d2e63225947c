//! Requests about programs: parameters to offsets, the compiler's answer, and back.

mod actions;
mod diagnostics;
mod effects;
mod help;
mod names;
mod symbols;

use super::convert::path;
use super::position::Lines;
use super::worker::Worker;
use gen_lsp_types as lsp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;

type Answer = fn(&mut Worker, Value) -> Result<Value, String>;

const METHODS: &[(&str, Answer)] = &[
    ("textDocument/diagnostic", diagnostics::of_document),
    ("workspace/diagnostic", diagnostics::of_workspace),
    ("textDocument/codeAction", actions::actions),
    ("textDocument/hover", help::hover),
    ("textDocument/completion", help::completion),
    ("textDocument/signatureHelp", help::signature),
    ("textDocument/definition", names::definition),
    ("textDocument/references", names::references),
    ("textDocument/documentHighlight", names::highlights),
    ("textDocument/prepareRename", names::prepare_rename),
    ("textDocument/rename", names::rename),
    ("textDocument/documentSymbol", symbols::of_document),
    ("textDocument/foldingRange", symbols::folds),
    ("textDocument/inlayHint", effects::hints),
    ("textDocument/semanticTokens/full", effects::tokens),
    ("textDocument/codeLens", effects::lenses),
    ("textDocument/prepareCallHierarchy", effects::prepare_hierarchy),
    ("callHierarchy/incomingCalls", effects::incoming),
    ("callHierarchy/outgoingCalls", effects::outgoing),
    ("workspace/symbol", names::workspace_symbols),
];

pub(super) fn is_known(method: &str) -> bool {
    METHODS.iter().any(|(name, _)| *name == method)
}

/// The result, or what is wrong with the parameters.
pub(super) fn answer(worker: &mut Worker, method: &str, params: Value) -> Result<Value, String> {
    match METHODS.iter().find(|(name, _)| *name == method) {
        Some((_, answer)) => answer(worker, params),
        None => Err(format!("there is no method {method:?}")),
    }
}

fn parse<T: DeserializeOwned>(params: Value) -> Result<T, String> {
    serde_json::from_value(params).map_err(|error| error.to_string())
}

fn json(result: impl serde::Serialize) -> Result<Value, String> {
    serde_json::to_value(result).map_err(|error| error.to_string())
}

/// What a request asks about: a file, and a place in it if it names one.
struct Asked {
    path: PathBuf,
    text: Arc<str>,
    lines: Lines,
    offset: usize,
}

impl Asked {
    /// None for what is in no file or cannot be read.
    fn of(worker: &mut Worker, params: Value) -> Result<Option<Asked>, String> {
        let uri: lsp::Uri = parse(params["textDocument"]["uri"].clone())?;
        let position: lsp::Position = match &params["position"] {
            Value::Null => lsp::Position::default(),
            position => parse(position.clone())?,
        };
        let Some(path) = path(&uri) else { return Ok(None) };
        let ide = worker.projects.ide(&path);
        ide.settle();
        let Some(text) = ide.text(&path) else { return Ok(None) };
        let lines = Lines::of(&text, worker.client.encoding);
        let offset = lines.offset(&text, position);
        Ok(Some(Asked { path, text, lines, offset }))
    }
}
