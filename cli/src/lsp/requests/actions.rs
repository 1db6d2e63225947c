//! Code actions: what diagnostics say can be done about them.

use super::parse;
use crate::lsp::convert::{Style, path};
use crate::lsp::position::Lines;
use crate::lsp::worker::Worker;
use corona_compiler::{Diagnostic, Edit};
use gen_lsp_types as lsp;
use serde_json::{Map, Value, json};
use std::path::Path;

pub(super) fn actions(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let params: lsp::CodeActionParams = parse(params)?;
    let Some(path) = path(&params.text_document.uri) else { return Ok(json!([])) };
    worker.refresh();
    let wants = |kind: &str| match &params.context.only {
        None => kind == "quickfix",
        Some(only) => only.iter().any(|it| {
            let it = it.to_string();
            it.is_empty() || kind == it || kind.starts_with(&format!("{it}."))
        }),
    };
    let style = Style { encoding: worker.client.encoding, related: worker.client.related };
    let found: Vec<Diagnostic> = worker.projects.diagnostics(&path).into_iter().cloned().collect();
    let mut actions = Vec::new();
    if wants("quickfix") {
        for diagnostic in &found {
            let shown = style.diagnostic(diagnostic);
            if !overlap(shown.range, params.range) {
                continue;
            }
            let fixes = worker.projects.ide(&path).fixes(diagnostic);
            for fix in fixes {
                let edit = workspace_edit(worker, &fix.edits);
                actions.push(json!({
                    "title": fix.title,
                    "kind": "quickfix",
                    "diagnostics": [shown],
                    "isPreferred": fix.safe,
                    "edit": edit,
                }));
            }
        }
    }
    if wants("refactor.rewrite") || params.context.only.is_none() {
        actions.extend(wrap(worker, &path, params.range));
    }
    if wants("source.fixAll.corona") {
        actions.extend(fix_all(worker, &path, &found));
    }
    Ok(Value::Array(actions))
}

fn wrap(worker: &mut Worker, path: &Path, range: lsp::Range) -> Option<Value> {
    let encoding = worker.client.encoding;
    let ide = worker.projects.ide(path);
    let text = ide.text(path)?;
    let lines = Lines::of(&text, encoding);
    let (start, end) = (lines.offset(&text, range.start), lines.offset(&text, range.end));
    let fix = ide.wrap_in_atomic(path, start..end.max(start))?;
    let edit = workspace_edit(worker, &fix.edits);
    Some(json!({ "title": fix.title, "kind": "refactor.rewrite", "edit": edit }))
}

/// Every safe fix of the file at once. Of two that overlap the first is taken; the other is there the next time.
fn fix_all(worker: &mut Worker, path: &Path, found: &[Diagnostic]) -> Option<Value> {
    let mut edits: Vec<Edit> = Vec::new();
    for fix in found.iter().filter_map(|it| it.fix.as_ref()).filter(|fix| fix.safe) {
        let overlaps = |edit: &Edit| edits.iter().any(|other| collide(edit, other));
        if !fix.edits.iter().any(overlaps) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    edits.retain(|edit| edit.path == path);
    if edits.is_empty() {
        return None;
    }
    let edit = workspace_edit(worker, &edits);
    Some(json!({ "title": "Corona: fix all that can be fixed safely", "kind": "source.fixAll.corona", "edit": edit }))
}

fn collide(one: &Edit, other: &Edit) -> bool {
    one.path == other.path && one.offset <= other.offset + other.length && other.offset <= one.offset + one.length
}

/// Edits in the protocol's terms; with versions where the editor has the text, so that nothing old is overwritten.
pub(super) fn workspace_edit(worker: &mut Worker, edits: &[Edit]) -> Value {
    let encoding = worker.client.encoding;
    let mut documents: Vec<Value> = Vec::new();
    let mut paths: Vec<&Path> = edits.iter().map(|edit| edit.path.as_path()).collect();
    paths.sort();
    paths.dedup();
    let mut changes = Map::new();
    for path in paths {
        let Some(text) = worker.projects.ide(path).text(path) else { continue };
        let lines = Lines::of(&text, encoding);
        let of_file = edits.iter().filter(|edit| edit.path == path);
        let texts: Vec<Value> = of_file
            .map(|edit| json!({ "range": lines.range(&text, edit.offset, edit.length), "newText": edit.text }))
            .collect();
        let uri = worker.uri(path);
        let version = worker.projects.open(path).map(|open| open.version);
        documents.push(json!({ "textDocument": { "uri": uri, "version": version }, "edits": texts }));
        changes.insert(uri.0, Value::Array(texts));
    }
    if worker.client.document_changes { json!({ "documentChanges": documents }) } else { json!({ "changes": changes }) }
}

fn overlap(one: lsp::Range, other: lsp::Range) -> bool {
    one.start <= other.end && other.start <= one.end
}
