//! Taking back what modules brought.

use super::item::Item;
use super::{Heap, RuleIx};
use crate::effects::world::{ModuleIx, NodeIx, ObjectIx};
use hashbrown::hash_table::Entry;
use rustc_hash::FxHashSet;

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
                let Some(count) = self.edges.get_mut(&(from, to)) else { return };
                *count -= 1;
                if *count == 0 {
                    self.touch(to);
                    self.edges.remove(&(from, to));
                    self.links.remove(&mut self.nodes[from.index()].forward, |it| *it == to);
                    self.links.remove(&mut self.nodes[to.index()].backward, |it| *it == from);
                    suspects.push(to);
                }
            }
            Item::Seed(node, object) => {
                self.touch(node);
                let Some(seeds) = self.seeds.get_mut(&node) else { return };
                let mut counted = self.counted.get_mut(seeds).iter_mut();
                let Some((_, count)) = counted.find(|(known, _)| *known == object) else { return };
                *count -= 1;
                if *count == 0 {
                    self.counted.remove(seeds, |(known, _)| *known == object);
                    suspects.push(node);
                }
            }
            Item::Rule(rule) => {
                let placed = &mut self.placed[rule.0 as usize];
                placed.wanted -= 1;
                if placed.wanted == 0 {
                    let (node, key, did) = (placed.node, placed.rule, self.items.take(&mut placed.did));
                    if let Entry::Occupied(slot) = self.slot(node, key) {
                        slot.remove();
                    }
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
            rules.iter().for_each(|rule| self.placed[rule.0 as usize].wanted = 0);
            if let Some(mut seeds) = self.seeds.remove(&NodeIx(index)) {
                self.counted.clear(&mut seeds);
            }
            for other in self.links.take(&mut node.forward) {
                self.touch(other);
                self.links.remove(&mut self.nodes[other.index()].backward, |it| *it == NodeIx(index));
                self.edges.remove(&(NodeIx(index), other));
            }
            for other in self.links.take(&mut node.backward) {
                self.links.remove(&mut self.nodes[other.index()].forward, |it| *it == NodeIx(index));
                self.edges.remove(&(other, NodeIx(index)));
            }
        }
    }

    fn refill(&mut self, node: NodeIx) {
        let seeds = self.seeds.get(&node).map_or(&[][..], |seeds| self.counted.get(seeds));
        let seeds: Vec<ObjectIx> = seeds.iter().map(|(object, _)| *object).collect();
        seeds.into_iter().for_each(|object| self.put(node, object));
        for from in self.sources(node).to_vec() {
            for index in 0..self.nodes[from.index()].done as usize {
                let object = self.objects(from)[index];
                self.put(node, object);
            }
        }
    }
}
