//! Taking back what modules brought.

use super::{Heap, Item, RuleIx};
use crate::effects::world::{ModuleIx, NodeIx, ObjectIx};
use rustc_hash::FxHashSet;

impl Heap {
    /// Takes modules back: all that they brought, and all that may have come from it.
    pub(in crate::effects) fn retract(&mut self, modules: &[(ModuleIx, std::ops::Range<u32>)]) {
        let mut suspects: Vec<NodeIx> = Vec::new();
        for (module, nodes) in modules {
            suspects.extend(nodes.clone().map(NodeIx));
            let items = self.modules.remove(module).unwrap_or_default();
            items.into_iter().for_each(|item| self.undo(item, None, &mut suspects));
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
            known.objects = Vec::new();
            known.done = 0;
            known.is_over = false;
            emptied.push(node);
            suspects.extend(known.forward.iter().copied());
            for rule in self.nodes[node.index()].rules.clone() {
                let did = std::mem::take(&mut self.placed[rule.0 as usize].did);
                did.into_iter().for_each(|item| self.undo(item, Some(rule), &mut suspects));
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
                    remove(&mut self.nodes[from.index()].forward, &to);
                    remove(&mut self.nodes[to.index()].backward, &from);
                    suspects.push(to);
                }
            }
            Item::Seed(node, object) => {
                self.touch(node);
                let Some(seeds) = self.seeds.get_mut(&node) else { return };
                let Some(at) = seeds.iter().position(|(known, _)| *known == object) else { return };
                seeds[at].1 -= 1;
                if seeds[at].1 == 0 {
                    seeds.swap_remove(at);
                    suspects.push(node);
                }
            }
            Item::Rule(rule) => {
                let placed = &mut self.placed[rule.0 as usize];
                placed.wanted -= 1;
                if placed.wanted == 0 {
                    let (node, key, did) = (placed.node, placed.rule, std::mem::take(&mut placed.did));
                    self.rules.remove(&(node, key));
                    remove(&mut self.nodes[node.index()].rules, &rule);
                    did.into_iter().for_each(|item| self.undo(item, Some(rule), suspects));
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
            let node = std::mem::take(&mut self.nodes[index as usize]);
            node.rules.iter().for_each(|rule| self.placed[rule.0 as usize].wanted = 0);
            self.seeds.remove(&NodeIx(index));
            for other in node.forward {
                self.touch(other);
                remove(&mut self.nodes[other.index()].backward, &NodeIx(index));
                self.edges.remove(&(NodeIx(index), other));
            }
            for other in node.backward {
                remove(&mut self.nodes[other.index()].forward, &NodeIx(index));
                self.edges.remove(&(other, NodeIx(index)));
            }
        }
    }

    fn refill(&mut self, node: NodeIx) {
        let seeds: Vec<ObjectIx> = self.seeds.get(&node).into_iter().flatten().map(|(object, _)| *object).collect();
        seeds.into_iter().for_each(|object| self.put(node, object));
        for at in 0..self.nodes[node.index()].backward.len() {
            let from = self.nodes[node.index()].backward[at];
            for index in 0..self.nodes[from.index()].done as usize {
                let object = self.nodes[from.index()].objects[index];
                self.put(node, object);
            }
        }
    }
}

fn remove<T: PartialEq>(from: &mut Vec<T>, what: &T) {
    if let Some(at) = from.iter().position(|it| it == what) {
        from.swap_remove(at);
    }
}
