//! Text that grows, with source maps that move along.

use crate::crew;
use crate::syntax::bundle::{Mapping, Text};
use std::ops::Range;

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

/// Fewer mappings are not worth a thread.
const MAPPINGS_MIN: usize = 1 << 15;

/// The `mappings` of a source map. Sources are indexes.
pub(super) fn encode(mappings: &[(u32, Mapping)], threads: usize) -> String {
    let size = mappings.len().div_ceil(threads).max(MAPPINGS_MIN);
    let pieces = (0..mappings.len()).step_by(size).map(|start| start..mappings.len().min(start + size)).collect();
    crew::map(threads, pieces, |_, piece| encode_piece(mappings, piece)).concat()
}

/// Each mapping is told by its distance from the one before.
fn encode_piece(mappings: &[(u32, Mapping)], piece: Range<usize>) -> String {
    let mut text = String::with_capacity(piece.len() * 6);
    let mut before = piece.start.checked_sub(1).map(|it| &mappings[it]);
    for mapping in &mappings[piece] {
        let (source, last) = before.copied().unwrap_or_default();
        let (index, it) = mapping;
        let mut column = last.column;
        match it.line - last.line {
            0 if before.is_some() => text.push(','),
            0 => {}
            lines => {
                text.extend(std::iter::repeat_n(';', lines as usize));
                column = 0;
            }
        }
        digits(&mut text, i64::from(it.column) - i64::from(column));
        digits(&mut text, i64::from(*index) - i64::from(source));
        digits(&mut text, i64::from(it.source_line) - i64::from(last.source_line));
        digits(&mut text, i64::from(it.source_column) - i64::from(last.source_column));
        before = Some(mapping);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(line: u32, column: u32, source_line: u32, source_column: u32) -> Mapping {
        Mapping { line, column, source_line, source_column, origin: 0 }
    }

    #[test]
    fn pieces_join_to_the_whole() {
        let all = [
            (0, mapping(0, 0, 0, 0)),
            (0, mapping(0, 4, 0, 6)),
            (1, mapping(2, 1, 40, 0)),
            (1, mapping(2, 9, 39, 2)),
            (0, mapping(3, 0, 1, 0)),
        ];
        let whole = encode_piece(&all, 0..all.len());
        assert_eq!(whole, "AAAA,IAAM;;CCwCN,QADE;ADtCF");
        for cut in 0..=all.len() {
            assert_eq!(encode_piece(&all, 0..cut) + &encode_piece(&all, cut..all.len()), whole);
        }
    }
}
