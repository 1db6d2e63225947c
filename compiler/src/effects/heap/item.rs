//! What causes did, so that it can be undone.

use super::RuleIx;
use super::lists::Element;
use crate::effects::world::{NodeIx, ObjectIx};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Edge(NodeIx, NodeIx),
    Seed(NodeIx, ObjectIx),
    Rule(RuleIx),
    /// Fields of the first object are copied to the second.
    Copy(ObjectIx, ObjectIx),
}

/// An item in two words, because there are millions: which kind it is stands above the number in the first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed(u32, u32);

const NUMBER_BITS: u32 = 29;
const EDGE: u32 = 0;
const SEED: u32 = 1;
const RULE: u32 = 2;
const COPY: u32 = 3;

impl From<Item> for Packed {
    fn from(item: Item) -> Packed {
        let (kind, first, second) = match item {
            Item::Edge(from, to) => (EDGE, from.0, to.0),
            Item::Seed(node, object) => (SEED, node.0, object.0),
            Item::Rule(rule) => (RULE, rule.0, 0),
            Item::Copy(source, target) => (COPY, source.0, target.0),
        };
        // So many nodes take 10 GB.
        debug_assert!(first < 1 << NUMBER_BITS, "numbers fit");
        Packed(kind << NUMBER_BITS | first, second)
    }
}

impl From<Packed> for Item {
    fn from(Packed(word, second): Packed) -> Item {
        let first = word & ((1 << NUMBER_BITS) - 1);
        match word >> NUMBER_BITS {
            EDGE => Item::Edge(NodeIx(first), NodeIx(second)),
            SEED => Item::Seed(NodeIx(first), ObjectIx(second)),
            RULE => Item::Rule(RuleIx(first)),
            _ => Item::Copy(ObjectIx(first), ObjectIx(second)),
        }
    }
}

impl Element for Packed {
    fn marked(word: u32) -> Packed {
        Packed(word, 0)
    }

    fn word(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, Packed};
    use crate::effects::heap::RuleIx;
    use crate::effects::world::{NodeIx, ObjectIx};

    #[test]
    fn packed_items_are_the_same_items() {
        let most = (1 << 29) - 1;
        for item in [
            Item::Edge(NodeIx(most), NodeIx(7)),
            Item::Seed(NodeIx(0), ObjectIx(most)),
            Item::Rule(RuleIx(most)),
            Item::Copy(ObjectIx(3), ObjectIx(0)),
        ] {
            assert_eq!(Item::from(Packed::from(item)), item);
        }
    }
}
