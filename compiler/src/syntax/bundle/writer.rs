//! What swc's printer writes to: a text, and the source map of it as it grows.

use super::input_map::InputMap;
use super::mappings::{Mapping, Mappings};
use swc_common::{BytePos, Span};
use swc_ecma_codegen::Result;
use swc_ecma_codegen::text_writer::WriteJs;

const INDENT: &str = "    ";

/// A text that grows.
pub(super) struct Writer<'a> {
    pub(super) code: String,
    indent: usize,
    at_line_start: bool,
    line: u32,
    /// Where the last line begins.
    line_start: usize,
    /// How many bytes the last line has more than UTF-16 units.
    surplus: usize,
    /// Of the next thing that is written, once the indentation is there.
    pending: Option<BytePos>,
    places: Option<Places<'a>>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(code: String, places: Option<Places<'a>>) -> Writer<'a> {
        Writer { code, indent: 0, at_line_start: true, line: 0, line_start: 0, surplus: 0, pending: None, places }
    }

    /// The text, how many lines end in it, and where they come from.
    pub(super) fn finish(self) -> (String, u32, Mappings) {
        (self.code, self.line, self.places.map(Places::finish).unwrap_or_default())
    }

    fn place(&mut self, position: BytePos) {
        if let Some(places) = &mut self.places {
            let column = self.code.len() - self.line_start - self.surplus;
            places.add(position, self.line, column as u32);
        }
    }

    fn write(&mut self, span: Option<Span>, text: &str) -> Result {
        if text.is_empty() {
            return Ok(());
        }
        if self.at_line_start {
            self.at_line_start = false;
            (0..self.indent).for_each(|_| self.code.push_str(INDENT));
            if let Some(position) = self.pending.take() {
                self.place(position);
            }
        }
        if let Some(span) = span {
            self.place(span.lo);
        }
        self.code.push_str(text);
        // Most of it is punctuation.
        if text.len() > 1 || text == "\n" {
            self.advance(text);
        }
        if let Some(span) = span {
            self.place(span.hi);
        }
        Ok(())
    }

    /// Counts the lines of `text`, which has been written.
    fn advance(&mut self, text: &str) {
        let mut last_line = text;
        if let Some(at) = text.rfind('\n') {
            self.line += text.bytes().filter(|byte| *byte == b'\n').count() as u32;
            last_line = &text[at + 1..];
            self.line_start = self.code.len() - last_line.len();
            self.surplus = 0;
        }
        if !last_line.is_ascii() {
            self.surplus += last_line.len() - last_line.encode_utf16().count();
        }
    }
}

impl WriteJs for Writer<'_> {
    fn increase_indent(&mut self) -> Result {
        self.indent += 1;
        Ok(())
    }

    fn decrease_indent(&mut self) -> Result {
        self.indent -= 1;
        Ok(())
    }

    fn write_semi(&mut self, span: Option<Span>) -> Result {
        self.write(span, ";")
    }

    fn write_space(&mut self) -> Result {
        self.write(None, " ")
    }

    fn write_keyword(&mut self, span: Option<Span>, text: &'static str) -> Result {
        self.write(span, text)
    }

    fn write_operator(&mut self, span: Option<Span>, text: &str) -> Result {
        self.write(span, text)
    }

    fn write_param(&mut self, text: &str) -> Result {
        self.write(None, text)
    }

    fn write_property(&mut self, text: &str) -> Result {
        self.write(None, text)
    }

    fn write_line(&mut self) -> Result {
        let pending = self.pending.take();
        if !self.at_line_start {
            self.code.push('\n');
            self.line += 1;
            (self.line_start, self.surplus) = (self.code.len(), 0);
            self.at_line_start = true;
            if let Some(position) = pending {
                self.place(position);
            }
        }
        Ok(())
    }

    fn write_lit(&mut self, span: Span, text: &str) -> Result {
        self.write(Some(span), text)
    }

    fn write_comment(&mut self, text: &str) -> Result {
        self.write(None, text)
    }

    fn write_str_lit(&mut self, span: Span, text: &str) -> Result {
        self.write(Some(span), text)
    }

    fn write_str(&mut self, text: &str) -> Result {
        self.write(None, text)
    }

    fn write_symbol(&mut self, span: Span, text: &str) -> Result {
        self.write(Some(span), text)
    }

    fn write_punct(&mut self, span: Option<Span>, text: &'static str, _: bool) -> Result {
        self.write(span, text)
    }

    fn care_about_srcmap(&self) -> bool {
        self.places.is_some()
    }

    fn add_srcmap(&mut self, position: BytePos) -> Result {
        match self.at_line_start {
            true => self.pending = Some(position),
            false => self.place(position),
        }
        Ok(())
    }

    fn commit_pending_semi(&mut self) -> Result {
        Ok(())
    }
}

/// Positions of the tree as lines and columns.
pub(super) struct Places<'a> {
    lines: Lines<'a>,
    start: BytePos,
    map: Option<&'a InputMap>,
    mappings: Mappings,
    /// The last one: another at the same place of the output takes its place.
    last: Option<Mapping>,
}

impl<'a> Places<'a> {
    /// Of a tree whose text is `text` and begins at `start`; what that was made of, if there is `map`.
    pub(super) fn new(text: &'a str, start: BytePos, map: Option<&'a InputMap>) -> Places<'a> {
        Places { lines: Lines::of(text), start, map, mappings: Mappings::default(), last: None }
    }

    fn add(&mut self, position: BytePos, line: u32, column: u32) {
        if position.is_reserved_for_comments() || position < self.start {
            return;
        }
        let Some((source_line, source_column)) = self.lines.locate((position.0 - self.start.0) as usize) else {
            return;
        };
        let mapping = Mapping { line, column, source: 0, source_line, source_column };
        let mapping = match self.map {
            Some(map) => map.lead(mapping),
            None => Some(mapping),
        };
        let Some(mapping) = mapping else { return };
        if let Some(last) = self.last.replace(mapping)
            && (last.line, last.column) != (line, column)
        {
            self.mappings.push(last);
        }
    }

    fn finish(mut self) -> Mappings {
        self.last.into_iter().for_each(|it| self.mappings.push(it));
        self.mappings
    }
}

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<u32>,
    ascii: bool,
    /// The line that was found last: most places follow one another.
    near: usize,
}

impl Lines<'_> {
    fn of(text: &str) -> Lines<'_> {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at as u32 + 1));
        Lines { text, starts, ascii: text.is_ascii(), near: 0 }
    }

    /// Line and column; `None` past the end.
    fn locate(&mut self, offset: usize) -> Option<(u32, u32)> {
        if offset > self.text.len() {
            return None;
        }
        let offset_32 = offset as u32;
        let begins = |line: usize| self.starts.get(line).copied().unwrap_or(u32::MAX);
        let mut line = self.near;
        if begins(line) > offset_32 || begins(line + 2) <= offset_32 {
            line = self.starts.partition_point(|it| *it <= offset_32) - 1;
        } else if begins(line + 1) <= offset_32 {
            line += 1;
        }
        self.near = line;
        let begin = begins(line) as usize;
        let column = match self.ascii {
            true => offset - begin,
            false => self.text.get(begin..offset).map_or(0, |before| before.encode_utf16().count()),
        };
        Some((line as u32, column as u32))
    }
}
