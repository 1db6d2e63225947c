//! Fields of objects: their nodes, prototype chains, accessors, native members.

use super::super::heap::{Cause, Rule, RuleIx};
use super::super::natives::NativeKind;
use super::super::world::{CallIx, Kind, Name, NodeIx, ObjectIx};
use super::{CallKind, Solver};
use crate::facts::{ObjectId, ObjectKind};

impl Solver {
    /// The node of a field. What holds by nature of the object holds from the start.
    pub(in super::super) fn field_node(&mut self, object: ObjectIx, name: Name) -> NodeIx {
        if let Some(node) = self.fields.get(&(object, name)) {
            return *node;
        }
        let node = self.heap.node();
        self.fields.insert((object, name), node);
        let words = &self.words;
        if self.names.is_number(name)
            || [words.element, words.any, words.content, words.keys, words.sent, words.got].contains(&name)
        {
            self.vague.insert(node);
        }
        // An unknown key of an array is an index, and one of `globalThis` a symbol.
        let has_apart = self.native_prototype(object) == Some(self.natives.array) || object == self.natives.global;
        let counts = |name: Name| self.names.is_plain(name) && (!has_apart || self.is_index(name));
        if counts(name) {
            // A key that is not known may be any.
            let (element, any) = (words.element, words.any);
            let siblings = self.fields_of(object).iter().filter(|(sibling, _)| counts(*sibling));
            let edges = siblings.filter_map(|(sibling, other)| match () {
                () if *sibling == element || name == any => Some((*other, node)),
                () if *sibling == any || name == element => Some((node, *other)),
                () => None,
            });
            let edges: Vec<(NodeIx, NodeIx)> = edges.collect();
            edges.into_iter().for_each(|(from, to)| self.heap.edge(Cause::Nature, from, to));
            for (target, rule) in self.copy_lists.get(&self.objects[object.index()].copies).to_vec() {
                self.copy_field(rule, name, node, target);
            }
        }
        self.field_lists.push(&mut self.objects[object.index()].fields, (name, node));
        self.grown.push(object);
        self.by_nature(object, name, node);
        node
    }

    pub(in super::super) fn known_field(&self, object: ObjectIx, name: Name) -> Option<NodeIx> {
        self.fields.get(&(object, name)).copied()
    }

    /// What was found under a name, if anybody has looked for it.
    pub(in super::super) fn known_lookup(&self, object: ObjectIx, name: Name) -> Option<NodeIx> {
        self.lookups.get(&(object, name)).copied()
    }

    /// Of an array: what an unknown index may mean.
    fn is_index(&self, name: Name) -> bool {
        let words = &self.words;
        name == words.element || name == words.any || self.names.is_number(name)
    }

    fn by_nature(&mut self, object: ObjectIx, name: Name, node: NodeIx) {
        let Kind::Site(module, kind) = self.objects[object.index()].kind else { return };
        let followed_by = |step: u32| ObjectIx(object.0 + step);
        match kind {
            ObjectKind::Class(_) if name == self.words.prototype => {
                self.heap.seed(Cause::Nature, node, followed_by(1));
            }
            ObjectKind::Function(function) if name == self.words.prototype => {
                let is_constructor = self.modules[module.index()]
                    .as_ref()
                    .is_some_and(|known| known.facts.function(function).kind == crate::facts::FunctionKind::Plain);
                if is_constructor {
                    self.heap.seed(Cause::Nature, node, followed_by(1));
                }
            }
            // An instance of a class has its prototype; one of a function has what `prototype` is.
            ObjectKind::Instance if name == self.words.proto => {
                let class = ObjectIx(object.0 - 2);
                let above = self.field_node(class, self.words.prototype);
                self.heap.edge(Cause::Nature, above, node);
            }
            ObjectKind::Prototype if self.names.text(name) == "constructor" => {
                self.heap.seed(Cause::Nature, node, ObjectIx(object.0 - 1));
            }
            // Whatever makes a primitive of an object calls them: `"x".padStart(object)`.
            _ if self.words.primitive.contains(&name) => {
                let receiver = if kind == ObjectKind::Prototype { followed_by(1) } else { object };
                self.heap.rule(Cause::Nature, node, Rule::Run { receiver, to: NodeIx::NONE });
            }
            _ => {}
        }
    }

    pub(super) fn copy_field(&mut self, rule: RuleIx, name: Name, from: NodeIx, target: ObjectIx) {
        if name == self.words.any {
            return;
        }
        let to = self.field_node(target, name);
        self.heap.edge(Cause::Rule(rule), from, to);
    }

    /// The native object that an object's prototype chain ends with.
    pub(in super::super) fn native_prototype(&self, object: ObjectIx) -> Option<ObjectIx> {
        match self.objects[object.index()].kind {
            Kind::Native => match self.natives.is_function(object) {
                true => Some(self.natives.function),
                false => None,
            },
            Kind::Fresh(prototype) => Some(prototype),
            Kind::Bound(_) => Some(self.natives.function),
            Kind::Site(_, kind) => match kind {
                ObjectKind::Array => Some(self.natives.array),
                ObjectKind::Function(_) | ObjectKind::Class(_) => Some(self.natives.function),
                ObjectKind::Promise(_) => Some(self.natives.promise),
                ObjectKind::Generator(_) => Some(self.natives.generator),
                ObjectKind::Literal | ObjectKind::Prototype | ObjectKind::Instance => Some(self.natives.object),
                ObjectKind::Namespace => None,
            },
        }
    }

    /// The class that an object is, or is an instance of.
    pub(in super::super) fn class_of(&self, object: ObjectIx) -> Option<ObjectIx> {
        match self.objects[object.index()].kind {
            Kind::Site(_, ObjectKind::Class(_)) => Some(object),
            Kind::Site(_, ObjectKind::Instance) => Some(ObjectIx(object.0 - 2)),
            _ => None,
        }
    }

    /// Whether the prototype of such an object may be one of the program's.
    pub(in super::super) fn may_inherit(&self, object: ObjectIx) -> bool {
        match self.objects[object.index()].kind {
            Kind::Site(_, kind) => matches!(
                kind,
                ObjectKind::Literal
                    | ObjectKind::Prototype
                    | ObjectKind::Instance
                    | ObjectKind::Class(_)
                    | ObjectKind::Function(_)
            ),
            Kind::Fresh(prototype) => prototype == self.natives.object,
            _ => false,
        }
    }

    /// Whether the object has this field for certain, so that its prototype's is hidden. A field hides accessors of its
    /// name as well.
    pub(in super::super) fn declares(&self, object: ObjectIx, name: Name) -> bool {
        let mut declared = self.declared_by(object).peekable();
        let accessed = declared.peek().and_then(|_| self.accessed.get(&name));
        declared.any(|it| it == name || Some(&it) == accessed)
    }

    /// The fields that an object has for certain, those included in which no function can be.
    pub(in super::super) fn declared_by(&self, object: ObjectIx) -> impl Iterator<Item = Name> {
        let module = match self.objects[object.index()].kind {
            Kind::Site(module, _) => self.modules[module.index()].as_ref(),
            _ => None,
        };
        module.into_iter().flat_map(move |module| {
            let declared = module.facts.declared(ObjectId(object.0 - module.objects));
            declared.iter().map(|declared| module.name(*declared))
        })
    }

    /// A native member, the object's own or inherited at the end of its chain.
    pub(in super::super) fn native_member(&self, object: ObjectIx, name: Name) -> Option<ObjectIx> {
        let own = match self.objects[object.index()].kind {
            Kind::Native => self.natives.member(object, name),
            _ => None,
        };
        own.or_else(|| self.natives.member(self.native_prototype(object)?, name))
    }

    /// The node of all that is found under a name on an object: its own and what it inherits.
    pub(super) fn lookup(&mut self, object: ObjectIx, name: Name) -> NodeIx {
        let inherits = self.may_inherit(object) && !self.declares(object, name);
        let member = self.native_member(object, name);
        if !inherits && member.is_none() {
            return self.field_node(object, name);
        }
        if let Some(node) = self.lookups.get(&(object, name)) {
            return *node;
        }
        let node = self.heap.node();
        self.lookups.insert((object, name), node);
        let own = self.field_node(object, name);
        if self.vague.contains(&own) {
            self.vague.insert(node);
        }
        self.heap.edge(Cause::Nature, own, node);
        if let Some(member) = member {
            let value = self.value_of(member);
            self.heap.seed(Cause::Nature, node, value);
        }
        if inherits {
            let above = self.field_node(object, self.words.proto);
            self.heap.rule(Cause::Nature, above, Rule::Inherit { to: node, field: name });
        }
        node
    }

    /// What a native member is as a value: of a property that holds an object, that object.
    fn value_of(&self, member: ObjectIx) -> ObjectIx {
        let instance = self.natives.get(member).filter(|native| native.kind == NativeKind::Instance);
        instance.and_then(|native| native.prototype).unwrap_or(member)
    }

    /// `prototype` is one of those that somebody inherits `field` from.
    pub(super) fn inherit(&mut self, rule: RuleIx, prototype: ObjectIx, field: Name, to: NodeIx) {
        if prototype == self.natives.unknown {
            self.heap.seed(Cause::Rule(rule), to, prototype);
            return;
        }
        let from = self.lookup(prototype, field);
        self.heap.edge(Cause::Rule(rule), from, to);
    }

    /// Reads a field of `object`.
    pub(super) fn read(&mut self, rule: RuleIx, object: ObjectIx, field: Name, to: NodeIx) {
        let cause = Cause::Rule(rule);
        if object == self.natives.unknown {
            self.heap.seed(cause, to, object);
            return;
        }
        let found = self.lookup(object, field);
        self.heap.edge(cause, found, to);
        if let Some((getter, _)) = self.accessors.get(&field).copied() {
            let node = self.lookup(object, getter);
            self.heap.rule(cause, node, Rule::Run { receiver: object, to });
        }
    }

    /// Reads a method that a call calls.
    pub(super) fn read_method(&mut self, rule: RuleIx, object: ObjectIx, field: Name, call: CallIx) {
        let site = self.calls[call.index()];
        self.read(rule, object, field, site.callee);
        if site.kind == CallKind::Call && object != self.natives.unknown {
            let found = self.lookup(object, field);
            let natives = self.methods_of(rule, object, field, found);
            self.heap.rule(Cause::Rule(rule), natives, Rule::Method { call, receiver: object });
        }
    }

    /// The method `field` is called on `object`. The node of those of its methods that are native: what these do is for
    /// each call to say, while `this` in the others is the same for all.
    fn methods_of(&mut self, rule: RuleIx, object: ObjectIx, field: Name, found: NodeIx) -> NodeIx {
        let natives = match self.native_methods.get(&(object, field)) {
            Some(node) => *node,
            None => {
                let node = self.heap.node();
                self.native_methods.insert((object, field), node);
                node
            }
        };
        self.heap.rule(Cause::Rule(rule), found, Rule::Receive { receiver: object, natives });
        natives
    }

    /// Runs the method `field` of `object`, if it has one.
    pub(super) fn invoke(&mut self, rule: RuleIx, object: ObjectIx, field: Name, to: NodeIx) {
        let node = self.lookup(object, field);
        self.heap.rule(Cause::Rule(rule), node, Rule::Run { receiver: object, to });
    }

    /// Who makes a primitive of an object is seen nowhere: what its class inherits for that is called on its instances.
    pub(super) fn derive(&mut self, rule: RuleIx, above: ObjectIx, instance: ObjectIx) {
        if !matches!(self.objects[above.index()].kind, Kind::Site(_, ObjectKind::Prototype)) {
            return;
        }
        for field in self.words.primitive {
            if self.declares(above, field) {
                let node = self.field_node(above, field);
                self.heap.rule(Cause::Rule(rule), node, Rule::Run { receiver: instance, to: NodeIx::NONE });
            }
        }
        let next = self.field_node(above, self.words.proto);
        self.heap.rule(Cause::Rule(rule), next, Rule::Derive { instance });
    }

    /// Writes a field.
    pub(super) fn write(&mut self, rule: RuleIx, object: ObjectIx, field: Name, from: NodeIx, define: bool) {
        let object = if object == self.natives.unknown { self.natives.lost } else { object };
        let node = self.field_node(object, field);
        self.heap.edge(Cause::Rule(rule), from, node);
        if field == self.words.proto
            && matches!(self.objects[object.index()].kind, Kind::Site(_, ObjectKind::Prototype))
        {
            self.heap.rule(Cause::Rule(rule), from, Rule::Derive { instance: ObjectIx(object.0 + 1) });
        }
        if field == self.words.any_getter {
            // What it gives may be read under any name.
            let to = self.field_node(object, self.words.element);
            self.heap.rule(Cause::Rule(rule), node, Rule::Run { receiver: object, to });
        }
        if let Some((_, setter)) = self.accessors.get(&field).copied()
            && !define
        {
            let node = self.lookup(object, setter);
            self.heap.rule(Cause::Rule(rule), node, Rule::Give { receiver: object, argument: from });
        }
    }
}
