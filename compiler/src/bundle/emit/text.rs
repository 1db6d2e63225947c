//! Text that grows, with source maps that move along.

use crate::syntax::bundle::{Mapping, Text};

/// A string literal.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned())
}

/// A chunk as it is put together.
#[derive(Default)]
pub(super) struct Joined {
    pub(super) code: String,
    /// With the index of the source.
    pub(super) mappings: Vec<(u32, Mapping)>,
    line: u32,
    /// Where the last line begins.
    line_start: usize,
}

impl Joined {
    /// Adds text that comes from nowhere.
    pub(super) fn add(&mut self, text: &str) {
        self.code.push_str(text);
        self.advance(text);
    }

    /// Adds a line.
    pub(super) fn line(&mut self, text: &str) {
        self.add(text);
        self.add("\n");
    }

    fn advance(&mut self, text: &str) {
        if let Some(last) = text.rfind('\n') {
            self.line += text.bytes().filter(|byte| *byte == b'\n').count() as u32;
            self.line_start = self.code.len() - (text.len() - last - 1);
        }
    }

    /// Adds printed statements; their sources have the numbers from `first_source` on.
    pub(super) fn text(&mut self, text: &Text, first_source: u32) {
        if text.code.is_empty() {
            return;
        }
        let column = self.code[self.line_start..].encode_utf16().count() as u32;
        let line = self.line;
        self.mappings.extend(text.mappings.iter().map(|it| {
            let column = if it.line == 0 { it.column + column } else { it.column };
            (first_source + it.origin, Mapping { line: it.line + line, column, ..*it })
        }));
        self.add(&text.code);
        if !text.code.ends_with('\n') {
            self.add("\n");
        }
    }
}

/// The `mappings` of a source map. Sources are indexes.
pub(super) fn encode(mappings: &[(u32, Mapping)]) -> String {
    let mut text = String::with_capacity(mappings.len() * 6);
    let (mut line, mut column) = (0, 0i64);
    let (mut source, mut source_line, mut source_column) = (0i64, 0i64, 0i64);
    let mut first = true;
    for (index, it) in mappings {
        while line < it.line {
            text.push(';');
            line += 1;
            column = 0;
            first = true;
        }
        if !first {
            text.push(',');
        }
        first = false;
        digits(&mut text, i64::from(it.column) - column);
        digits(&mut text, i64::from(*index) - source);
        digits(&mut text, i64::from(it.source_line) - source_line);
        digits(&mut text, i64::from(it.source_column) - source_column);
        column = it.column.into();
        source = (*index).into();
        source_line = it.source_line.into();
        source_column = it.source_column.into();
    }
    text
}

/// A number in base 64, sign last, five bits a digit.
fn digits(text: &mut String, number: i64) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut rest = number.unsigned_abs() << 1 | u64::from(number < 0);
    loop {
        let more = if rest > 31 { 32 } else { 0 };
        text.push(char::from(DIGITS[(rest & 31 | more) as usize]));
        rest >>= 5;
        if more == 0 {
            return;
        }
    }
}
