//! Text that grows, with source maps that move along.

use crate::syntax::bundle::{Mappings, Text};

/// A string literal.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned())
}

/// A chunk as it is put together, of whole lines.
#[derive(Default)]
pub(super) struct Joined {
    pieces: Vec<String>,
    /// What comes after them and still grows.
    last: String,
    bytes: usize,
    mappings: Mappings,
    lines: u32,
}

impl Joined {
    /// How long it is.
    pub(super) fn bytes(&self) -> usize {
        self.bytes + self.last.len()
    }

    /// Adds a line that comes from nowhere; or several.
    pub(super) fn line(&mut self, text: &str) {
        self.last.push_str(text);
        self.last.push('\n');
        self.lines += text.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
    }

    /// Adds printed statements; their sources have the numbers from `first_source` on.
    pub(super) fn text(&mut self, text: Text, first_source: u32) {
        if text.code.is_empty() {
            return;
        }
        self.mappings.append(text.mappings, self.lines, first_source);
        self.lines += text.lines;
        let is_whole = text.code.ends_with('\n');
        self.end_piece();
        self.bytes += text.code.len();
        self.pieces.push(text.code);
        if !is_whole {
            self.line("");
        }
    }

    fn end_piece(&mut self) {
        if !self.last.is_empty() {
            self.bytes += self.last.len();
            self.pieces.push(std::mem::take(&mut self.last));
        }
    }

    /// The code in pieces, and where it comes from.
    pub(super) fn finish(mut self) -> (Vec<String>, Mappings) {
        self.end_piece();
        (self.pieces, self.mappings)
    }
}
