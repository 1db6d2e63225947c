//! What each rule does with an object that reaches it.

use super::super::heap::{Cause, Rule, RuleIx};
use super::super::world::{Kind, Name, NodeIx, ObjectIx};
use super::Solver;
use crate::facts::{Iteration, ObjectKind};

impl Solver {
    pub(super) fn fire(&mut self, rule: RuleIx, object: ObjectIx) {
        let cause = Cause::Rule(rule);
        match self.heap.rule_at(rule) {
            Rule::Load { to, field } => self.read(rule, object, field, to),
            Rule::LoadMethod { call, field } => self.read_method(rule, object, field, call),
            Rule::Inherit { to, field } => self.inherit(rule, object, field, to),
            Rule::Receive { receiver, natives } => self.receive(rule, receiver, natives, object),
            Rule::Method { call, receiver } => self.call_native(rule, call, object, Some(receiver)),
            Rule::Store { field, from, define } => self.write(rule, object, field, from, define),
            Rule::Call(call) => self.called(rule, call, object),
            Rule::Invoke { field, to } => self.invoke(rule, object, field, to),
            Rule::Run { receiver, to } => self.run(cause, receiver, object, NodeIx::NONE, to),
            Rule::Give { receiver, argument } => self.run(cause, receiver, object, argument, NodeIx::NONE),
            Rule::Iterate { to, hidden, mode } => self.iterate(rule, object, to, hidden, mode),
            Rule::Elements { to } => {
                if let Some(native) = self.native_member(object, self.words.elements) {
                    self.take_elements(rule, native, object, to);
                }
            }
            Rule::Take { receiver, to } => {
                if matches!(self.objects[object.index()].kind, Kind::Native) {
                    self.take_elements(rule, object, receiver, to);
                }
            }
            Rule::Await { to } => self.await_on(rule, object, to),
            Rule::CopyFields { to } => {
                if !self.is_bare(object) {
                    self.heap.rule(cause, to, Rule::CopyFrom { source: object });
                }
            }
            Rule::CopyFrom { source } => self.copy_fields(rule, source, object),
            Rule::Bound { call, bound } => self.call_bound(rule, call, bound, object),
            Rule::Derive { instance } => self.derive(rule, object, instance),
            Rule::Hint { to } => {
                let declared = self.is_declared_class(object).then_some(ObjectIx(object.0 + 2));
                let instance = declared.or_else(|| self.natives.instance_of(object));
                if let Some(instance) = instance {
                    self.heap.seed(cause, to, instance);
                }
            }
        }
    }

    /// Without fields that could be copied.
    fn is_bare(&self, object: ObjectIx) -> bool {
        matches!(self.objects[object.index()].kind, Kind::Native)
    }

    fn copy_fields(&mut self, rule: RuleIx, source: ObjectIx, target: ObjectIx) {
        if source == target {
            return;
        }
        self.heap.copy(rule, source, target);
        self.copy_lists.push(&mut self.objects[source.index()].copies, (target, rule));
        let fields = self.fields_of(source).to_vec();
        for (name, node) in fields {
            let text = self.names.text(name);
            if let Some(plain) = text.strip_prefix("get ").and_then(|plain| self.names.find(plain)) {
                // What the getter gives is copied.
                let to = self.field_node(target, plain);
                let rule_to_run = Rule::Run { receiver: source, to };
                self.heap.rule(Cause::Rule(rule), node, rule_to_run);
            } else if !(text.starts_with("[[") || text.starts_with('#') || text.starts_with("set ")) {
                self.copy_field(rule, name, node, target);
            }
        }
    }

    fn await_on(&mut self, rule: RuleIx, object: ObjectIx, to: NodeIx) {
        if self.is_promise(object) {
            let content = self.field_node(object, self.words.content);
            self.heap.rule(Cause::Rule(rule), content, Rule::Await { to });
            return;
        }
        self.heap.seed(Cause::Rule(rule), to, object);
        if matches!(self.objects[object.index()].kind, Kind::Site(_, ObjectKind::Instance)) {
            // Of a class that may extend `Promise`.
            let content = self.field_node(object, self.words.content);
            self.heap.rule(Cause::Rule(rule), content, Rule::Await { to });
        }
    }

    pub(in super::super) fn is_promise(&self, object: ObjectIx) -> bool {
        let mut at = match self.objects[object.index()].kind {
            Kind::Site(_, ObjectKind::Promise(_)) => return true,
            Kind::Fresh(prototype) => Some(prototype),
            Kind::Native => self.natives.get(object).and_then(|native| native.prototype),
            _ => None,
        };
        while let Some(prototype) = at {
            if prototype == self.natives.promise || prototype == self.natives.future {
                return true;
            }
            at = self.natives.get(prototype).and_then(|native| native.prototype);
        }
        false
    }

    fn iterate(&mut self, rule: RuleIx, object: ObjectIx, to: NodeIx, hidden: NodeIx, mode: Iteration) {
        let cause = Cause::Rule(rule);
        let is_array = self.native_prototype(object) == Some(self.natives.array);
        if mode == Iteration::Positional && is_array || mode == Iteration::Rest && !is_array {
            return;
        }
        if object == self.natives.unknown {
            self.heap.seed(cause, to, object);
            return;
        }
        let word = match mode {
            Iteration::Awaiting => self.words.async_iterator,
            _ => self.words.iterator,
        };
        if let Some(native) = self.native_member(object, self.words.elements) {
            self.take_elements(rule, native, object, to);
        } else if matches!(self.objects[object.index()].kind, Kind::Site(_, ObjectKind::Instance)) {
            // Of a class that extends a native one.
            let inherited = self.lookup(object, self.words.elements);
            self.heap.rule(cause, inherited, Rule::Take { receiver: object, to });
        }
        self.iterate_own(rule, object, word, hidden);
        if mode == Iteration::Awaiting {
            self.iterate_own(rule, object, self.words.iterator, hidden);
        }
        let result = NodeIx(hidden.0 + 3);
        let (next, value) = (self.words.next, self.words.value);
        self.heap.rule(cause, hidden, Rule::Invoke { field: next, to: result });
        // The iterator may be native: that of an array, or a generator.
        self.heap.rule(cause, hidden, Rule::Elements { to });
        if matches!(mode, Iteration::Closing | Iteration::Positional) {
            let close = Rule::Invoke { field: self.words.close, to: NodeIx::NONE };
            self.heap.rule(cause, hidden, close);
        }
        self.heap.rule(cause, result, Rule::Load { to, field: value });
    }

    fn iterate_own(&mut self, rule: RuleIx, object: ObjectIx, word: Name, iterator: NodeIx) {
        let has_own = self.may_inherit(object);
        if has_own {
            self.invoke(rule, object, word, iterator);
        }
    }
}
