//! Findings as text: for people, and for the programs that people show them with.

mod github;
mod json;
mod junit;
mod sarif;

use crate::arguments::Format;
use crate::render;
use corona_compiler::{Diagnostic, Report};
use std::fmt::Write;
use std::path::Path;

/// `folder` is what relative paths are relative to.
pub(super) fn write(format: Format, report: &Report, folder: &Path, color: bool) -> String {
    match format {
        Format::Full => report.diagnostics.iter().map(|it| render::single(it, color) + "\n\n").collect(),
        Format::Concise => report.diagnostics.iter().map(concise).collect(),
        Format::Json => json::write(report),
        Format::Sarif => sarif::write(report, folder),
        Format::Github => github::write(report),
        Format::Junit => junit::write(report),
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

/// The code, and the lint's name if it has one.
fn title(diagnostic: &Diagnostic) -> String {
    diagnostic.lint.map_or_else(|| diagnostic.code.to_owned(), |lint| format!("{} {lint}", diagnostic.code))
}
