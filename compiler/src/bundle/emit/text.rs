//! Text that grows, with source maps that move along.

use crate::syntax::bundle::{Mappings, Text};

/// A string literal.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned())
}

/// A chunk as it is put together, of whole lines.
#[derive(Default)]
pub(super) struct Joined {
    pub(super) code: String,
    pub(super) mappings: Mappings,
    lines: u32,
}

impl Joined {
    /// Makes room for `texts`.
    pub(super) fn reserve<'a>(&mut self, texts: impl Iterator<Item = &'a Text> + Clone) {
        self.code.reserve(texts.clone().map(|it| it.code.len()).sum());
        self.mappings.reserve(texts.map(|it| &it.mappings));
    }

    /// Adds a line that comes from nowhere; or several.
    pub(super) fn line(&mut self, text: &str) {
        self.code.push_str(text);
        self.code.push('\n');
        self.lines += text.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
    }

    /// Adds printed statements; their sources have the numbers from `first_source` on.
    pub(super) fn text(&mut self, text: &Text, first_source: u32) {
        if text.code.is_empty() {
            return;
        }
        self.mappings.append(&text.mappings, self.lines, first_source);
        self.code.push_str(&text.code);
        self.lines += text.lines;
        if !text.code.ends_with('\n') {
            self.code.push('\n');
            self.lines += 1;
        }
    }
}
