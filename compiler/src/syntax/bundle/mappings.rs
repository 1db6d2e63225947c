//! Source maps as they are made: every place is told by its distance from the one before, so texts that are printed apart
//! are joined by telling the first place of each anew.

/// A place of the output and the one that it came from. Lines and columns count from 0; columns in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Mapping {
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// Index of the text that `source_line` is of.
    pub(crate) source: u32,
    pub(crate) source_line: u32,
    pub(crate) source_column: u32,
}

/// Mappings of a text, or of several, in the order of the output.
#[derive(Debug, Default)]
pub(crate) struct Mappings {
    ends: Option<Ends>,
    /// All but the first one, encoded: in pieces that follow one another, the last of which grows.
    rest: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
struct Ends {
    first: Mapping,
    last: Mapping,
}

impl Mappings {
    /// Adds a mapping that stands after all others.
    pub(crate) fn push(&mut self, mapping: Mapping) {
        match &mut self.ends {
            Some(ends) => {
                if self.rest.is_empty() {
                    self.rest.push(String::new());
                }
                if let Some(rest) = self.rest.last_mut() {
                    encode(rest, Some(&ends.last), &mapping);
                }
                ends.last = mapping;
            }
            None => self.ends = Some(Ends { first: mapping, last: mapping }),
        }
    }

    /// Adds those of a text that begins with line `line`, and whose sources have the numbers from `source` on.
    pub(crate) fn append(&mut self, other: Mappings, line: u32, source: u32) {
        let Some(ends) = other.ends else { return };
        let moved = |it: Mapping| Mapping { line: it.line + line, source: it.source + source, ..it };
        // The last piece may be long: it does not grow, or it would have to move.
        self.rest.push(String::new());
        self.push(moved(ends.first));
        self.rest.extend(other.rest);
        if let Some(own) = &mut self.ends {
            own.last = moved(ends.last);
        }
    }

    /// The `mappings` of a source map, in pieces.
    pub(crate) fn encoded(self) -> impl Iterator<Item = String> {
        let first = self.ends.map(|ends| {
            let mut first = String::new();
            encode(&mut first, None, &ends.first);
            first
        });
        first.into_iter().chain(self.rest)
    }
}

/// Tells `it` by its distance from `last`.
fn encode(text: &mut String, last: Option<&Mapping>, it: &Mapping) {
    let is_first = last.is_none();
    let last = last.copied().unwrap_or_default();
    let mut column = last.column;
    match it.line - last.line {
        0 if is_first => {}
        0 => text.push(','),
        lines => {
            text.extend(std::iter::repeat_n(';', lines as usize));
            column = 0;
        }
    }
    digits(text, it.column, column);
    digits(text, it.source, last.source);
    digits(text, it.source_line, last.source_line);
    digits(text, it.source_column, last.source_column);
}

/// A distance in base 64, sign last, five bits a digit.
fn digits(text: &mut String, to: u32, from: u32) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let distance = i64::from(to) - i64::from(from);
    let mut rest = distance.unsigned_abs() << 1 | u64::from(distance < 0);
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

    fn mapping(source: u32, output: (u32, u32), from: (u32, u32)) -> Mapping {
        Mapping { line: output.0, column: output.1, source, source_line: from.0, source_column: from.1 }
    }

    fn of(all: &[Mapping]) -> Mappings {
        let mut mappings = Mappings::default();
        all.iter().for_each(|it| mappings.push(*it));
        mappings
    }

    fn text(mappings: Mappings) -> String {
        mappings.encoded().collect()
    }

    const ALL: [Mapping; 5] = [
        Mapping { line: 0, column: 0, source: 0, source_line: 0, source_column: 0 },
        Mapping { line: 0, column: 4, source: 0, source_line: 0, source_column: 6 },
        Mapping { line: 2, column: 1, source: 1, source_line: 40, source_column: 0 },
        Mapping { line: 2, column: 9, source: 1, source_line: 39, source_column: 2 },
        Mapping { line: 3, column: 0, source: 0, source_line: 1, source_column: 0 },
    ];

    #[test]
    fn places_are_told_by_distance() {
        assert_eq!(text(of(&ALL)), "AAAA,IAAM;;CCwCN,QADE;ADtCF");
        assert_eq!(text(Mappings::default()), "");
        // The first one need not stand on the first line.
        assert_eq!(text(of(&[mapping(0, (2, 3), (1, 0))])), ";;GACA");
    }

    #[test]
    fn parts_join_to_the_whole() {
        for cut in 0..=ALL.len() {
            let mut joined = of(&ALL[..cut]);
            joined.append(of(&ALL[cut..]), 0, 0);
            assert_eq!(text(joined), text(of(&ALL)), "cut at {cut}");
        }
    }

    #[test]
    fn texts_are_moved_as_a_whole() {
        let part = || of(&[mapping(0, (0, 2), (5, 1)), mapping(1, (1, 0), (6, 0))]);
        let mut joined = of(&[mapping(0, (0, 0), (0, 0))]);
        joined.append(part(), 10, 1);
        joined.append(part(), 20, 3);
        let expected = of(&[
            mapping(0, (0, 0), (0, 0)),
            mapping(1, (10, 2), (5, 1)),
            mapping(2, (11, 0), (6, 0)),
            mapping(3, (20, 2), (5, 1)),
            mapping(4, (21, 0), (6, 0)),
        ]);
        assert_eq!(text(joined), text(expected));
    }
}
