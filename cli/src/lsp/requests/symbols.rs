//! Symbols of a document, and what folds.

use super::{Asked, json};
use crate::lsp::position::Lines;
use crate::lsp::worker::Worker;
use corona_compiler::{FoldKind, Kind, SymbolTree};
use serde_json::{Value, json};

pub(super) fn of_document(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let trees = worker.projects.ide(&asked.path).symbols(&asked.path);
    Ok(trees.iter().map(|tree| symbol(tree, &asked.text, &asked.lines)).collect())
}

fn symbol(tree: &SymbolTree, text: &str, lines: &Lines) -> Value {
    let children: Vec<Value> = tree.children.iter().map(|child| symbol(child, text, lines)).collect();
    json!({
        "name": tree.name,
        "kind": kind(tree.kind),
        "range": lines.range(text, tree.range.start, tree.range.len()),
        "selectionRange": lines.range(text, tree.selection.start, tree.selection.len()),
        "children": children,
    })
}

/// The protocol's number of a kind of symbol.
pub(super) fn kind(kind: Kind) -> u32 {
    match kind {
        Kind::Namespace | Kind::Import => 3,
        Kind::Class => 5,
        Kind::Method => 6,
        Kind::Property => 7,
        Kind::Constructor => 9,
        Kind::Enum => 10,
        Kind::Type => 11,
        Kind::Function => 12,
        Kind::Variable | Kind::Parameter => 13,
        Kind::Constant => 14,
    }
}

pub(super) fn folds(worker: &mut Worker, params: Value) -> Result<Value, String> {
    let Some(asked) = Asked::of(worker, params)? else { return Ok(Value::Null) };
    let mut found: Vec<Value> = Vec::new();
    let mut starts = std::collections::HashSet::new();
    for (range, kind) in worker.projects.ide(&asked.path).folds(&asked.path) {
        let range = asked.lines.range(&asked.text, range.start, range.len());
        let (start, mut end) = (range.start.line, range.end.line);
        let kind = match kind {
            FoldKind::Code => {
                // The line with the closing bracket stays.
                end = end.saturating_sub(1);
                None
            }
            FoldKind::Comment => Some("comment"),
            FoldKind::Imports => Some("imports"),
        };
        // Editors fold one thing a line: the outermost.
        if end > start && starts.insert(start) {
            let mut fold = json!({ "startLine": start, "endLine": end });
            if let Some(kind) = kind {
                fold["kind"] = json!(kind);
            }
            found.push(fold);
        }
    }
    json(found)
}
