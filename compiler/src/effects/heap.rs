//! The machine under the points-to analysis: nodes that hold sets of objects, edges along which objects flow, and rules
//! that fire for each object that reaches a node. Knows nothing of JavaScript.
//!
//! Whatever a rule does (an edge, another rule, an object put into a node) is written down under it, and whatever a
//! module brings along under the module. So both can be taken back: what they did is undone, what may have come from it
//! is emptied, and flows in again from what is still there. The result is the same as if it had never been.

mod item;
mod lists;
mod retract;
mod watch;

use super::reads::Bits;
use super::world::{CallIx, ModuleIx, Name, NodeIx, ObjectIx};
use crate::facts::Iteration;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use item::{Item, Packed};
pub(super) use lists::{Element, List, Lists, elements};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;
use watch::State;

/// A rule in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct RuleIx(pub(super) u32);

elements!(RuleIx);

/// What to do with each object that reaches a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    /// Its field flows to `to`.
    Load {
        to: NodeIx,
        field: Name,
    },
    /// Its field is the method which the call calls on this object.
    LoadMethod {
        call: CallIx,
        field: Name,
    },
    /// It is a prototype: what is found on it under this name flows to `to`.
    Inherit {
        to: NodeIx,
        field: Name,
    },
    /// It is a method that is called on `receiver`; native ones flow to `natives`.
    Receive {
        receiver: ObjectIx,
        natives: NodeIx,
    },
    /// It is a native method that the call calls on `receiver`.
    Method {
        call: CallIx,
        receiver: ObjectIx,
    },
    Store {
        field: Name,
        from: NodeIx,
        define: bool,
    },
    /// The call calls it.
    Call(CallIx),
    /// Its method `field` is run.
    Invoke {
        field: Name,
        to: NodeIx,
    },
    /// It is run on `receiver`.
    Run {
        receiver: ObjectIx,
        to: NodeIx,
    },
    /// The same with an argument.
    Give {
        receiver: ObjectIx,
        argument: NodeIx,
    },
    /// Four nodes starting at `hidden`: see [`crate::facts::OpKind::Iterate`].
    Iterate {
        to: NodeIx,
        hidden: NodeIx,
        mode: Iteration,
    },
    /// It is an iterator: what it gives flows to `to`, if it is a native one.
    Elements {
        to: NodeIx,
    },
    /// It iterates `receiver`, if it is a native one.
    Take {
        receiver: ObjectIx,
        to: NodeIx,
    },
    Await {
        to: NodeIx,
    },
    /// Its fields are copied to every object of `to`.
    CopyFields {
        to: NodeIx,
    },
    CopyFrom {
        source: ObjectIx,
    },
    /// A bound function is called: this is what it was bound to.
    Bound {
        call: CallIx,
        bound: CallIx,
    },
    /// It is a prototype that the class of `instance` inherits from: what makes primitives there is run on `instance`.
    Derive {
        instance: ObjectIx,
    },
    /// Instances of the class that it is flow to `to`.
    Hint {
        to: NodeIx,
    },
}

/// Who is answerable for a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    Module(ModuleIx),
    Rule(RuleIx),
    /// Holds for good: what an object is by nature.
    Nature,
}

#[derive(Debug, Default)]
struct Node {
    /// In the order in which they came.
    objects: List<ObjectIx>,
    forward: List<NodeIx>,
    backward: List<NodeIx>,
    rules: List<RuleIx>,
    /// Objects that did not come along an edge.
    seeds: List<ObjectIx>,
    /// How many objects the rules have fired for, and the edges have carried.
    done: u8,
    queued: bool,
    /// It could not take all.
    is_over: bool,
}

#[derive(Debug)]
struct Placed {
    rule: Rule,
    /// NONE: the rule is gone.
    node: NodeIx,
    did: List<Packed>,
}

// There are millions.
const _: () = assert!(size_of::<Placed>() == 24);

/// What may be so many things is taken to be anything: in code where everything flows everywhere, more of them say
/// nothing more, and to carry them takes time and memory that grow with the cube of the program.
const OBJECTS_MAX: usize = 48;

// `Node::done` counts them, and what stands for the others.
const _: () = assert!(OBJECTS_MAX < u8::MAX as usize);

/// Objects that a full node could not take: who has them is not known any more.
#[derive(Debug, Default)]
struct Lost {
    known: Bits,
    /// Nobody has been told of these.
    new: Vec<ObjectIx>,
}

impl Lost {
    fn contains(&self, object: ObjectIx) -> bool {
        self.known.has(object.0)
    }

    fn insert(&mut self, object: ObjectIx) {
        if !self.contains(object) {
            self.known.set(object.0);
            self.new.push(object);
        }
    }
}

#[derive(Debug)]
pub(super) struct Heap {
    nodes: Vec<Node>,
    /// Where the lists of the nodes are.
    objects: Lists<ObjectIx>,
    links: Lists<NodeIx>,
    at_nodes: Lists<RuleIx>,
    /// By how many causes more than one an edge is wanted, where it is.
    more_edges: FxHashMap<(NodeIx, NodeIx), u32>,
    /// The same of objects that were put into nodes.
    more_seeds: FxHashMap<(NodeIx, ObjectIx), u32>,
    placed: Vec<Placed>,
    /// The same of rules.
    more_rules: FxHashMap<RuleIx, u32>,
    items: Lists<Packed>,
    /// By what they are and where: [`Heap::slot`].
    rules: HashTable<RuleIx>,
    modules: FxHashMap<ModuleIx, Vec<Packed>>,
    queue: Vec<NodeIx>,
    /// Rules to fire for objects that were there before them.
    late: Vec<(RuleIx, ObjectIx)>,
    /// What stands for anything.
    anything: ObjectIx,
    lost: Lost,
    /// Copies that were undone: `world` forgets them.
    pub(super) dropped_copies: Vec<(ObjectIx, ObjectIx, RuleIx)>,
    /// What nodes were before the first thing that happened to them, while that is watched.
    before: Option<FxHashMap<NodeIx, State>>,
}

impl Heap {
    pub(super) fn new(anything: ObjectIx) -> Heap {
        Heap {
            nodes: Vec::new(),
            objects: Lists::default(),
            links: Lists::default(),
            at_nodes: Lists::default(),
            more_edges: FxHashMap::default(),
            more_seeds: FxHashMap::default(),
            placed: Vec::new(),
            more_rules: FxHashMap::default(),
            items: Lists::default(),
            rules: HashTable::new(),
            modules: FxHashMap::default(),
            queue: Vec::new(),
            late: Vec::new(),
            anything,
            lost: Lost::default(),
            before: None,
            dropped_copies: Vec::new(),
        }
    }

    /// For a program with so many values, operations and calls.
    pub(super) fn make_room(&mut self, values: usize, operations: usize, calls: usize) {
        self.nodes.reserve(values + values / 2);
        self.placed.reserve(operations);
        self.rules.reserve(calls, |known| hash(&self.placed, *known));
    }

    pub(super) fn node(&mut self) -> NodeIx {
        self.nodes.push(Node::default());
        NodeIx(self.nodes.len() as u32 - 1)
    }

    pub(super) fn node_run(&mut self, count: usize) -> u32 {
        let start = self.nodes.len();
        self.nodes.resize_with(start + count, Node::default);
        start as u32
    }

    pub(super) fn objects(&self, node: NodeIx) -> &[ObjectIx] {
        self.nodes.get(node.index()).map_or(&[], |node| self.objects.get(&node.objects))
    }

    /// Nodes whose objects flow into this one.
    pub(super) fn sources(&self, node: NodeIx) -> &[NodeIx] {
        self.nodes.get(node.index()).map_or(&[], |node| self.links.get(&node.backward))
    }

    /// Whether the node got objects otherwise than along edges.
    pub(super) fn is_seeded(&self, node: NodeIx) -> bool {
        self.nodes.get(node.index()).is_some_and(|node| !node.seeds.is_empty())
    }

    fn note(&mut self, cause: Cause, item: Item) {
        let item = Packed::from(item);
        match cause {
            Cause::Module(module) => self.modules.entry(module).or_default().push(item),
            Cause::Rule(rule) => self.items.push(&mut self.placed[rule.0 as usize].did, item),
            Cause::Nature => {}
        }
    }

    /// Looks in the shorter of two lists: whatever has very many edges has most of them to what has few.
    fn is_connected(&self, from: NodeIx, to: NodeIx) -> bool {
        let forward = self.links.get(&self.nodes[from.index()].forward);
        let backward = self.links.get(&self.nodes[to.index()].backward);
        if forward.len() <= backward.len() { has(forward, to) } else { has(backward, from) }
    }

    /// The next object that got lost, and of which nobody has been told.
    pub(super) fn next_lost(&mut self) -> Option<ObjectIx> {
        self.lost.new.pop()
    }

    fn put(&mut self, node: NodeIx, object: ObjectIx) {
        let known = &self.nodes[node.index()];
        if known.is_over && self.lost.contains(object) || has(self.objects.get(&known.objects), object) {
            return;
        }
        self.touch(node);
        let known = &mut self.nodes[node.index()];
        if self.objects.get(&known.objects).len() >= OBJECTS_MAX && object != self.anything {
            let was_over = std::mem::replace(&mut known.is_over, true);
            self.lost.insert(object);
            if !was_over {
                self.put(node, self.anything);
            }
            return;
        }
        self.objects.push(&mut known.objects, object);
        if !known.queued {
            known.queued = true;
            self.queue.push(node);
        }
    }

    /// Puts an object into a node.
    pub(super) fn seed(&mut self, cause: Cause, node: NodeIx, object: ObjectIx) {
        if node.is_none() {
            return;
        }
        self.touch(node);
        let seeds = &mut self.nodes[node.index()].seeds;
        match has(self.objects.get(seeds), object) {
            true => *self.more_seeds.entry((node, object)).or_default() += 1,
            false => self.objects.push(seeds, object),
        }
        self.note(cause, Item::Seed(node, object));
        self.put(node, object);
    }

    /// Objects of `from` flow to `to`.
    pub(super) fn edge(&mut self, cause: Cause, from: NodeIx, to: NodeIx) {
        if from.is_none() || to.is_none() || from == to {
            return;
        }
        self.note(cause, Item::Edge(from, to));
        match self.is_connected(from, to) {
            true => *self.more_edges.entry((from, to)).or_default() += 1,
            false => self.connect(from, to),
        }
    }

    /// An edge inside a module, which goes when the module goes.
    pub(super) fn inner_edge(&mut self, from: NodeIx, to: NodeIx) {
        if !from.is_none() && !to.is_none() {
            self.connect(from, to);
        }
    }

    fn connect(&mut self, from: NodeIx, to: NodeIx) {
        self.touch(to);
        self.links.push(&mut self.nodes[from.index()].forward, to);
        self.links.push(&mut self.nodes[to.index()].backward, from);
        // What has not been carried yet goes the usual way.
        for at in 0..self.nodes[from.index()].done as usize {
            let object = self.objects(from)[at];
            self.put(to, object);
        }
    }

    /// Attaches a rule to a node.
    pub(super) fn rule(&mut self, cause: Cause, node: NodeIx, rule: Rule) {
        if node.is_none() {
            return;
        }
        let next = RuleIx(self.placed.len() as u32);
        let index = match self.slot(node, rule) {
            Entry::Occupied(known) => {
                let index = *known.get();
                *self.more_rules.entry(index).or_default() += 1;
                index
            }
            Entry::Vacant(slot) => {
                slot.insert(next);
                self.place(node, rule)
            }
        };
        self.note(cause, Item::Rule(index));
    }

    /// Where a rule is, or will be, if it is one that several causes may want.
    fn slot(&mut self, node: NodeIx, rule: Rule) -> Entry<'_, RuleIx> {
        let placed = &self.placed;
        let is_meant = |known: &RuleIx| {
            let known = &placed[known.0 as usize];
            known.node == node && known.rule == rule
        };
        self.rules.entry(FxBuildHasher.hash_one((node, rule)), is_meant, |known| hash(placed, *known))
    }

    /// A rule at a node of the module that asks for it, which goes when the module goes.
    pub(super) fn inner_rule(&mut self, node: NodeIx, rule: Rule) {
        if !node.is_none() {
            self.place(node, rule);
        }
    }

    fn place(&mut self, node: NodeIx, rule: Rule) -> RuleIx {
        self.placed.push(Placed { rule, node, did: List::default() });
        let index = RuleIx(self.placed.len() as u32 - 1);
        let known = &mut self.nodes[node.index()];
        self.at_nodes.push(&mut known.rules, index);
        let objects = self.objects.get(&known.objects)[..known.done as usize].iter();
        self.late.extend(objects.map(|object| (index, *object)));
        index
    }

    /// Notes that fields of one object are copied to another.
    pub(super) fn copy(&mut self, rule: RuleIx, source: ObjectIx, target: ObjectIx) {
        self.note(Cause::Rule(rule), Item::Copy(source, target));
    }

    pub(super) fn rule_at(&self, rule: RuleIx) -> Rule {
        self.placed[rule.0 as usize].rule
    }

    /// Carries objects along edges until there is a rule to fire; `None` when nothing moves any more.
    pub(super) fn next(&mut self) -> Option<(RuleIx, ObjectIx)> {
        loop {
            while let Some((rule, object)) = self.late.pop() {
                if !self.placed[rule.0 as usize].node.is_none() {
                    return Some((rule, object));
                }
            }
            let node = self.queue.pop()?;
            self.carry(node);
        }
    }

    fn carry(&mut self, node: NodeIx) {
        let known = &mut self.nodes[node.index()];
        known.queued = false;
        let objects = self.objects.get(&known.objects);
        let mut copies = [self.anything; OBJECTS_MAX + 1];
        let new = &mut copies[..objects.len() - known.done as usize];
        new.copy_from_slice(&objects[known.done as usize..]);
        known.done = objects.len() as u8;
        if new.is_empty() {
            return;
        }
        let forward = known.forward;
        for at in 0..self.links.get(&forward).len() {
            let to = self.links.get(&forward)[at];
            new.iter().for_each(|object| self.put(to, *object));
        }
        for rule in self.at_nodes.get(&self.nodes[node.index()].rules) {
            self.late.extend(new.iter().map(|object| (*rule, *object)));
        }
    }
}

/// Of a rule in its place.
fn hash(placed: &[Placed], rule: RuleIx) -> u64 {
    let known = &placed[rule.0 as usize];
    FxBuildHasher.hash_one((known.node, known.rule))
}

/// Lists are short: looking at all of a chunk at once is faster than an index, and than stopping early.
fn has<T: Copy + PartialEq>(list: &[T], item: T) -> bool {
    list.chunks(16).any(|chunk| chunk.iter().fold(false, |found, known| found | (*known == item)))
}
