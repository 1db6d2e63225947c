//! `corona check --effects`: what was inferred of each function, and why.

use crate::replace::Unfinished;
use corona_compiler::{FunctionReport, Place, Report};
use std::fmt::Write;
use std::path::Path;

pub(super) fn write(path: &Path, report: &Report, folder: &Path) -> Result<(), String> {
    let text = text(report, folder);
    if path == Path::new("-") {
        return crate::process::print(&text);
    }
    let written = Unfinished::write(path, &[text.as_bytes()], None).and_then(Unfinished::finish);
    written.map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// A function a line, with the hops to what blocks below it.
fn text(report: &Report, folder: &Path) -> String {
    let mut out = String::new();
    for function in &report.functions {
        let FunctionReport { name, place, effect, notes } = function;
        let name = if name.is_empty() { "a function" } else { name };
        let _ = writeln!(out, "{}: {name}: {effect}", at(place, folder));
        for note in notes {
            let place = note.place.as_ref().map_or(String::new(), |place| format!(" at {}", at(place, folder)));
            let _ = writeln!(out, "    {}{place}", note.message);
        }
    }
    out
}

fn at(place: &Place, folder: &Path) -> String {
    let position = place.position();
    format!("{}:{}:{}", super::short(&place.file, folder), position.line, position.column)
}
