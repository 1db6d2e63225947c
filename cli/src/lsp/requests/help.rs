//! Hover, completion and signature help.

use super::Asked;
use crate::lsp::worker::Worker;
use corona_compiler::Kind;
use serde_json::{Value, json};

pub(super) fn hover(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let Some(hover) = worker.projects.ide(&asked.path).hover(&asked.path, asked.offset) else { return Ok(Value::Null) };
    Ok(json!({
        "contents": worker.client.markup.content(&hover.text),
        "range": asked.lines.range(&asked.text, hover.range.start, hover.range.len()),
    }))
}

pub(super) fn completion(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let found = worker.projects.ide(&asked.path).completions(&asked.path, asked.offset);
    let markup = worker.client.markup;
    let items: Vec<Value> = found
        .into_iter()
        .map(|completion| {
            let replace = asked.lines.range(&asked.text, completion.replace.start, completion.replace.len());
            let mut item = json!({
                "label": completion.label,
                "kind": completion.item.map_or(9, |item| kind(item.kind)),
                "textEdit": { "range": replace, "newText": completion.label },
            });
            if let Some(known) = completion.item {
                item["detail"] = json!(known.module);
                item["documentation"] = markup.content(&known.markdown());
                item["labelDetails"] = json!({ "description": known.module });
            }
            if let Some(docs) = completion.module_docs {
                item["documentation"] = markup.content(&docs);
            }
            if let Some(edit) = completion.import {
                let range = asked.lines.range(&asked.text, edit.offset, edit.length);
                item["additionalTextEdits"] = json!([{ "range": range, "newText": edit.text }]);
                // What is in scope, which TypeScript knows, comes first.
                item["sortText"] = json!(format!("~{}", completion.label));
            }
            item
        })
        .collect();
    Ok(json!({ "isIncomplete": false, "items": items }))
}

/// The protocol's number of a kind of completion.
fn kind(kind: Kind) -> u32 {
    match kind {
        Kind::Method => 2,
        Kind::Function => 3,
        Kind::Constructor => 4,
        Kind::Variable | Kind::Parameter => 6,
        Kind::Class => 7,
        Kind::Type => 8,
        Kind::Namespace | Kind::Import => 9,
        Kind::Property => 10,
        Kind::Enum => 13,
        Kind::Constant => 21,
    }
}

pub(super) fn signature(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let Some(help) = worker.projects.ide(&asked.path).call_help(&asked.path, asked.offset) else {
        return Ok(Value::Null);
    };
    let callable = help.item.signatures.iter().filter(|it| it.label.contains('('));
    let signatures: Vec<Value> = callable
        .clone()
        .map(|signature| {
            // As text: offsets would have to be in the unit that was agreed on.
            let parameters =
                signature.parameters.iter().map(|(start, end)| json!({ "label": signature.label[*start..*end] }));
            json!({
                "label": signature.label,
                "documentation": worker.client.markup.content(&help.item.docs),
                "parameters": parameters.collect::<Vec<_>>(),
            })
        })
        .collect();
    if signatures.is_empty() {
        return Ok(Value::Null);
    }
    let fitting = callable.clone().position(|it| it.parameters.len() > help.parameter).unwrap_or(0);
    Ok(json!({ "signatures": signatures, "activeSignature": fitting, "activeParameter": help.parameter }))
}
