//! Findings as JUnit's XML, which most build servers read. A finding is a test that failed.

use crate::render;
use corona_compiler::{Diagnostic, Report};
use std::fmt::Write;

pub(super) fn write(report: &Report) -> String {
    let failures = report.diagnostics.len();
    let tests = failures.max(1);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<testsuites name=\"corona check\" tests=\"{tests}\" failures=\"{failures}\">");
    let _ = writeln!(out, "  <testsuite name=\"corona check\" tests=\"{tests}\" failures=\"{failures}\">");
    if failures == 0 {
        out.push_str("    <testcase name=\"no findings\" classname=\"corona check\"/>\n");
    }
    report.diagnostics.iter().for_each(|it| case(&mut out, it));
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn case(out: &mut String, it: &Diagnostic) {
    let name = escape(&super::title(it));
    match &it.place {
        Some(place) => {
            let line = place.position().line;
            let file = escape(&place.file);
            let _ =
                writeln!(out, "    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\" line=\"{line}\">");
        }
        None => drop(writeln!(out, "    <testcase name=\"{name}\" classname=\"corona check\">")),
    }
    let (kind, message) = (it.severity.name(), escape(&it.message));
    let text = escape(&render::single(it, false));
    let _ = writeln!(out, "      <failure type=\"{kind}\" message=\"{message}\">{text}</failure>\n    </testcase>");
}

/// XML has no way to write most control characters.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(character),
            it if it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            it => out.push(it),
        }
    }
    out
}
