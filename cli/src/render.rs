//! What is wrong with a program, for a person: headline, place, the line with carets, how it comes about, what to do.

use corona_compiler::{Diagnostic, Place, Severity};
use std::fmt::Write;

/// Characters of a line that are shown: a minified one would fill the screen.
const WIDTH_MAX: usize = 160;
/// Complaints that are shown in full.
const SHOWN_MAX: usize = 20;

/// Escape sequences, or none.
struct Paint {
    on: bool,
}

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// One of them in full.
pub(crate) fn single(diagnostic: &Diagnostic, color: bool) -> String {
    one(diagnostic, &Paint { on: color }, true)
}

/// All of them, one after the other.
pub(crate) fn full(diagnostics: &[Diagnostic], color: bool) -> String {
    render(diagnostics, &Paint { on: color }, true)
}

/// As the message of an exception, which has its code and its name elsewhere.
pub(crate) fn message(diagnostics: &[Diagnostic]) -> String {
    render(diagnostics, &Paint { on: false }, false)
}

fn render(diagnostics: &[Diagnostic], paint: &Paint, headline: bool) -> String {
    let each = diagnostics.iter().take(SHOWN_MAX).enumerate();
    let shown: Vec<String> = each.map(|(index, it)| one(it, paint, headline || index > 0)).collect();
    let mut out = shown.join("\n\n");
    if diagnostics.len() > SHOWN_MAX {
        let _ = write!(out, "\n\n… and {} more", diagnostics.len() - SHOWN_MAX);
    }
    out
}

fn one(diagnostic: &Diagnostic, paint: &Paint, headline: bool) -> String {
    let mut out = String::new();
    let hue = hue(diagnostic.severity);
    if headline {
        let lint = diagnostic.lint.map_or(String::new(), |lint| format!(" {lint}"));
        let label = format!("{}[{}{lint}]", diagnostic.severity.name(), diagnostic.code);
        let _ = write!(out, "{}: ", paint.with(hue, &label));
    }
    out.push_str(&paint.with("1", &diagnostic.message));
    let places = diagnostic.place.iter().chain(diagnostic.notes.iter().filter_map(|note| note.place.as_ref()));
    let margin = places.map(|place| place.position().line.to_string().len()).max().unwrap_or(0);
    let margin = " ".repeat(margin);
    if let Some(place) = &diagnostic.place {
        frame(&mut out, place, &margin, &Style { paint, arrow: "-->", hue });
    }
    for note in &diagnostic.notes {
        let _ = write!(out, "\n{margin} {} {}", paint.with("36", "= note:"), note.message);
        if let Some(place) = &note.place {
            frame(&mut out, place, &margin, &Style { paint, arrow: ":::", hue: "1;36" });
        }
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(out, "\n{margin} {} {help}", paint.with("36", "= help:"));
    }
    out
}

fn hue(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Info => "1;34",
    }
}

/// How a frame looks.
struct Style<'a> {
    paint: &'a Paint,
    arrow: &'static str,
    hue: &'static str,
}

fn frame(out: &mut String, place: &Place, margin: &str, style: &Style<'_>) {
    let position = place.position();
    let paint = style.paint;
    let bar = paint.with("36", "|");
    let arrow = paint.with("36", style.arrow);
    let _ = write!(out, "\n{margin} {arrow} {}:{}:{}", place.file, position.line, position.column);
    let (line, before, fault) = place.line();
    let before: Vec<char> = before.chars().collect();
    let start = before.len().saturating_sub(WIDTH_MAX / 2);
    let shown: String = line.chars().skip(start).take(WIDTH_MAX).map(visible).collect();
    let indent: String = before[start..].iter().map(|it| if *it == '\t' { '\t' } else { ' ' }).collect();
    let carets = fault.chars().count().clamp(1, WIDTH_MAX / 2);
    let number = format!("{:>width$}", position.line, width = margin.len());
    let number = paint.with("36", &number);
    let _ = write!(out, "\n{margin} {bar}\n{number} {bar} {}", shown.trim_end());
    let _ = write!(out, "\n{margin} {bar} {indent}{}", paint.with(style.hue, &"^".repeat(carets)));
}

/// Control characters of a source must not reach the terminal.
fn visible(character: char) -> char {
    if character.is_control() && character != '\t' { '\u{fffd}' } else { character }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corona_compiler::Note;

    fn place(text: &str, offset: usize, length: usize) -> Place {
        Place { file: "/app/a.ts".to_owned(), text: text.into(), offset, length }
    }

    fn diagnostic(text: &str, offset: usize, length: usize) -> Diagnostic {
        Diagnostic {
            code: "CORONA1011",
            severity: Severity::Error,
            message: "expression expected".to_owned(),
            place: Some(place(text, offset, length)),
            notes: Vec::new(),
            help: Some("write something".to_owned()),
            fix: None,
            lint: None,
        }
    }

    #[test]
    fn a_frame_points_at_the_place() {
        assert_eq!(
            full(&[diagnostic("let a;\nlet foo = ;\n", 17, 1)], false),
            "error[CORONA1011]: expression expected\n  --> /app/a.ts:2:11\n  |\n2 | let foo = ;\n  |           ^\n  = help: write something"
        );
    }

    #[test]
    fn notes_show_every_hop_with_its_line() {
        let text = format!("f();\n{}let b;\n", "\n".repeat(10));
        let hop = Note { message: "f calls b".to_owned(), place: Some(place(&text, 15, 3)) };
        let notes = vec![hop, Note { message: "that is all".to_owned(), place: None }];
        let severity = Severity::Warning;
        let found = Diagnostic { notes, severity, lint: Some("some-lint"), ..diagnostic(&text, 0, 1) };
        assert_eq!(
            full(&[found], false),
            "warning[CORONA1011 some-lint]: expression expected\n   --> /app/a.ts:1:1\n   |\n 1 | f();\n   | ^\n   \
             = note: f calls b\n   ::: /app/a.ts:12:1\n   |\n12 | let b;\n   | ^^^\n   = note: that is all\n   \
             = help: write something"
        );
    }

    #[test]
    fn the_message_of_an_exception_has_no_headline() {
        let shown = message(&[diagnostic("x", 0, 1), diagnostic("y", 0, 1)]);
        assert!(shown.starts_with("expression expected\n") && shown.contains("\n\nerror[CORONA1011]: "), "{shown}");
    }

    #[test]
    fn colours_are_only_there_when_wanted() {
        let diagnostics = [diagnostic("x", 0, 1)];
        assert!(full(&diagnostics, true).contains("\x1b[1;31m"));
        assert!(!full(&diagnostics, false).contains('\x1b'));
    }

    #[test]
    fn long_lines_are_cut_and_control_characters_replaced() {
        let text = format!("{}\x1b[31m oops", "x".repeat(10_000));
        let shown = full(&[diagnostic(&text, 10_006, 4)], false);
        assert!(shown.lines().all(|line| line.chars().count() < 200), "{shown}");
        assert!(!shown.contains('\x1b'));
    }
}
