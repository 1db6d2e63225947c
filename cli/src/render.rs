//! What is wrong with a program, for a person: headline, place, the line with carets, what to do.

use corona_compiler::{Diagnostic, Place};
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
    if headline {
        let _ = write!(out, "{}: ", paint.with("1;31", &format!("error[{}]", diagnostic.code)));
    }
    out.push_str(&paint.with("1", &diagnostic.message));
    let mut margin = String::new();
    if let Some(place) = &diagnostic.place {
        margin = " ".repeat(place.position().line.to_string().len());
        frame(&mut out, place, &margin, paint);
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(out, "\n{margin} {} {help}", paint.with("36", "= help:"));
    }
    out
}

fn frame(out: &mut String, place: &Place, margin: &str, paint: &Paint) {
    let position = place.position();
    let bar = paint.with("36", "|");
    let arrow = paint.with("36", "-->");
    let _ = write!(out, "\n{margin} {arrow} {}:{}:{}", place.file, position.line, position.column);
    let (line, before, fault) = place.line();
    let before: Vec<char> = before.chars().collect();
    let start = before.len().saturating_sub(WIDTH_MAX / 2);
    let shown: String = line.chars().skip(start).take(WIDTH_MAX).map(visible).collect();
    let indent: String = before[start..].iter().map(|it| if *it == '\t' { '\t' } else { ' ' }).collect();
    let carets = fault.chars().count().clamp(1, WIDTH_MAX / 2);
    let number = paint.with("36", &position.line.to_string());
    let _ = write!(out, "\n{margin} {bar}\n{number} {bar} {}", shown.trim_end());
    let _ = write!(out, "\n{margin} {bar} {indent}{}", paint.with("1;31", &"^".repeat(carets)));
}

/// Control characters of a source must not reach the terminal.
fn visible(character: char) -> char {
    if character.is_control() && character != '\t' { '\u{fffd}' } else { character }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostic(text: &str, offset: usize, length: usize) -> Diagnostic {
        let place = Place { file: "/app/a.ts".to_owned(), text: text.into(), offset, length };
        let help = Some("write something".to_owned());
        Diagnostic { code: "CORONA1011", message: "expression expected".to_owned(), place: Some(place), help }
    }

    #[test]
    fn a_frame_points_at_the_place() {
        assert_eq!(
            full(&[diagnostic("let a;\nlet foo = ;\n", 17, 1)], false),
            "error[CORONA1011]: expression expected\n  --> /app/a.ts:2:11\n  |\n2 | let foo = ;\n  |           ^\n  = help: write something"
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
