//! Which symbols of the build are used.

use super::{OUTSIDE, Ref};

/// A set of symbols: most of those that there are will be in it.
#[derive(Debug, Default)]
pub(in crate::bundle) struct Used {
    by_module: Vec<Vec<bool>>,
    outside: Vec<bool>,
}

impl Used {
    /// An empty one; `counts` says how many symbols each module has.
    pub(super) fn new(counts: impl Iterator<Item = usize>) -> Used {
        Used { by_module: counts.map(|count| vec![false; count]).collect(), outside: Vec::new() }
    }

    pub(in crate::bundle) fn contains(&self, reference: Ref) -> bool {
        let marks = match reference.module {
            OUTSIDE => Some(&self.outside),
            module => self.by_module.get(module),
        };
        marks.and_then(|it| it.get(reference.symbol as usize)).is_some_and(|it| *it)
    }

    /// Whether it was not there before.
    pub(super) fn insert(&mut self, reference: Ref) -> bool {
        let (marks, symbol) = match reference.module {
            OUTSIDE => (&mut self.outside, reference.symbol as usize),
            module => (&mut self.by_module[module], reference.symbol as usize),
        };
        if symbol >= marks.len() {
            marks.resize(symbol + 1, false);
        }
        !std::mem::replace(&mut marks[symbol], true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_symbol_is_marked_once() {
        let mut used = Used::new([2, 0].into_iter());
        for (module, symbol) in [(0, 1), (1, 0), (OUTSIDE, 7)] {
            let reference = Ref { module, symbol };
            assert!(!used.contains(reference) && used.insert(reference));
            assert!(used.contains(reference) && !used.insert(reference));
        }
        for (module, symbol) in [(0, 0), (0, 2), (1, 1), (OUTSIDE, 6), (OUTSIDE, 8), (2, 0)] {
            assert!(!used.contains(Ref { module, symbol }));
        }
    }
}
