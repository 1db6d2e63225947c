//! What may block: inlay hints, semantic tokens, code lenses, the hierarchy of calls.

use super::{Asked, json};
use crate::lsp::worker::Worker;
use corona_compiler::{Neighbour, Token};
use gen_lsp_types as lsp;
use serde_json::{Value, json};

/// The mark before the name of a call that may suspend.
const MARK: &str = "⏸";

pub(super) fn hints(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let range: Option<lsp::Range> = serde_json::from_value(params["range"].clone()).ok();
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let calls = worker.projects.ide(&asked.path).blocking_calls(&asked.path);
    let places = calls.iter().map(|call| asked.lines.position(&asked.text, call.start));
    let wanted = places.filter(|at| range.is_none_or(|range| range.start <= *at && *at <= range.end));
    let hint = |at| {
        json!({ "position": at, "label": MARK, "paddingRight": true,
        "tooltip": "this call may suspend the coroutine; others run meanwhile" })
    };
    json(wanted.map(hint).collect::<Vec<_>>())
}

pub(super) fn tokens(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let mut data: Vec<u32> = Vec::new();
    let mut last = lsp::Position::default();
    for (range, token) in worker.projects.ide(&asked.path).tokens(&asked.path) {
        let range = asked.lines.range(&asked.text, range.start, range.len());
        // A token lies in one line; a callee may be an expression of several.
        if range.start.line != range.end.line {
            continue;
        }
        let line = range.start.line - last.line;
        let start = if line == 0 { range.start.character - last.character } else { range.start.character };
        let length = range.end.character - range.start.character;
        // The numbers are those of the legend.
        let (kind, modifiers) = match token {
            Token::Atomic => (0, 0),
            Token::Blocking => (1, 1),
        };
        data.extend([line, start, length, kind, modifiers]);
        last = range.start;
    }
    Ok(json!({ "data": data }))
}

pub(super) fn lenses(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let functions = worker.projects.ide(&asked.path).functions(&asked.path);
    let mut lenses = Vec::new();
    if worker.client.runs {
        let start = lsp::Range::default();
        let path = asked.path.display().to_string();
        let command = json!({ "title": "▶ Run with Corona", "command": "corona.run", "arguments": [path] });
        lenses.push(json!({ "range": start, "command": command }));
    }
    for function in functions {
        let range = asked.lines.range(&asked.text, function.range.start, function.range.len());
        let answer = if function.blocks { "yes" } else { "no" };
        let known = ["blocks", "never blocks"].contains(&function.effect.as_str());
        let title = if known { format!("blocks: {answer}") } else { function.effect };
        lenses.push(json!({ "range": range, "command": { "title": title, "command": "" } }));
    }
    Ok(Value::Array(lenses))
}

pub(super) fn prepare_hierarchy(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    match worker.projects.ide(&asked.path).hierarchy_root(&asked.path, asked.offset) {
        Some(root) => Ok(json!([item(worker, &root)])),
        None => Ok(Value::Null),
    }
}

pub(super) fn incoming(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = of_item(worker, &params)? else { return Ok(Value::Null) };
    let callers = worker.projects.ide(&asked.path).callers(&asked.path, asked.offset);
    let mut calls = Vec::new();
    for caller in callers {
        let ranges = ranges(worker, &caller.at.path, &caller);
        calls.push(json!({ "from": item(worker, &caller), "fromRanges": ranges }));
    }
    Ok(Value::Array(calls))
}

pub(super) fn outgoing(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = of_item(worker, &params)? else { return Ok(Value::Null) };
    let callees = worker.projects.ide(&asked.path).callees(&asked.path, asked.offset);
    let only_blocking = worker.client.only_blocking_calls;
    let mut calls = Vec::new();
    for callee in callees.into_iter().filter(|it| it.blocks || !only_blocking) {
        let ranges = ranges(worker, &asked.path, &callee);
        calls.push(json!({ "to": item(worker, &callee), "fromRanges": ranges }));
    }
    Ok(Value::Array(calls))
}

/// An item comes back as it was sent: it means the name that it selects.
fn of_item(worker: &mut Worker, params: &Value) -> Result<Option<Asked>, String> {
    let item = &params["item"];
    let place = json!({ "textDocument": { "uri": item["uri"] }, "position": item["selectionRange"]["start"] });
    Asked::of(worker, place)
}

fn item(worker: &mut Worker, it: &Neighbour) -> Value {
    let location = worker.location(&it.at.path, it.at.start, it.at.end);
    let kind = if it.at.end == 0 { 2 } else { 12 };
    let detail = if it.blocks { "blocks" } else { "" };
    json!({ "name": it.name, "kind": kind, "detail": detail, "uri": location["uri"],
        "range": location["range"], "selectionRange": location["range"] })
}

fn ranges(worker: &mut Worker, path: &std::path::Path, it: &Neighbour) -> Vec<Value> {
    let mut locate = |call: &std::ops::Range<usize>| worker.location(path, call.start, call.end)["range"].take();
    it.calls.iter().map(&mut locate).collect()
}
