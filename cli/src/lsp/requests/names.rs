//! Definition, references, rename.

use super::actions::workspace_edit;
use super::{Asked, json, parse};
use crate::lsp::worker::Worker;
use corona_compiler::Spot;
use gen_lsp_types as lsp;
use serde_json::{Value, json};

pub(super) fn definition(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let found = worker.projects.ide(&asked.path).definition(&asked.path, asked.offset);
    json(locations(worker, &found))
}

pub(super) fn references(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let with_definition = params["context"]["includeDeclaration"].as_bool().unwrap_or(true);
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let found = worker.projects.ide(&asked.path).references(&asked.path, asked.offset, with_definition);
    json(locations(worker, &found))
}

pub(super) fn prepare_rename(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let range = worker.projects.ide(&asked.path).rename_target(&asked.path, asked.offset)?;
    json(asked.lines.range(&asked.text, range.start, range.len()))
}

pub(super) fn rename(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let params: lsp::RenameParams = parse(params)?;
    let position = json!({
        "textDocument": params.text_document_position_params.text_document,
        "position": params.text_document_position_params.position,
    });
    let Some(asked) = Asked::of(worker, position)? else { return Ok(Value::Null) };
    let edits = worker.projects.ide(&asked.path).rename(&asked.path, asked.offset, &params.new_name)?;
    Ok(workspace_edit(worker, &edits))
}

/// The same place in the other occurrences of the document.
pub(super) fn highlights(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let found = worker.projects.ide(&asked.path).references(&asked.path, asked.offset, true);
    let here = found.iter().filter(|it| it.path == asked.path);
    json(
        here.map(|it| json!({ "range": asked.lines.range(&asked.text, it.start, it.end - it.start) }))
            .collect::<Vec<_>>(),
    )
}

fn locations(worker: &mut Worker, targets: &[Spot]) -> Vec<Value> {
    let locate = |target: &Spot| Some(worker.location(&target.path, target.start, target.end));
    targets.iter().filter_map(locate).collect()
}

/// Symbols anywhere.
pub(super) fn workspace_symbols(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let query = params["query"].as_str().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for symbol in worker.projects.find_symbols(&query) {
        let location = worker.location(&symbol.path, symbol.selection.start, symbol.selection.end);
        let kind = super::symbols::kind(symbol.kind);
        let container = symbol.container;
        found.push(json!({ "name": symbol.name, "kind": kind, "location": location, "containerName": container }));
    }
    Ok(Value::Array(found))
}
