//! What answers rest on, and what an edit changed: an answer that rests on nothing that changed still holds.

use super::world::{FunctionIx, NodeIx, ObjectIx};
use rustc_hash::FxHashSet;

/// What was looked at to find an answer.
#[derive(Debug, Default)]
pub(crate) struct Reads {
    /// Most of them several times over, until there are too many.
    keys: Vec<Key>,
    /// How many there were when each was there once.
    distinct: usize,
    /// Functions of which it was asked what they may do in any call.
    asked: FxHashSet<FunctionIx>,
}

/// The same, when it is complete.
#[derive(Debug, Default)]
pub(crate) struct Basis {
    keys: Box<[Key]>,
    asked: Box<[FunctionIx]>,
}

/// A node, or (with the highest bit) that an object has just these fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u32);

const FIELDS: u32 = 1 << 31;

impl Reads {
    pub(super) fn node(&mut self, node: NodeIx) {
        self.key(Key(node.0 & !FIELDS));
    }

    pub(super) fn fields(&mut self, object: ObjectIx) {
        self.key(Key(object.0 | FIELDS));
    }

    pub(super) fn may(&mut self, function: FunctionIx) {
        self.asked.insert(function);
    }

    /// To sort them now and then takes less time than to look each up.
    fn key(&mut self, key: Key) {
        self.keys.push(key);
        if self.keys.len() > 1024 + 2 * self.distinct {
            self.sort();
        }
    }

    fn sort(&mut self) {
        self.keys.sort_unstable();
        self.keys.dedup();
        self.distinct = self.keys.len();
    }

    pub(super) fn add(&mut self, other: Basis) {
        self.keys.extend(other.keys);
        self.asked.extend(other.asked);
    }

    pub(crate) fn done(mut self) -> Basis {
        self.sort();
        Basis { keys: self.keys.into(), asked: self.asked.into_iter().collect() }
    }
}

/// What an edit changed.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Nothing holds any more.
    pub(super) everything: bool,
    nodes: Bits,
    objects: Bits,
    functions: FxHashSet<FunctionIx>,
}

impl Changes {
    pub(super) fn everything() -> Changes {
        Changes { everything: true, ..Changes::default() }
    }

    /// The node holds something else, has it from elsewhere, or is gone.
    pub(super) fn node(&mut self, node: NodeIx) {
        self.nodes.set(node.0);
    }

    /// The object has a field that it did not have.
    pub(super) fn fields(&mut self, object: ObjectIx) {
        self.objects.set(object.0);
    }

    /// The function may do something else.
    pub(super) fn may(&mut self, function: FunctionIx) {
        self.functions.insert(function);
    }

    /// Whether an answer may be another one now.
    pub(crate) fn concern(&self, basis: &Basis) -> bool {
        let is_changed = |key: &Key| match key.0 & FIELDS {
            0 => self.nodes.has(key.0),
            _ => self.objects.has(key.0 & !FIELDS),
        };
        self.everything
            || basis.keys.iter().any(is_changed)
            || !self.functions.is_empty() && basis.asked.iter().any(|function| self.functions.contains(function))
    }
}

/// A set of small numbers.
#[derive(Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn set(&mut self, bit: u32) {
        let word = bit as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (bit % 64);
    }

    pub(super) fn has(&self, bit: u32) -> bool {
        self.0.get(bit as usize / 64).is_some_and(|word| word & (1 << (bit % 64)) != 0)
    }
}
