//! Diagnostics for clients that ask for them.

use super::{json, parse};
use crate::lsp::convert::path;
use crate::lsp::worker::{Worker, fingerprint};
use gen_lsp_types as lsp;
use serde_json::{Value, json};
use std::collections::HashMap;

pub(super) fn of_document(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let params: lsp::DocumentDiagnosticParams = parse(params)?;
    let path = path(&params.text_document.uri);
    worker.refresh_open(path.as_deref());
    let found = path.map(|path| worker.diagnostics(&path)).unwrap_or_default();
    Ok(report(found, params.previous_result_id.as_deref()))
}

pub(super) fn of_workspace(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let params: lsp::WorkspaceDiagnosticParams = parse(params)?;
    worker.refresh();
    let mut before: HashMap<_, _> =
        params.previous_result_ids.into_iter().filter_map(|it| Some((path(&it.uri)?, it.value))).collect();
    let mut items = Vec::new();
    let mut add = |worker: &Worker, path: &std::path::Path, previous: Option<&str>| {
        let mut item = report(worker.diagnostics(path), previous);
        item["uri"] = json!(worker.uri(path));
        item["version"] = json!(worker.projects.open(path).map(|open| open.version));
        items.push(item);
    };
    for path in worker.projects.complained_about() {
        let previous = before.remove(&path);
        add(worker, &path, previous.as_deref());
    }
    // Those that have none any more.
    let mut gone: Vec<_> = before.into_iter().collect();
    gone.sort();
    for (path, previous) in gone {
        add(worker, &path, Some(&previous));
    }
    json(json!({ "items": items }))
}

fn report(found: Vec<lsp::Diagnostic>, previous: Option<&str>) -> Value {
    let id = fingerprint(&found);
    if previous == Some(&id) {
        json!({ "kind": "unchanged", "resultId": id })
    } else {
        json!({ "kind": "full", "resultId": id, "items": found })
    }
}
