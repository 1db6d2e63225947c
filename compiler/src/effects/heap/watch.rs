//! What an update does to nodes.

use super::Heap;
use crate::effects::reads::Changes;
use crate::effects::world::{NodeIx, ObjectIx};
use rustc_hash::FxHashMap;

/// What there is to know about a node.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct State {
    /// Sorted.
    objects: Vec<ObjectIx>,
    sources: Vec<NodeIx>,
    seeded: bool,
}

impl Heap {
    /// From now on it is written down what happens to nodes.
    pub(in crate::effects) fn watch(&mut self) {
        self.before = Some(FxHashMap::default());
    }

    /// Nodes that are others than they were when [`Heap::watch`] was called.
    pub(in crate::effects) fn changes(&mut self) -> Changes {
        let before = self.before.take().unwrap_or_default();
        let mut changes = Changes::default();
        before.iter().filter(|(node, before)| self.state(**node) != **before).for_each(|(node, _)| changes.node(*node));
        changes
    }

    fn state(&self, node: NodeIx) -> State {
        let (mut objects, mut sources) = (self.objects(node).to_vec(), self.sources(node).to_vec());
        objects.sort_unstable();
        sources.sort_unstable();
        State { objects, sources, seeded: self.is_seeded(node) }
    }

    /// Something is about to happen to the node.
    pub(super) fn touch(&mut self, node: NodeIx) {
        if let Some(mut before) = self.before.take() {
            before.entry(node).or_insert_with(|| self.state(node));
            self.before = Some(before);
        }
    }
}
