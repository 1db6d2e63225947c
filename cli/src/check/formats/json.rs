//! Findings as JSON, for programs.

use corona_compiler::{Diagnostic, Fix, Place, Report};
use serde_json::{Value, json};

/// Grows by fields; a change of what there is counts up.
const VERSION: u32 = 1;

pub(super) fn write(report: &Report) -> String {
    let findings: Vec<Value> = report.diagnostics.iter().map(finding).collect();
    let value = json!({ "version": VERSION, "files": report.files, "findings": findings });
    format!("{value:#}\n")
}

fn finding(it: &Diagnostic) -> Value {
    let notes = it.notes.iter().map(|note| json!({ "message": note.message, "place": note.place.as_ref().map(place) }));
    json!({
        "code": it.code,
        "lint": it.lint,
        "severity": it.severity.name(),
        "message": it.message,
        "place": it.place.as_ref().map(place),
        "notes": notes.collect::<Vec<_>>(),
        "help": it.help,
        "fix": it.fix.as_ref().map(fix),
    })
}

/// Lines and columns count from 1, columns in UTF-16 units; the end is the position after the last character.
fn place(it: &Place) -> Value {
    let (start, end) = (it.position(), it.end());
    json!({
        "file": it.file,
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "offset": it.offset,
        "length": it.length,
    })
}

fn fix(it: &Fix) -> Value {
    let edits = it.edits.iter().map(|edit| {
        json!({ "file": edit.path.display().to_string(), "offset": edit.offset, "length": edit.length, "text": edit.text })
    });
    json!({ "title": it.title, "safe": it.safe, "edits": edits.collect::<Vec<_>>() })
}
