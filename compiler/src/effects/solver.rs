//! Points-to analysis of a whole program: which functions and objects may each value be? Inclusion-based, by allocation
//! site and field, without regard to the order of statements. How JavaScript's constructs become edges and rules stands
//! in the files below; the machine that runs them is `heap.rs`.

mod calls;
mod fire;
mod install;
mod links;
mod lookup;
mod native;

use super::heap::{Cause, Heap, Lists, RuleIx};
use super::natives::{self, Natives};
use super::reads::Changes;
use super::world::{CallIx, FunctionIx, Kind, Module, ModuleIx, Name, Names, NodeIx, Object, ObjectIx, Unit};
use crate::facts::{self, Function, ModuleFacts, ObjectId, ObjectKind, Param, field};
use rustc_hash::{FxHashMap, FxHashSet};

/// A call, of the program or of a native function on its behalf.
#[derive(Debug, Clone, Copy)]
pub(super) struct CallSite {
    pub(super) kind: CallKind,
    pub(super) callee: NodeIx,
    pub(super) this: NodeIx,
    /// The receiver is known by the rule that read the method.
    pub(super) method: bool,
    /// A range of the arguments of all calls: [`Solver::arguments`].
    arguments: (u32, u32),
    pub(super) result: NodeIx,
    /// Native functions that call native functions that make this call.
    pub(super) depth: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CallKind {
    Call,
    New,
    Super,
}

/// Words that the language knows.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) element: Name,
    pub(super) any: Name,
    pub(super) proto: Name,
    pub(super) implements: Name,
    pub(super) content: Name,
    pub(super) keys: Name,
    pub(super) sent: Name,
    pub(super) returned: Name,
    pub(super) source: Name,
    pub(super) got: Name,
    /// The getter of a property whose name is not known.
    pub(super) any_getter: Name,
    /// Of a native object: what iterating it does.
    pub(super) elements: Name,
    pub(super) prototype: Name,
    pub(super) iterator: Name,
    pub(super) async_iterator: Name,
    pub(super) dispose: Name,
    pub(super) async_dispose: Name,
    pub(super) next: Name,
    pub(super) value: Name,
    pub(super) then: Name,
    pub(super) done: Name,
    pub(super) default: Name,
    pub(super) primitive: [Name; 3],
    pub(super) to_json: Name,
    pub(super) zero: Name,
    pub(super) one: Name,
    pub(super) close: Name,
    /// Of the target of a Proxy: what traps its accesses.
    pub(super) handler: Name,
    pub(super) trap_get: Name,
    pub(super) trap_set: Name,
    pub(super) trap_apply: Name,
    pub(super) trap_construct: Name,
    /// What copying the fields of a Proxy calls.
    pub(super) traps_copy: [Name; 3],
}

impl Words {
    fn new(names: &mut Names) -> Words {
        Words {
            element: names.intern(field::ELEMENT),
            any: names.intern(field::ANY),
            proto: names.intern(field::PROTOTYPE),
            implements: names.intern(field::IMPLEMENTS),
            content: names.intern(field::CONTENT),
            keys: names.intern(field::KEYS),
            sent: names.intern(field::SENT),
            returned: names.intern(field::RETURNED),
            source: names.intern(natives::SOURCE),
            got: names.intern(natives::GOT),
            any_getter: names.intern(&field::getter(field::ELEMENT)),
            elements: names.intern(natives::ELEMENTS),
            prototype: names.intern("prototype"),
            iterator: names.intern(field::ITERATOR),
            async_iterator: names.intern(field::ASYNC_ITERATOR),
            dispose: names.intern(field::DISPOSE),
            async_dispose: names.intern(field::ASYNC_DISPOSE),
            next: names.intern("next"),
            value: names.intern("value"),
            then: names.intern("then"),
            done: names.intern("done"),
            default: names.intern("default"),
            primitive: [names.intern(field::TO_PRIMITIVE), names.intern("toString"), names.intern("valueOf")],
            to_json: names.intern("toJSON"),
            zero: names.intern("0"),
            one: names.intern("1"),
            close: names.intern("return"),
            handler: names.intern("[[handler]]"),
            trap_get: names.intern("get"),
            trap_set: names.intern("set"),
            trap_apply: names.intern("apply"),
            trap_construct: names.intern("construct"),
            traps_copy: ["ownKeys", "getOwnPropertyDescriptor", "get"].map(|trap| names.intern(trap)),
        }
    }
}

/// What a native call made, so that it makes the same again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct MadeBy {
    call: CallIx,
    native: ObjectIx,
    receiver: ObjectIx,
    step: u16,
}

pub(super) struct Solver {
    pub(super) names: Names,
    pub(super) words: Words,
    pub(super) natives: Natives,
    pub(super) modules: Vec<Option<Module>>,
    pub(super) objects: Vec<Object>,
    /// Where the lists of the objects are.
    field_lists: Lists<(Name, NodeIx)>,
    copy_lists: Lists<(ObjectIx, RuleIx)>,
    pub(super) calls: Vec<CallSite>,
    /// Of all calls, with whether it is spread.
    arguments: Vec<(NodeIx, bool)>,
    pub(super) heap: Heap,
    fields: FxHashMap<(ObjectIx, Name), NodeIx>,
    /// What is found under a name, inherited or not, where that is more than the field.
    lookups: FxHashMap<(ObjectIx, Name), NodeIx>,
    /// Of methods that are called on an object those that are native.
    native_methods: FxHashMap<(ObjectIx, Name), NodeIx>,
    /// For a name the fields that hold its getters and setters, where any module has some.
    accessors: FxHashMap<Name, (Name, Name)>,
    /// Of a field that holds a getter or a setter the name that these are read and written by.
    accessed: FxHashMap<Name, Name>,
    /// What declaration files say that is there in every module.
    declared: FxHashMap<Box<str>, (ModuleIx, facts::ValueId)>,
    /// What anybody throws.
    pub(super) thrown: NodeIx,
    proxies: bool,
    /// Some method promises not to block.
    promises: bool,
    /// Objects that got fields since the last update.
    grown: Vec<ObjectIx>,
    made_nodes: FxHashMap<MadeBy, NodeIx>,
    made_calls: FxHashMap<MadeBy, CallIx>,
    made_objects: FxHashMap<MadeBy, ObjectIx>,
    /// Nodes in which what came from several places can no longer be told apart: elements, contents, scratch.
    vague: FxHashSet<NodeIx>,
    /// Nodes that hold one object each.
    alone: FxHashMap<ObjectIx, NodeIx>,
}

impl Solver {
    pub(super) fn new() -> Solver {
        let mut names = Names::default();
        let words = Words::new(&mut names);
        let natives = Natives::new(&mut names);
        let objects = (0..natives.len()).map(|_| Object::new(Kind::Native)).collect();
        let mut heap = Heap::new(natives.unknown);
        let thrown = heap.node();
        // The engine and std throw as well.
        heap.seed(Cause::Nature, thrown, natives.unknown);
        Solver {
            names,
            words,
            natives,
            modules: Vec::new(),
            objects,
            field_lists: Lists::default(),
            copy_lists: Lists::default(),
            calls: Vec::new(),
            arguments: Vec::new(),
            heap,
            fields: FxHashMap::default(),
            lookups: FxHashMap::default(),
            native_methods: FxHashMap::default(),
            accessors: FxHashMap::default(),
            accessed: FxHashMap::default(),
            declared: FxHashMap::default(),
            thrown,
            proxies: false,
            promises: false,
            grown: Vec::new(),
            made_nodes: FxHashMap::default(),
            made_calls: FxHashMap::default(),
            made_objects: FxHashMap::default(),
            vague: FxHashSet::from_iter([thrown]),
            alone: FxHashMap::default(),
        }
    }

    /// Analyses the program from nothing.
    pub(super) fn solve(&mut self, units: &[Unit]) {
        let all: Vec<ModuleIx> = (0..units.len() as u32).map(ModuleIx).collect();
        self.extend(&all, units);
    }

    /// Takes up modules that nobody imports who was there before.
    pub(super) fn extend(&mut self, new: &[ModuleIx], units: &[Unit]) {
        self.modules.resize_with(units.len(), || None);
        self.make_room(new.iter().map(|module| &*units[module.index()].facts));
        new.iter().for_each(|module| self.add_module(*module, &units[module.index()]));
        new.iter().for_each(|module| self.install(*module));
        new.iter().for_each(|module| self.link(*module));
        self.settle();
        self.grown = Vec::new();
    }

    /// Tables that grow are copied again and again: most of what will be there is known before.
    fn make_room<'a>(&mut self, modules: impl Iterator<Item = &'a ModuleFacts> + Clone) {
        let count = |what: fn(&ModuleFacts) -> usize| modules.clone().map(what).sum::<usize>();
        let (objects, calls) = (count(|facts| facts.objects.len()), count(|facts| facts.calls.len()));
        self.objects.reserve(objects + objects / 4);
        self.calls.reserve(calls + calls / 4);
        self.arguments.reserve(count(|facts| facts.arguments.len()));
        self.fields.reserve(objects);
        self.heap.make_room(count(Module::node_count), count(|facts| facts.ops.len()), calls);
    }

    /// Fires rules until nothing moves any more.
    pub(super) fn settle(&mut self) {
        while let Some((rule, object)) = self.heap.next() {
            self.fire(rule, object);
            while let Some(object) = self.heap.next_lost() {
                self.lose(object);
            }
        }
    }

    /// Takes up modules that changed or are new. Whoever imports one of them is in the list as well.
    pub(super) fn update(&mut self, changed: &[ModuleIx], importers: &[ModuleIx], units: &[Unit]) -> Changes {
        let had = (self.proxies, self.promises);
        self.modules.resize_with(units.len().max(self.modules.len()), || None);
        self.heap.watch();
        let gone = changed.iter().filter_map(|module| {
            let known = self.modules[module.index()].as_ref()?;
            Some((*module, known.nodes..known.nodes + Module::node_count(&known.facts) as u32))
        });
        let mut gone: Vec<(ModuleIx, std::ops::Range<u32>)> = gone.collect();
        // Importers keep their values; only what links them is made anew.
        gone.extend(importers.iter().map(|module| (links_of(*module), 0..0)));
        gone.extend(changed.iter().map(|module| (links_of(*module), 0..0)));
        self.heap.retract(&gone);
        for (source, target, rule) in std::mem::take(&mut self.heap.dropped_copies) {
            self.copy_lists.remove(&mut self.objects[source.index()].copies, |known| *known == (target, rule));
        }
        changed.iter().for_each(|module| self.modules[module.index()] = None);
        for module in changed.iter().filter(|module| module.index() < units.len()) {
            self.add_module(*module, &units[module.index()]);
        }
        for module in changed.iter().filter(|module| module.index() < units.len()) {
            self.install(*module);
        }
        let linked = changed.iter().chain(importers).filter(|module| module.index() < units.len());
        for module in linked.copied().collect::<Vec<_>>() {
            if let Some(known) = &mut self.modules[module.index()] {
                known.targets = units[module.index()].targets.clone();
            }
            self.link(module);
        }
        self.settle();
        let mut changes = self.heap.changes();
        gone.into_iter().flat_map(|(_, nodes)| nodes).for_each(|node| changes.node(NodeIx(node)));
        self.grown.drain(..).for_each(|object| changes.fields(object));
        // Every access of a field may be one of a Proxy from now on, every method one that promises something.
        changes.everything |= (self.proxies, self.promises) != had;
        changes
    }

    /// A module, if it is part of the program.
    pub(super) fn known_module(&self, module: ModuleIx) -> Option<&Module> {
        self.modules.get(module.index())?.as_ref()
    }

    pub(super) fn module(&self, module: ModuleIx) -> &Module {
        self.modules[module.index()].as_ref().expect("only modules that are there are asked about")
    }

    pub(super) fn function(&self, function: FunctionIx) -> &Function {
        self.module(function.module).facts.function(function.function)
    }

    pub(super) fn params(&self, function: FunctionIx) -> &[Param] {
        let facts = &self.module(function.module).facts;
        facts.params(facts.function(function.function))
    }

    pub(super) fn value(&self, module: ModuleIx, value: facts::ValueId) -> NodeIx {
        self.module(module).node(value)
    }

    /// The function that an object is.
    pub(super) fn function_of(&self, object: ObjectIx) -> Option<FunctionIx> {
        match self.objects[object.index()].kind {
            Kind::Site(module, ObjectKind::Function(function) | ObjectKind::Class(function)) => {
                self.modules[module.index()].as_ref()?;
                Some(FunctionIx { module, function })
            }
            _ => None,
        }
    }

    /// A class or an interface of a declaration file: what is declared to be of that type is an instance.
    pub(super) fn is_declared_class(&self, object: ObjectIx) -> bool {
        let Kind::Site(module, ObjectKind::Class(constructor)) = self.objects[object.index()].kind else {
            return false;
        };
        let Some(known) = &self.modules[module.index()] else { return false };
        let facts = &known.facts;
        facts.declares.is_some()
            || facts.function(constructor).declared
            || facts.promising.contains(&ObjectId(object.0 - known.objects))
    }

    /// The same of a file with code: it says what its methods promise.
    pub(super) fn is_promising_class(&self, object: ObjectIx) -> bool {
        let Kind::Site(module, _) = self.objects[object.index()].kind else { return false };
        let facts = self.modules[module.index()].as_ref().map(|known| &known.facts);
        facts.is_some_and(|facts| facts.declares.is_none()) && self.is_declared_class(object)
    }

    /// Every field of an object that there is a node for.
    pub(super) fn fields_of(&self, object: ObjectIx) -> &[(Name, NodeIx)] {
        self.field_lists.get(&self.objects[object.index()].fields)
    }

    /// What a call passes on, and whether it is spread.
    pub(super) fn arguments(&self, call: CallIx) -> &[(NodeIx, bool)] {
        let (start, end) = self.calls[call.index()].arguments;
        &self.arguments[start as usize..end as usize]
    }

    /// Takes down arguments of a call.
    fn note_arguments(&mut self, arguments: impl IntoIterator<Item = (NodeIx, bool)>) -> (u32, u32) {
        let start = self.arguments.len() as u32;
        self.arguments.extend(arguments);
        (start, self.arguments.len() as u32)
    }

    /// The generator function that an object was made by.
    pub(super) fn generator_of(&self, object: ObjectIx) -> Option<FunctionIx> {
        match self.objects[object.index()].kind {
            Kind::Site(module, ObjectKind::Generator(function)) => Some(FunctionIx { module, function }),
            _ => None,
        }
    }

    /// Whether what a node holds came out of a container.
    pub(super) fn is_vague(&self, node: NodeIx) -> bool {
        let from = |node: &NodeIx| self.vague.contains(node) && !self.heap.objects(*node).is_empty();
        from(&node) || self.heap.sources(node).iter().any(from)
    }

    /// Whether any module calls `Proxy`.
    pub(super) fn has_proxies(&self) -> bool {
        self.proxies
    }

    /// Whether any method promises not to block.
    pub(super) fn has_promises(&self) -> bool {
        self.promises
    }

    pub(super) fn has_accessors(&self) -> bool {
        !self.accessors.is_empty()
    }

    pub(super) fn has_accessor(&self, name: Name) -> bool {
        self.accessors.contains_key(&name)
    }

    pub(super) fn accessor(&self, name: Name) -> Option<(Name, Name)> {
        self.accessors.get(&name).copied()
    }

    /// An object got among things that are too many to keep apart: what is done to them may be done to it.
    fn lose(&mut self, object: ObjectIx) {
        let (unknown, lost) = (self.natives.unknown, self.natives.lost);
        if let Some(function) = self.function_of(object) {
            let known = self.module(function.module);
            let declared = known.facts.function(function.function);
            let params = known.facts.params(declared).iter().map(|param| param.value).chain([declared.this]);
            let nodes: Vec<NodeIx> = params.map(|value| known.node(value)).collect();
            nodes.into_iter().for_each(|node| self.heap.seed(Cause::Nature, node, unknown));
        }
        if self.may_inherit(object) {
            let above = self.field_node(object, self.words.proto);
            self.heap.seed(Cause::Nature, above, lost);
            return;
        }
        for name in [self.words.element, self.words.content, self.words.keys] {
            let (from, to) = (self.field_node(lost, name), self.field_node(object, name));
            self.heap.edge(Cause::Nature, from, to);
        }
    }

    fn new_object(&mut self, kind: Kind) -> ObjectIx {
        self.objects.push(Object::new(kind));
        ObjectIx(self.objects.len() as u32 - 1)
    }

    /// A node that holds just this object.
    fn alone(&mut self, object: ObjectIx) -> NodeIx {
        if let Some(node) = self.alone.get(&object) {
            return *node;
        }
        let node = self.heap.node();
        self.heap.seed(Cause::Nature, node, object);
        self.alone.insert(object, node);
        node
    }
}

/// What links a module to others is written down apart from what it is in itself.
fn links_of(module: ModuleIx) -> ModuleIx {
    ModuleIx(module.0 | 1 << 31)
}
