//! Fields of objects: their nodes, prototype chains, accessors, native members.

use super::super::heap::{Cause, Rule, RuleIx};
use super::super::world::{CallIx, Kind, Name, NodeIx, ObjectIx};
use super::Solver;
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
        let is_number = self.names.text(name).bytes().all(|byte| byte.is_ascii_digit());
        if is_number || [words.element, words.any, words.content, words.keys].contains(&name) {
            self.vague.insert(node);
        }
        let known = &self.objects[object.index()];
        let siblings = known.fields.clone();
        let copies = known.copies.clone();
        self.objects[object.index()].fields.push((name, node));
        let is_array = self.native_prototype(object) == Some(self.natives.array);
        let counts = |name: Name| self.is_plain(name) && (!is_array || self.is_index(name));
        if counts(name) {
            for (sibling, other) in siblings.into_iter().filter(|(sibling, _)| counts(*sibling)).collect::<Vec<_>>() {
                // A key that is not known may be any.
                let into = sibling == self.words.element || name == self.words.any && self.is_plain(sibling);
                let out_of = sibling == self.words.any || name == self.words.element && self.is_plain(sibling);
                if into {
                    self.heap.edge(Cause::Nature, other, node);
                } else if out_of {
                    self.heap.edge(Cause::Nature, node, other);
                }
            }
            for (target, rule) in copies {
                self.copy_field(rule, name, node, target);
            }
        }
        self.by_nature(object, name, node);
        node
    }

    pub(in super::super) fn known_field(&self, object: ObjectIx, name: Name) -> Option<NodeIx> {
        self.fields.get(&(object, name)).copied()
    }

    /// Fields that a computed key may mean.
    fn is_plain(&self, name: Name) -> bool {
        let text = self.names.text(name);
        !(text.starts_with("[[") || text.starts_with('#') || text.starts_with("get ") || text.starts_with("set "))
    }

    /// Of an array: what an unknown index may mean.
    fn is_index(&self, name: Name) -> bool {
        let words = &self.words;
        let is_number = || self.names.text(name).bytes().all(|byte| byte.is_ascii_digit());
        name == words.element || name == words.any || is_number()
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

    /// Whether the object has this field for certain, so that its prototype's is hidden.
    pub(in super::super) fn declares(&self, object: ObjectIx, name: Name) -> bool {
        let Kind::Site(module, _) = self.objects[object.index()].kind else { return false };
        let Some(module) = &self.modules[module.index()] else { return false };
        let site = &module.facts.objects[ObjectId(object.0 - module.objects).index()];
        site.declared.iter().any(|declared| module.name(*declared) == name)
    }

    /// A native member, the object's own or inherited at the end of its chain.
    pub(in super::super) fn native_member(&self, object: ObjectIx, name: Name) -> Option<ObjectIx> {
        let own = match self.objects[object.index()].kind {
            Kind::Native => self.natives.member(object, name),
            _ => None,
        };
        own.or_else(|| self.natives.member(self.native_prototype(object)?, name))
    }

    /// Reads a field of `object`, which stands in the chain of `receiver`.
    pub(super) fn read(
        &mut self,
        rule: RuleIx,
        (object, receiver): (ObjectIx, ObjectIx),
        field: Name,
        (to, call): (NodeIx, CallIx),
    ) {
        let cause = Cause::Rule(rule);
        if object == self.natives.unknown {
            self.heap.seed(cause, to, object);
            return;
        }
        if let Some(member) = self.native_member(object, field) {
            self.read_native(rule, member, receiver, (to, call));
        }
        let node = self.field_node(object, field);
        self.heap.edge(cause, node, to);
        if !call.is_none() {
            self.heap.rule(cause, node, Rule::Method { call, receiver });
        }
        if let Some((getter, _)) = self.accessors.get(&field).copied() {
            let node = self.field_node(object, getter);
            self.heap.rule(cause, node, Rule::Run { receiver, argument: NodeIx::NONE, to });
        }
        if self.may_inherit(object) && !self.declares(object, field) {
            let above = self.field_node(object, self.words.proto);
            self.heap.rule(cause, above, Rule::Inherited { to, field, call, receiver });
        }
    }

    fn read_native(&mut self, rule: RuleIx, member: ObjectIx, receiver: ObjectIx, (to, call): (NodeIx, CallIx)) {
        let cause = Cause::Rule(rule);
        // A property that holds an object, not a function.
        let value =
            self.natives.get(member).filter(|native| native.kind == super::super::natives::NativeKind::Instance);
        let value = value.and_then(|native| native.prototype);
        self.heap.seed(cause, to, value.unwrap_or(member));
        if !call.is_none() && value.is_none() {
            self.call_native(rule, call, member, Some(receiver));
        }
    }

    /// Runs the method `field` of `object`, if it has one.
    pub(super) fn invoke(
        &mut self,
        rule: RuleIx,
        (object, receiver): (ObjectIx, ObjectIx),
        field: Name,
        argument: NodeIx,
        to: NodeIx,
    ) {
        let cause = Cause::Rule(rule);
        let node = self.field_node(object, field);
        self.heap.rule(cause, node, Rule::Run { receiver, argument, to });
        if self.may_inherit(object) && !self.declares(object, field) {
            let above = self.field_node(object, self.words.proto);
            self.heap.rule(cause, above, Rule::InvokeInherited { field, argument, to, receiver });
        }
    }

    /// Writes a field.
    pub(super) fn write(&mut self, rule: RuleIx, object: ObjectIx, field: Name, from: NodeIx, define: bool) {
        let node = self.field_node(object, field);
        self.heap.edge(Cause::Rule(rule), from, node);
        if let Some((_, setter)) = self.accessors.get(&field).copied()
            && !define
        {
            self.invoke(rule, (object, object), setter, from, NodeIx::NONE);
        }
    }
}
