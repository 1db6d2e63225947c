//! What is wrong with a source text, and how it is shown: place, message, the line with a caret.

use std::fmt::Write;

/// A place in a source text, counted from 1; columns in UTF-16 units as stack traces count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// One complaint about one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code: [`corona_std::errors`].
    pub code: &'static str,
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Byte offset into the text.
    pub offset: usize,
    /// Length in bytes of what is at fault.
    pub length: usize,
}

impl Diagnostic {
    pub fn new(code: &'static str, message: impl Into<String>, offset: usize, length: usize) -> Diagnostic {
        Diagnostic { code, message: message.into(), help: None, offset, length }
    }
}

/// The position of a byte offset.
pub fn position(text: &str, offset: usize) -> Position {
    let offset = floor(text, offset);
    let line_start = text[..offset].rfind('\n').map_or(0, |index| index + 1);
    let line = text[..offset].bytes().filter(|byte| *byte == b'\n').count() + 1;
    Position { line, column: text[line_start..offset].encode_utf16().count() + 1 }
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// `error[CODE]: message`, place and code frame, for a person.
pub fn render(file: &str, text: &str, diagnostic: &Diagnostic) -> String {
    let at = position(text, diagnostic.offset);
    let mut out = format!("error[{}]: {}\n", diagnostic.code, diagnostic.message);
    let _ = writeln!(out, "  --> {file}:{}:{}", at.line, at.column);
    let line = text.split('\n').nth(at.line - 1).unwrap_or("").trim_end_matches('\r');
    let number = at.line.to_string();
    let margin = " ".repeat(number.len());
    let chars: Vec<char> = line.chars().collect();
    let before = text[..floor(text, diagnostic.offset)].rsplit('\n').next().unwrap_or("").chars().count();
    let length = text[floor(text, diagnostic.offset)..floor(text, diagnostic.offset + diagnostic.length)].chars();
    let carets = length.take_while(|it| *it != '\n').count().clamp(1, chars.len().saturating_sub(before).max(1));
    // A minified line would fill the screen: show what surrounds the place.
    let start = before.saturating_sub(80);
    let shown: String = chars.iter().skip(start).take(160).collect();
    let indent: String = chars[start.min(chars.len())..before.min(chars.len())]
        .iter()
        .map(|it| if *it == '\t' { '\t' } else { ' ' })
        .collect();
    let _ = writeln!(out, "{margin} |\n{number} | {shown}\n{margin} | {indent}{}", "^".repeat(carets.min(80)));
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "{margin} = help: {help}");
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_points_at_the_place() {
        let mut diagnostic = Diagnostic::new("CORONA1011", "no", 11, 3);
        diagnostic.help = Some("yes".to_owned());
        assert_eq!(
            render("a.ts", "let a;\nlet foo = 1;\n", &diagnostic),
            "error[CORONA1011]: no\n  --> a.ts:2:5\n  |\n2 | let foo = 1;\n  |     ^^^\n  = help: yes"
        );
    }

    #[test]
    fn offsets_beyond_the_text_or_inside_a_character_are_taken_down() {
        assert_eq!(position("é\n", 1), Position { line: 1, column: 1 });
        assert_eq!(position("a\nb", 99), Position { line: 2, column: 2 });
    }
}
