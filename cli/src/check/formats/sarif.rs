//! Findings as SARIF 2.1.0 (OASIS), which code-scanning services take in.

use corona_compiler::{Diagnostic, Fix, Lint, Place, Report, Severity};
use serde_json::{Map, Value, json};
use std::path::Path;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// What relative addresses are relative to: the working directory.
const BASE: &str = "SRCROOT";

pub(super) fn write(report: &Report, folder: &Path) -> String {
    let results: Vec<Value> = report.diagnostics.iter().map(|it| result(it, folder)).collect();
    let value = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "corona check",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules(report),
            }},
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { BASE: { "uri": format!("{}/", corona_compiler::file_url(folder)) } },
            "results": results,
        }],
    });
    format!("{value:#}\n")
}

/// What the results refer to: lints, and the codes of what is wrong with the program besides.
fn rules(report: &Report) -> Vec<Value> {
    let mut codes: Vec<&str> = report.diagnostics.iter().map(|it| it.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.into_iter().map(|code| Lint::named(code).map_or_else(|| json!({ "id": code }), rule)).collect()
}

fn rule(lint: &Lint) -> Value {
    json!({
        "id": lint.code,
        "name": lint.name,
        "shortDescription": { "text": lint.what },
        "fullDescription": { "text": lint.why },
        "help": { "text": format!("{}\n\nExample:\n\n{}\nUse instead:\n\n{}", lint.why, lint.example, lint.instead) },
        "defaultConfiguration": { "level": level(lint.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(it: &Diagnostic, folder: &Path) -> Value {
    let mut text = it.message.clone();
    if let Some(help) = &it.help {
        text.push_str("\n\n");
        text.push_str(help);
    }
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(it.code));
    result.insert("level".to_owned(), json!(level(it.severity)));
    result.insert("message".to_owned(), json!({ "text": text }));
    if let Some(place) = &it.place {
        result.insert("locations".to_owned(), json!([{ "physicalLocation": physical(place) }]));
    }
    let hops: Vec<Value> = it
        .notes
        .iter()
        .filter_map(|note| {
            let place = note.place.as_ref()?;
            Some(json!({ "physicalLocation": physical(place), "message": { "text": note.message } }))
        })
        .collect();
    if !hops.is_empty() {
        let steps: Vec<Value> = hops.iter().map(|hop| json!({ "location": hop })).collect();
        result.insert("relatedLocations".to_owned(), json!(hops));
        result.insert("codeFlows".to_owned(), json!([{ "threadFlows": [{ "locations": steps }] }]));
    }
    if let Some(fix) = &it.fix {
        result.insert("fixes".to_owned(), json!([mend(fix, folder)]));
    }
    Value::Object(result)
}

fn physical(place: &Place) -> Value {
    let (start, end) = (place.position(), place.end());
    json!({
        "artifactLocation": artifact(Path::new(&place.file)),
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

fn artifact(path: &Path) -> Value {
    let url = corona_compiler::file_url(path);
    match path.is_absolute() {
        true => json!({ "uri": url }),
        false => json!({ "uri": url.trim_start_matches("file://"), "uriBaseId": BASE }),
    }
}

/// Offsets count bytes of the text without its byte order mark.
fn mend(fix: &Fix, folder: &Path) -> Value {
    let changes: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            let path = edit.path.strip_prefix(folder).unwrap_or(&edit.path);
            json!({
                "artifactLocation": artifact(path),
                "replacements": [{
                    "deletedRegion": { "byteOffset": edit.offset, "byteLength": edit.length },
                    "insertedContent": { "text": edit.text },
                }],
            })
        })
        .collect();
    json!({ "description": { "text": fix.title }, "artifactChanges": changes })
}
