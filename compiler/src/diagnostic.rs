//! What is wrong with a program, as data. How it is shown lives in the command line.

use corona_std::errors;
use std::path::PathBuf;
use std::sync::Arc;

/// A position in a source text, counted from 1; columns in UTF-16 units, as stack traces count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Where in which text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// For a person: a path.
    pub file: String,
    pub text: Arc<str>,
    /// Byte offset into the text.
    pub offset: usize,
    /// Length in bytes of what is at fault.
    pub length: usize,
}

impl Place {
    pub fn position(&self) -> Position {
        position(&self.text, self.offset)
    }

    /// Where what is at fault ends: the position after its last character.
    pub fn end(&self) -> Position {
        position(&self.text, self.offset.saturating_add(self.length))
    }

    /// The line, what of it stands before the place, and what of it is at fault.
    pub fn line(&self) -> (&str, &str, &str) {
        let start = floor(&self.text, self.offset);
        let line_start = self.text[..start].rfind('\n').map_or(0, |index| index + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |index| start + index);
        let end = floor(&self.text, self.offset.saturating_add(self.length)).clamp(start, line_end);
        (self.text[line_start..line_end].trim_end_matches('\r'), &self.text[line_start..start], &self.text[start..end])
    }
}

fn position(text: &str, offset: usize) -> Position {
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

/// How bad it is. The order is that of importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    /// As reports name it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One step of the explanation: a hop on the way from the complaint's place to its cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub message: String,
    pub place: Option<Place>,
}

/// Puts `text` where `length` bytes stand at `offset` of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub path: PathBuf,
    pub offset: usize,
    pub length: usize,
    pub text: String,
}

/// A way to mend the program. The edits do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub title: String,
    pub edits: Vec<Edit>,
    /// The program does the same afterwards, without what was complained about: may be applied unasked.
    pub safe: bool,
}

/// One complaint. The message stands alone; notes show how it comes about; help says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code: [`corona_std::errors`], or Node's where programs test for it (`MODULE_NOT_FOUND`).
    pub code: &'static str,
    pub severity: Severity,
    pub message: String,
    pub place: Option<Place>,
    pub notes: Vec<Note>,
    pub help: Option<String>,
    pub fix: Option<Fix>,
    /// The lint that found it, by the name it is configured and suppressed with.
    pub lint: Option<&'static str>,
}

impl Diagnostic {
    /// An error.
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            place: None,
            notes: Vec::new(),
            help: None,
            fix: None,
            lint: None,
        }
    }

    pub(crate) fn at(mut self, place: Place) -> Diagnostic {
        self.place = Some(place);
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Whether JavaScript is to see a `SyntaxError`.
    pub fn is_syntax(&self) -> bool {
        self.code == errors::SYNTAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, offset: usize, length: usize) -> Place {
        Place { file: "a.ts".to_owned(), text: text.into(), offset, length }
    }

    #[test]
    fn positions_count_utf16_units_from_one() {
        assert_eq!(place("let a;\nlet 😀 = 1;", 16, 1).position(), Position { line: 2, column: 8 });
    }

    #[test]
    fn offsets_beyond_the_text_or_inside_a_character_are_taken_down() {
        assert_eq!(place("é\n", 1, 1).position(), Position { line: 1, column: 1 });
        assert_eq!(place("a\nb", 99, 9).position(), Position { line: 2, column: 2 });
    }

    #[test]
    fn what_is_at_fault_ends_with_its_line() {
        assert_eq!(place("one\ntwo\r\nthree", 5, 100).line(), ("two", "t", "wo\r"));
    }
}
