//! Findings as commands of GitHub's workflows, which shows them beside the code.

use corona_compiler::{Diagnostic, Report, Severity};
use std::fmt::Write;

pub(super) fn write(report: &Report) -> String {
    report.diagnostics.iter().map(command).collect()
}

fn command(it: &Diagnostic) -> String {
    let kind = match it.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut out = format!("::{kind} ");
    if let Some(place) = &it.place {
        let (start, end) = (place.position(), place.end());
        let file = property(&place.file);
        let _ = write!(out, "file={file},line={},col={},endLine={}", start.line, start.column, end.line);
        // Columns are only understood within one line.
        if end.line == start.line {
            let _ = write!(out, ",endColumn={}", end.column);
        }
        out.push(',');
    }
    let _ = write!(out, "title={}::", property(&super::title(it)));
    let mut text = it.message.clone();
    for note in &it.notes {
        let _ = write!(text, "\n{}", note.message);
        if let Some(place) = &note.place {
            let position = place.position();
            let _ = write!(text, " ({}:{}:{})", place.file, position.line, position.column);
        }
    }
    if let Some(help) = &it.help {
        let _ = write!(text, "\nhelp: {help}");
    }
    let _ = writeln!(out, "{}", data(&text));
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
