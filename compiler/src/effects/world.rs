//! The numbers of a whole program: names, modules, objects, nodes. Each module has a run of nodes (its values) and a run
//! of objects (its allocation sites); an edited module gets new runs, so that the numbers of the others stay.

use super::heap::{List, RuleIx, elements};
use crate::facts::{self, FunctionId, ModuleFacts, ObjectId, ObjectKind, Op, ValueId};
use crate::numbers::{numbers, with_none};
use std::sync::{Arc, OnceLock};

numbers! {
    /// A word of any module.
    Name;
    /// A module of the program, by its place in the input.
    ModuleIx;
    /// An object that values may point to.
    ObjectIx;
    /// A value, or a field of an object.
    NodeIx;
    /// A call, or what a native function does for one.
    CallIx;
}

with_none!(Name, ObjectIx, NodeIx, CallIx);
elements!(Name, ObjectIx, NodeIx);

/// Words of all modules.
#[derive(Debug, Default)]
pub(super) struct Names {
    words: facts::Names,
    /// Whether a computed key may mean the word, and whether it is a number.
    kinds: Vec<(bool, bool)>,
}

impl Names {
    pub(super) fn intern(&mut self, text: &str) -> Name {
        let name = Name(self.words.intern(text).0);
        if name.index() == self.kinds.len() {
            let is_inner = ["[[", "#", "get ", "set "].iter().any(|start| text.starts_with(start));
            self.kinds.push((!is_inner, text.bytes().all(|byte| byte.is_ascii_digit())));
        }
        name
    }

    /// Whether the word names a field that a computed key may mean.
    pub(super) fn is_plain(&self, name: Name) -> bool {
        self.kinds.get(name.index()).is_some_and(|(is_plain, _)| *is_plain)
    }

    pub(super) fn is_number(&self, name: Name) -> bool {
        self.kinds.get(name.index()).is_some_and(|(_, is_number)| *is_number)
    }

    pub(super) fn find(&self, text: &str) -> Option<Name> {
        self.words.find(text).map(|name| Name(name.0))
    }

    pub(super) fn text(&self, name: Name) -> &str {
        self.words.text(facts::Name(name.0))
    }
}

/// Where a request of a module leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Module(ModuleIx),
    /// `corona:net`
    Std(String),
    /// What a variable of a declaration file holds: its exports are fields of that.
    Value(ModuleIx, ValueId),
    /// Nothing is known about it.
    Unknown,
}

/// What the analysis is told about one module.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) facts: Arc<ModuleFacts>,
    /// By request.
    pub(crate) targets: Vec<Target>,
}

/// A module as part of the program.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) facts: Arc<ModuleFacts>,
    pub(super) targets: Vec<Target>,
    /// Its words by their numbers here.
    pub(super) names: Vec<Name>,
    pub(super) nodes: u32,
    pub(super) objects: u32,
    pub(super) calls: u32,
    /// Its exports were made fields of its namespace object.
    pub(super) has_namespace: bool,
    definitions: OnceLock<Definitions>,
}

/// Operations that give values something.
#[derive(Debug)]
struct Definitions {
    /// By value, the first of them, if there is one; with [`MORE`] if there are others.
    first: Box<[u32]>,
    /// The others, by value.
    more: Box<[(ValueId, u32)]>,
}

const MORE: u32 = 1 << 31;

impl Module {
    pub(super) fn new(facts: Arc<ModuleFacts>, targets: Vec<Target>, names: Vec<Name>, starts: [u32; 3]) -> Module {
        let [nodes, objects, calls] = starts;
        let definitions = OnceLock::new();
        Module { facts, targets, names, nodes, objects, calls, has_namespace: false, definitions }
    }

    /// Stands for the facts: it is gone when the module has others.
    pub(super) fn facts_node(&self) -> NodeIx {
        NodeIx(self.nodes)
    }

    /// How many nodes a module has for its values, and one even if it has none.
    pub(super) fn node_count(facts: &ModuleFacts) -> usize {
        facts.values.len().max(1)
    }

    /// Operations that give `value` what it holds, with their places among all.
    pub(super) fn definitions(&self, value: ValueId) -> impl Iterator<Item = (u32, &Op)> {
        let known = self.definitions.get_or_init(|| Definitions::new(&self.facts));
        known.of(value).map(|op| (op, &self.facts.ops[op as usize]))
    }

    /// The value that a node is, if it is one of this module.
    pub(super) fn value_at(&self, node: NodeIx) -> Option<ValueId> {
        let index = node.0.checked_sub(self.nodes)?;
        ((index as usize) < self.facts.values.len()).then_some(ValueId(index))
    }

    pub(super) fn node(&self, value: ValueId) -> NodeIx {
        if value.is_none() { NodeIx::NONE } else { NodeIx(self.nodes + value.0) }
    }

    pub(super) fn object(&self, object: ObjectId) -> ObjectIx {
        ObjectIx(self.objects + object.0)
    }

    pub(super) fn name(&self, name: crate::facts::Name) -> Name {
        self.names.get(name.index()).copied().unwrap_or(Name::NONE)
    }
}

impl Definitions {
    fn new(facts: &ModuleFacts) -> Definitions {
        let mut first = vec![u32::MAX; facts.values.len()];
        let mut more = Vec::new();
        for (op, value) in (0..).zip(facts.ops.iter().map(|op| facts.gets(op))) {
            match first.get_mut(value.index()) {
                Some(known) if *known == u32::MAX => *known = op,
                Some(known) => {
                    *known |= MORE;
                    more.push((value, op));
                }
                None => {}
            }
        }
        more.sort_unstable();
        Definitions { first: first.into(), more: more.into() }
    }

    fn of(&self, value: ValueId) -> impl Iterator<Item = u32> {
        let first = self.first.get(value.index()).copied().filter(|known| *known != u32::MAX);
        let more = match first {
            Some(known) if known & MORE != 0 => {
                let start = self.more.partition_point(|(known, _)| *known < value);
                &self.more[start..]
            }
            _ => &[],
        };
        let more = more.iter().take_while(move |(known, _)| *known == value).map(|(_, op)| *op);
        first.map(|op| op & !MORE).into_iter().chain(more)
    }
}

/// A function of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FunctionIx {
    pub(crate) module: ModuleIx,
    pub(crate) function: FunctionId,
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Native,
    /// An allocation site of a module.
    Site(ModuleIx, ObjectKind),
    /// Made by a native function for one call, with this prototype.
    Fresh(ObjectIx),
    /// Made by `bind`: calls its `[[content]]`.
    Bound(CallIx),
}

#[derive(Debug)]
pub(super) struct Object {
    pub(super) kind: Kind,
    pub(super) fields: List<(Name, NodeIx)>,
    /// Objects that get a copy of every field, and the rule that says so.
    pub(super) copies: List<(ObjectIx, RuleIx)>,
}

impl Object {
    pub(super) fn new(kind: Kind) -> Object {
        Object { kind, fields: List::default(), copies: List::default() }
    }
}
