//! Findings as text: for people, and for the programs that people show them with.

use crate::arguments::Format;
use crate::render;
use corona_compiler::{Diagnostic, Report};
use std::fmt::Write;

pub(super) fn write(format: Format, report: &Report, color: bool) -> String {
    match format {
        Format::Full => report.diagnostics.iter().map(|it| render::single(it, color) + "\n\n").collect(),
        Format::Concise => report.diagnostics.iter().map(concise).collect(),
    }
}

fn concise(diagnostic: &Diagnostic) -> String {
    let mut out = String::new();
    if let Some(place) = &diagnostic.place {
        let position = place.position();
        let _ = write!(out, "{}:{}:{}: ", place.file, position.line, position.column);
    }
    let _ = writeln!(out, "{}[{}] {}", diagnostic.severity.name(), diagnostic.code, diagnostic.message);
    out
}
