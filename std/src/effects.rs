//! The effect table: which standard functions may block. The runtime obeys it (inside an atomic block exactly these
//! throw), the compiler proves with it, the types document it. The text of the table is `std/effects.txt`.

/// Whether a call may suspend its coroutine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Never suspends.
    Never,
    /// May suspend; throws `WouldBlockError` where nothing may block.
    Blocks,
    /// Suspends if one of the functions handed to it does.
    AsArguments,
    /// May suspend unless the Future it is called on is settled.
    UnlessSettled,
}

impl Effect {
    /// The word for it in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Never => "never",
            Effect::Blocks => "blocks",
            Effect::AsArguments => "as-arguments",
            Effect::UnlessSettled => "unless-settled",
        }
    }
}

/// One row: an exported function, `Class` (its constructor), `Class.method` (of instances) or `Class.static:method`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// `corona`, `corona:net`, …; `global` for what needs no import.
    pub module: &'static str,
    pub name: &'static str,
    pub effect: Effect,
}

/// The table as text, one row a line: module, name, effect; `#` starts a comment.
pub const TEXT: &str = include_str!("../effects.txt");

/// Every row, in the order of the file.
pub fn rows() -> impl Iterator<Item = Row> {
    TEXT.lines().filter_map(|line| {
        let mut words = line.split('#').next().unwrap_or("").split_whitespace();
        let (module, name, effect) = (words.next()?, words.next()?, words.next()?);
        let effect = match effect {
            "never" => Effect::Never,
            "blocks" => Effect::Blocks,
            "as-arguments" => Effect::AsArguments,
            "unless-settled" => Effect::UnlessSettled,
            _ => return None,
        };
        Some(Row { module, name, effect })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_line_is_a_row_and_none_stands_twice() {
        let lines = TEXT.lines().filter(|line| !line.split('#').next().unwrap_or("").trim().is_empty()).count();
        assert_eq!(rows().count(), lines);
        let names: HashSet<_> = rows().map(|row| (row.module, row.name)).collect();
        assert_eq!(names.len(), lines);
    }
}
