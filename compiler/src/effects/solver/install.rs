//! A module's operations as edges and rules.

use super::super::heap::{Cause, Rule};
use super::super::world::{CallIx, Kind, Module, ModuleIx, NodeIx, Object, Unit};
use super::{CallKind, CallSite, Solver};
use crate::facts::{self, Contract, FunctionKind, ModuleFacts, OpKind, field};
use std::sync::Arc;

impl Solver {
    /// Gives a module its numbers.
    pub(super) fn add_module(&mut self, module: ModuleIx, unit: &Unit) {
        let facts = Arc::clone(&unit.facts);
        let names = facts.names.texts().map(|text| self.names.intern(text)).collect();
        let objects = self.objects.len() as u32;
        self.objects.extend(facts.objects.iter().map(|object| Object::new(Kind::Site(module, object.kind))));
        let nodes = self.heap.node_run(Module::node_count(&facts));
        let calls = self.calls.len() as u32;
        let known = Module::new(facts, unit.targets.clone(), names, [nodes, objects, calls]);
        known.facts.calls.iter().for_each(|call| self.add_call(&known, call));
        self.note_accessors(&known);
        let is_promise = |it: &facts::Function| {
            (it.kind == FunctionKind::Method || it.declared) && it.contract == Some(Contract::NonBlocking)
        };
        self.promises |= known.facts.functions.iter().any(is_promise);
        for (name, value) in known.facts.declares.iter().flat_map(|declares| &declares.globals) {
            self.declared.insert(known.facts.name(*name).into(), (module, *value));
        }
        self.modules[module.index()] = Some(known);
    }

    fn add_call(&mut self, module: &Module, call: &facts::Call) {
        let kind = match call.kind {
            facts::CallKind::New => CallKind::New,
            facts::CallKind::Super => CallKind::Super,
            facts::CallKind::Call | facts::CallKind::Inline(_) => CallKind::Call,
        };
        let arguments = module.facts.arguments(call).iter().map(|it| (module.node(it.value), it.spread));
        let arguments = self.note_arguments(arguments);
        let [callee, this, result] = [call.callee, call.this, call.result].map(|value| module.node(value));
        self.calls.push(CallSite { kind, callee, this, method: call.method, arguments, result, depth: 0 });
    }

    /// From now on a read of `x` may call `get x`.
    fn note_accessors(&mut self, module: &Module) {
        for text in module.facts.names.texts() {
            let plain = text.strip_prefix("get ").or_else(|| text.strip_prefix("set "));
            let Some(plain) = plain.filter(|plain| !plain.contains([' ', '.'])) else { continue };
            let name = self.names.intern(plain);
            let pair = (self.names.intern(&field::getter(plain)), self.names.intern(&field::setter(plain)));
            self.accessors.insert(name, pair);
            self.accessed.extend([(pair.0, name), (pair.1, name)]);
        }
    }

    /// Whether a module brings accessors for names that had none: reads that were looked at before must be looked at
    /// again.
    pub(in super::super) fn brings_accessors(&self, facts: &ModuleFacts) -> bool {
        facts.names.texts().any(|text| {
            let plain = text.strip_prefix("get ").or_else(|| text.strip_prefix("set "));
            plain.is_some_and(|plain| {
                let name = self.names.find(plain);
                !plain.contains([' ', '.']) && name.is_none_or(|name| !self.accessors.contains_key(&name))
            })
        })
    }

    pub(super) fn install(&mut self, module: ModuleIx) {
        let known = self.module(module);
        let facts = Arc::clone(&known.facts);
        let (nodes, objects, calls) = (known.nodes, known.objects, known.calls);
        let node = |value: facts::ValueId| if value.is_none() { NodeIx::NONE } else { NodeIx(nodes + value.0) };
        for op in &facts.ops {
            self.operation(module, op.kind, &node, (objects, calls));
        }
        for (index, call) in facts.calls.iter().enumerate() {
            let call_ix = CallIx(calls + index as u32);
            match call.kind {
                facts::CallKind::Inline(function) => {
                    let this = node(facts.function(function).this);
                    self.heap.inner_edge(node(call.this), this);
                }
                _ => self.heap.inner_rule(node(call.callee), Rule::Call(call_ix)),
            }
        }
        for value in &facts.thrown {
            self.heap.edge(Cause::Module(module), node(*value), self.thrown);
        }
        for value in &facts.caught {
            self.heap.edge(Cause::Module(module), self.thrown, node(*value));
        }
        for function in facts.functions.iter().filter(|function| !function.object.is_none()) {
            let object = super::super::world::ObjectIx(objects + function.object.0);
            let content = self.field_node(object, self.words.content);
            let cause = Cause::Module(module);
            let from = if function.is_generator { function.yields } else { function.returns };
            if function.is_async {
                // A promise that it gives is waited for, and so on.
                self.heap.rule(cause, node(from), Rule::Await { to: content });
            } else {
                self.heap.edge(cause, node(from), content);
            }
            if function.is_generator {
                let given = self.field_node(object, self.words.sent);
                self.heap.edge(cause, given, node(function.sent));
                let returned = self.field_node(object, self.words.returned);
                self.heap.edge(cause, node(function.returns), returned);
            }
        }
    }

    fn operation(
        &mut self,
        module: ModuleIx,
        kind: OpKind,
        node: &dyn Fn(facts::ValueId) -> NodeIx,
        (objects, calls): (u32, u32),
    ) {
        match kind {
            OpKind::Assign { to, from } => self.heap.inner_edge(node(from), node(to)),
            OpKind::Allocate { to, object } => {
                let object = super::super::world::ObjectIx(objects + object.0);
                self.heap.seed(Cause::Module(module), node(to), object);
            }
            OpKind::Load { to, base, field } => {
                let field = self.module(module).name(field);
                self.heap.inner_rule(node(base), Rule::Load { to: node(to), field });
            }
            OpKind::LoadMethod { call, base, field } => {
                let field = self.module(module).name(field);
                self.heap.inner_rule(node(base), Rule::LoadMethod { call: CallIx(calls + call.0), field });
            }
            OpKind::Store { base, field, from, define } => {
                let field = self.module(module).name(field);
                self.heap.inner_rule(node(base), Rule::Store { field, from: node(from), define });
            }
            OpKind::Iterate { source, to, hidden, mode } => {
                let rule = Rule::Iterate { to: node(to), hidden: node(hidden), mode };
                self.heap.inner_rule(node(source), rule);
            }
            OpKind::CopyFields { to, from } => self.heap.inner_rule(node(from), Rule::CopyFields { to: node(to) }),
            OpKind::Dispose { value, asynchronous } => {
                let words = [self.words.dispose, self.words.async_dispose];
                for field in &words[..if asynchronous { 2 } else { 1 }] {
                    let rule = Rule::Invoke { field: *field, to: NodeIx::NONE };
                    self.heap.inner_rule(node(value), rule);
                }
            }
            OpKind::Await { value, to, .. } if !to.is_none() => {
                self.heap.inner_rule(node(value), Rule::Await { to: node(to) });
            }
            OpKind::Await { .. }
            // Methods that do it are known to be called on what they belong to.
            | OpKind::Coerce { .. }
            | OpKind::Trap { .. }
            | OpKind::Yield { .. }
            | OpKind::Call(_)
            | OpKind::Import { .. }
            | OpKind::Read { .. }
            | OpKind::Write { .. } => {}
        }
    }
}
