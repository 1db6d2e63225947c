//! Offsets of bytes to lines and columns, in the unit that was agreed on, and back.

use gen_lsp_types::{Position, Range};

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    fn units(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.encode_utf16().count(),
            Encoding::Utf32 => text.chars().count(),
        }
    }

    /// Bytes of the first `units` of a line. What lies inside a character is taken down, what lies behind the line to
    /// its end: the protocol wants it so.
    fn bytes(self, line: &str, units: usize) -> usize {
        let mut left = units;
        for (offset, character) in line.char_indices() {
            let width = match self {
                Encoding::Utf8 => character.len_utf8(),
                Encoding::Utf16 => character.len_utf16(),
                Encoding::Utf32 => 1,
            };
            if left < width {
                return offset;
            }
            left -= width;
        }
        line.len()
    }
}

/// Where the lines of a text begin.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Lines {
    pub(super) fn of(text: &str, encoding: Encoding) -> Lines {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(index, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(index + 1) != Some(&b'\n'),
            _ => false,
        });
        Lines { starts: std::iter::once(0).chain(ends.map(|(index, _)| index + 1)).collect(), encoding }
    }

    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let column = self.encoding.units(&text[self.starts[line]..offset]);
        Position { line: small(line), character: small(column) }
    }

    pub(super) fn range(&self, text: &str, offset: usize, length: usize) -> Range {
        Range { start: self.position(text, offset), end: self.position(text, offset.saturating_add(length)) }
    }

    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line) else { return text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text[*start..end].trim_end_matches(['\n', '\r']);
        start + self.encoding.bytes(content, position.character as usize)
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a😀b\r\nü\rx\n";

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn positions_go_there_and_back_in_every_unit() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::of(TEXT, encoding);
            for (offset, _) in TEXT.char_indices().filter(|(_, it)| *it != '\n') {
                assert_eq!(lines.offset(TEXT, lines.position(TEXT, offset)), offset, "{encoding:?}");
            }
        }
        assert_eq!(Lines::of(TEXT, Encoding::Utf16).position(TEXT, 5), at(0, 3));
        assert_eq!(Lines::of(TEXT, Encoding::Utf8).position(TEXT, 5), at(0, 5));
        assert_eq!(Lines::of(TEXT, Encoding::Utf32).position(TEXT, 5), at(0, 2));
        assert_eq!(Lines::of(TEXT, Encoding::Utf16).position(TEXT, TEXT.len()), at(3, 0));
    }

    #[test]
    fn positions_that_are_not_there_are_taken_to_the_nearest() {
        let lines = Lines::of(TEXT, Encoding::Utf16);
        assert_eq!(lines.offset(TEXT, at(0, 2)), 1, "inside a character");
        assert_eq!(lines.offset(TEXT, at(0, 99)), 6, "behind a line");
        assert_eq!(lines.offset(TEXT, at(9, 0)), TEXT.len(), "behind the text");
    }
}
