//! Taking back what modules brought.

use super::item::Item;
use super::{Heap, RuleIx, has};
use crate::effects::world::{ModuleIx, NodeIx};
use hashbrown::hash_table::Entry;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;

impl Heap {
    /// Takes modules back: all that they brought, and all that may have come from it.
    pub(in crate::effects) fn retract(&mut self, modules: &[(ModuleIx, std::ops::Range<u32>)]) {
        let mut suspects: Vec<NodeIx> = Vec::new();
        for (module, nodes) in modules {
            suspects.extend(nodes.clone().map(NodeIx));
            let items = self.modules.remove(module).unwrap_or_default();
            items.into_iter().for_each(|item| self.undo(item.into(), None, &mut suspects));
        }
        let mut emptied = Vec::new();
        let mut dead: FxHashSet<NodeIx> = FxHashSet::default();
        while let Some(node) = suspects.pop() {
            self.touch(node);
            let known = &mut self.nodes[node.index()];
            let is_dead = modules.iter().any(|(_, nodes)| nodes.contains(&node.0));
            if (is_dead && !dead.insert(node)) || (!is_dead && known.objects.is_empty()) {
                continue;
            }
            self.objects.clear(&mut known.objects);
            known.done = 0;
            known.is_over = false;
            emptied.push(node);
            suspects.extend(self.links.get(&known.forward));
            for rule in self.at_nodes.get(&known.rules).to_vec() {
                let did = self.items.take(&mut self.placed[rule.0 as usize].did);
                did.into_iter().for_each(|item| self.undo(item.into(), Some(rule), &mut suspects));
            }
        }
        self.bury(modules);
        emptied.sort_unstable();
        emptied.dedup();
        emptied.into_iter().for_each(|node| self.refill(node));
    }

    fn undo(&mut self, item: Item, by: Option<RuleIx>, suspects: &mut Vec<NodeIx>) {
        match item {
            Item::Edge(from, to) => {
                if !take_one(&mut self.more_edges, (from, to)) && self.is_connected(from, to) {
                    self.touch(to);
                    self.links.remove(&mut self.nodes[from.index()].forward, |it| *it == to);
                    self.links.remove(&mut self.nodes[to.index()].backward, |it| *it == from);
                    suspects.push(to);
                }
            }
            Item::Seed(node, object) => {
                let is_there = has(self.objects.get(&self.nodes[node.index()].seeds), object);
                if is_there && !take_one(&mut self.more_seeds, (node, object)) {
                    self.touch(node);
                    self.objects.remove(&mut self.nodes[node.index()].seeds, |it| *it == object);
                    suspects.push(node);
                }
            }
            Item::Rule(rule) => {
                let placed = &mut self.placed[rule.0 as usize];
                if !placed.node.is_none() && !take_one(&mut self.more_rules, rule) {
                    let (node, key, did) = (placed.node, placed.rule, self.items.take(&mut placed.did));
                    if let Entry::Occupied(slot) = self.slot(node, key) {
                        slot.remove();
                    }
                    self.placed[rule.0 as usize].node = NodeIx::NONE;
                    self.at_nodes.remove(&mut self.nodes[node.index()].rules, |it| *it == rule);
                    did.into_iter().for_each(|item| self.undo(item.into(), Some(rule), suspects));
                }
            }
            Item::Copy(source, target) => {
                self.dropped_copies.extend(by.map(|rule| (source, target, rule)));
            }
        }
    }

    /// Cuts the nodes of modules that are gone off the others.
    fn bury(&mut self, modules: &[(ModuleIx, std::ops::Range<u32>)]) {
        for index in modules.iter().flat_map(|(_, nodes)| nodes.clone()) {
            let mut node = std::mem::take(&mut self.nodes[index as usize]);
            self.objects.clear(&mut node.objects);
            let rules = self.at_nodes.take(&mut node.rules);
            rules.iter().for_each(|rule| self.placed[rule.0 as usize].node = NodeIx::NONE);
            for object in self.objects.take(&mut node.seeds) {
                self.more_seeds.remove(&(NodeIx(index), object));
            }
            for other in self.links.take(&mut node.forward) {
                self.touch(other);
                self.links.remove(&mut self.nodes[other.index()].backward, |it| *it == NodeIx(index));
                self.more_edges.remove(&(NodeIx(index), other));
            }
            for other in self.links.take(&mut node.backward) {
                self.links.remove(&mut self.nodes[other.index()].forward, |it| *it == NodeIx(index));
                self.more_edges.remove(&(other, NodeIx(index)));
            }
        }
    }

    fn refill(&mut self, node: NodeIx) {
        let seeds = self.objects.get(&self.nodes[node.index()].seeds).to_vec();
        seeds.into_iter().for_each(|object| self.put(node, object));
        for from in self.sources(node).to_vec() {
            for index in 0..self.nodes[from.index()].done as usize {
                let object = self.objects(from)[index];
                self.put(node, object);
            }
        }
    }
}

/// One cause less wants what several want; `false` if only one does.
fn take_one<K: Eq + Hash>(more: &mut FxHashMap<K, u32>, key: K) -> bool {
    let Some(count) = more.get_mut(&key) else { return false };
    *count -= 1;
    if *count == 0 {
        more.remove(&key);
    }
    true
}
