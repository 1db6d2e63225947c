//! Calls of the program's functions: arguments to parameters, receivers to `this`, returned values back.

use super::super::heap::{Cause, Heap, Rule, RuleIx};
use super::super::world::{CallIx, FunctionIx, Kind, NodeIx, ObjectIx};
use super::{CallKind, Solver};
use crate::facts::{FunctionKind, ObjectKind};

/// Bound functions that are bound in turn.
const BOUND_MAX: u8 = 3;

impl Solver {
    /// The call calls `object`.
    pub(super) fn called(&mut self, rule: RuleIx, call: CallIx, object: ObjectIx) {
        let site = &self.calls[call.index()];
        let (kind, method, this) = (site.kind, site.method, site.this);
        if object == self.natives.unknown {
            let result = site.result;
            self.heap.seed(Cause::Rule(rule), result, object);
            return;
        }
        if let Kind::Bound(bound) = self.objects[object.index()].kind {
            let target = self.field_node(object, self.words.content);
            self.heap.rule(Cause::Rule(rule), target, Rule::Bound { call, bound });
            return;
        }
        let Some(function) = self.function_of(object) else {
            if !method && matches!(self.objects[object.index()].kind, Kind::Native) {
                self.call_native(rule, call, object, None);
            }
            return;
        };
        match kind {
            CallKind::New => self.construct(rule, call, object, function),
            CallKind::Super => {
                let to = self.this_of(function);
                self.heap.edge(Cause::Rule(rule), this, to);
                self.bind(rule, call, function, &[]);
            }
            CallKind::Call => {
                if !method {
                    let to = self.this_of(function);
                    self.heap.edge(Cause::Rule(rule), this, to);
                }
                self.bind(rule, call, function, &[]);
                self.returns(rule, call, function);
            }
        }
    }

    fn construct(&mut self, rule: RuleIx, call: CallIx, object: ObjectIx, function: FunctionIx) {
        let kind = self.function(function).kind;
        if !matches!(kind, FunctionKind::Plain | FunctionKind::Constructor) {
            return;
        }
        let (cause, instance) = (Cause::Rule(rule), ObjectIx(object.0 + 2));
        let this = self.this_of(function);
        self.heap.seed(cause, this, instance);
        let result = self.calls[call.index()].result;
        self.heap.seed(cause, result, instance);
        self.bind(rule, call, function, &[]);
        if kind == FunctionKind::Plain || !self.function(function).returns.is_none() {
            self.returns(rule, call, function);
        }
    }

    pub(super) fn this_of(&self, function: FunctionIx) -> NodeIx {
        self.value(function.module, self.function(function).this)
    }

    /// Arguments to parameters, after those that were bound before.
    pub(super) fn bind(&mut self, rule: RuleIx, call: CallIx, function: FunctionIx, before: &[(NodeIx, bool)]) {
        let Some(module) = self.modules[function.module.index()].as_ref() else { return };
        let known = module.facts.function(function.function);
        let params = module.facts.params(known);
        let (start, end) = self.calls[call.index()].arguments;
        let own = &self.arguments[start as usize..end as usize];
        let heap = &mut self.heap;
        let store = |from| Rule::Store { field: self.words.element, from, define: true };
        let cause = Cause::Rule(rule);
        let bind_one = |heap: &mut Heap, index: usize, from: NodeIx| {
            let rest = || params.last().filter(|param| param.rest);
            let Some(param) = params.get(index).or_else(rest) else { return };
            match param.rest {
                true => heap.rule(cause, module.node(param.value), store(from)),
                false => heap.edge(cause, from, module.node(param.value)),
            }
        };
        let arguments = before.iter().chain(own).copied().enumerate();
        for (index, (from, is_spread)) in arguments.clone().filter(|(_, (from, _))| !from.is_none()) {
            heap.rule(cause, module.node(known.arguments), store(from));
            if !is_spread {
                bind_one(heap, index, from);
                continue;
            }
            // It stands for any argument from there on, and moves those after it.
            for (_, (from, _)) in arguments.clone().skip(index).filter(|(_, (from, _))| !from.is_none()) {
                (index..params.len().max(index + 1)).for_each(|index| bind_one(heap, index, from));
            }
        }
    }

    pub(super) fn returns(&mut self, rule: RuleIx, call: CallIx, function: FunctionIx) {
        let to = self.calls[call.index()].result;
        self.returns_to(Cause::Rule(rule), function, to);
    }

    fn returns_to(&mut self, cause: Cause, function: FunctionIx, to: NodeIx) {
        let module = self.module(function.module);
        let known = module.facts.function(function.function);
        if known.object.is_none() {
            let from = module.node(known.returns);
            self.heap.edge(cause, from, to);
        } else {
            let object = module.object(known.object);
            self.heap.seed(cause, to, object);
        }
    }

    /// A method that is called on a receiver: `this` in it, if it is one of the program's.
    pub(super) fn receive(&mut self, rule: RuleIx, receiver: ObjectIx, natives: NodeIx, object: ObjectIx) {
        if let Some(function) = self.function_of(object) {
            let this = self.this_of(function);
            self.heap.seed(Cause::Rule(rule), this, receiver);
        } else if matches!(self.objects[object.index()].kind, Kind::Native) {
            self.heap.seed(Cause::Rule(rule), natives, object);
        }
    }

    /// Runs a function that the program does not call by name: a getter, an iterator's `next`, `toString`.
    pub(super) fn run(&mut self, cause: Cause, receiver: ObjectIx, object: ObjectIx, argument: NodeIx, to: NodeIx) {
        let Some(function) = self.function_of(object) else { return };
        if matches!(self.objects[object.index()].kind, Kind::Site(_, ObjectKind::Class(_))) {
            return;
        }
        let this = self.this_of(function);
        self.heap.seed(cause, this, receiver);
        let first = self.params(function).first().copied();
        if let Some(param) = first {
            let param = self.value(function.module, param.value);
            self.heap.edge(cause, argument, param);
        }
        self.returns_to(cause, function, to);
    }

    /// A function made by `bind` is called; `target` is what it was bound to.
    pub(super) fn call_bound(&mut self, rule: RuleIx, call: CallIx, bound: CallIx, target: ObjectIx) {
        let given = self.arguments(bound).to_vec();
        let receiver = given.first().map_or(NodeIx::NONE, |(node, _)| *node);
        let before = given.get(1..).unwrap_or_default();
        if let Some(function) = self.function_of(target) {
            let this = self.this_of(function);
            self.heap.edge(Cause::Rule(rule), receiver, this);
            self.bind(rule, call, function, before);
            self.returns(rule, call, function);
            return;
        }
        match self.objects[target.index()].kind {
            Kind::Native => {
                let inner = self.completed(call, bound, target, (receiver, before));
                self.call_native(rule, inner, target, None);
            }
            // It was bound before, to what comes first.
            Kind::Bound(first) if first != bound => {
                let inner = self.completed(call, bound, target, (receiver, before));
                if self.calls[inner.index()].depth < BOUND_MAX {
                    self.called(rule, inner, target);
                }
            }
            _ => {}
        }
    }
}
