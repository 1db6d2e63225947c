//! What native functions do with values, as `builtins.txt` says.

mod promises;

use super::super::heap::{Cause, Rule, RuleIx};
use super::super::natives::{AWAITED, Action, Base, EACH, NativeKind, Place, Special};
use super::super::world::{CallIx, Kind, NodeIx, ObjectIx};
use super::{CallKind, CallSite, MadeBy, Solver};
use crate::facts::{Iteration, field};
use std::sync::Arc;

/// Native functions that call native functions: `apply` may apply `apply`, and so on without end.
const DEPTH_MAX: u8 = 4;

/// One native call while it is taken apart.
struct Native {
    rule: RuleIx,
    call: CallIx,
    native: ObjectIx,
    receiver: Option<ObjectIx>,
    /// Where `this` and the result are.
    this: NodeIx,
    result: NodeIx,
    /// Counts what is made, so that the same is made again.
    step: u16,
    /// What came out of the values that are iterated.
    elements: Vec<(Place, Vec<NodeIx>)>,
}

impl Solver {
    /// The call calls a native function, on `receiver` if the function was read from an object.
    pub(super) fn call_native(&mut self, rule: RuleIx, call: CallIx, native: ObjectIx, receiver: Option<ObjectIx>) {
        let Some(known) = self.natives.get(native) else { return };
        let (actions, kind) = (Arc::clone(&known.actions), known.kind);
        let site = &self.calls[call.index()];
        if site.depth > DEPTH_MAX {
            let result = site.result;
            self.heap.seed(Cause::Rule(rule), result, self.natives.unknown);
            return;
        }
        let result = if site.kind == CallKind::Super { site.this } else { site.result };
        let is_super = site.kind == CallKind::Super;
        let this = receiver.map_or(site.this, |object| self.alone(object));
        let mut native = Native { rule, call, native, receiver, this, result, step: 0, elements: Vec::new() };
        if kind == NativeKind::Later {
            let future = self.natives.future;
            self.fresh(&mut native, future);
        }
        // An array that is made with a class of the program is an instance of that.
        let class = receiver.and_then(|object| self.class_of(object));
        let is_instance = class.is_some() && actions.contains(&Action::Special(Special::Species));
        for action in actions.iter() {
            match action {
                Action::Fresh { to, .. } if is_super && to.path.is_empty() => {}
                Action::Fresh { prototype, to }
                    if is_instance && *prototype == self.natives.array && to.path.is_empty() => {}
                action => self.act(&mut native, action),
            }
        }
    }

    /// Elements that a native iterator gives.
    pub(super) fn take_elements(&mut self, rule: RuleIx, native: ObjectIx, object: ObjectIx, to: NodeIx) {
        let key = MadeBy { call: CallIx(to.0), native: ObjectIx::NONE, receiver: ObjectIx::NONE, step: 0 };
        let call = match self.made_calls.get(&key) {
            Some(call) => *call,
            None => {
                let call = self.new_call(CallIx::NONE, CallKind::Call, NodeIx::NONE, Vec::new(), to);
                self.made_calls.insert(key, call);
                call
            }
        };
        self.call_native(rule, call, native, Some(object));
    }

    /// A call that a native function makes on behalf of the call `outer`.
    fn new_call(
        &mut self,
        outer: CallIx,
        kind: CallKind,
        this: NodeIx,
        arguments: Vec<(NodeIx, bool)>,
        result: NodeIx,
    ) -> CallIx {
        let depth = self.calls.get(outer.index()).map_or(0, |site| site.depth) + 1;
        let arguments = self.note_arguments(arguments);
        self.calls.push(CallSite { kind, callee: NodeIx::NONE, this, method: false, arguments, result, depth });
        CallIx(self.calls.len() as u32 - 1)
    }

    /// The same, made once for each step of a native function.
    fn call_made(
        &mut self,
        native: &mut Native,
        kind: CallKind,
        this: NodeIx,
        arguments: Vec<(NodeIx, bool)>,
        result: NodeIx,
    ) -> CallIx {
        let key = self.key(native);
        if let Some(known) = self.made_calls.get(&key) {
            return *known;
        }
        let call = self.new_call(native.call, kind, this, arguments, result);
        self.made_calls.insert(key, call);
        call
    }

    /// The call that a call of a bound native function comes to: with what was bound before its own arguments.
    pub(super) fn completed(
        &mut self,
        call: CallIx,
        bound: CallIx,
        target: ObjectIx,
        (this, before): (NodeIx, &[(NodeIx, bool)]),
    ) -> CallIx {
        let key = MadeBy { call, native: target, receiver: ObjectIx(bound.0), step: u16::MAX };
        if let Some(known) = self.made_calls.get(&key) {
            return *known;
        }
        let arguments = before.iter().chain(self.arguments(call)).copied().collect();
        let inner = self.new_call(call, CallKind::Call, this, arguments, self.calls[call.index()].result);
        self.made_calls.insert(key, inner);
        inner
    }

    fn key(&self, native: &mut Native) -> MadeBy {
        native.step += 1;
        let receiver = native.receiver.unwrap_or(ObjectIx::NONE);
        MadeBy { call: native.call, native: native.native, receiver, step: native.step }
    }

    fn scratch(&mut self, native: &mut Native) -> NodeIx {
        self.scratch_run(native, 1)
    }

    fn scratch_run(&mut self, native: &mut Native, count: usize) -> NodeIx {
        let key = self.key(native);
        if let Some(node) = self.made_nodes.get(&key) {
            return *node;
        }
        let node = NodeIx(self.heap.node_run(count));
        self.made_nodes.insert(key, node);
        self.vague.insert(node);
        node
    }

    fn made(&mut self, native: &mut Native, kind: Kind) -> ObjectIx {
        // One for each call, whatever it is called on: `list = list.slice()` must come to an end.
        let key = MadeBy { receiver: ObjectIx::NONE, ..self.key(native) };
        if let Some(object) = self.made_objects.get(&key) {
            return *object;
        }
        let object = self.new_object(kind);
        self.made_objects.insert(key, object);
        object
    }

    fn fresh(&mut self, native: &mut Native, prototype: ObjectIx) -> ObjectIx {
        let object = self.made(native, Kind::Fresh(prototype));
        self.heap.seed(Cause::Rule(native.rule), native.result, object);
        object
    }

    fn act(&mut self, native: &mut Native, action: &Action) {
        match action {
            Action::Fresh { prototype, to } if to.path.is_empty() => _ = self.fresh(native, *prototype),
            Action::Fresh { prototype, to } => {
                let object = self.made(native, Kind::Fresh(*prototype));
                let alone = self.alone(object);
                self.write_place(native, to, alone);
            }
            Action::Copy { from, to } => {
                for source in self.read_place(native, from) {
                    self.write_place(native, to, source);
                }
            }
            Action::Call { callee, arguments, to, .. } => self.call_back(native, callee, arguments, to),
            Action::Pairs { keys, values, to } => {
                let pair = self.made(native, Kind::Fresh(self.natives.array));
                for (place, name) in [(keys, self.words.zero), (values, self.words.one)] {
                    for source in self.read_place(native, place) {
                        let part = self.field_node(pair, name);
                        self.heap.edge(Cause::Rule(native.rule), source, part);
                    }
                }
                let alone = self.alone(pair);
                self.write_place(native, to, alone);
            }
            Action::Iterate { source: place, to, .. } => {
                let mut elements = Vec::new();
                for source in self.read_place(native, place) {
                    let element = self.scratch(native);
                    let hidden = self.scratch_run(native, 4);
                    let rule = Rule::Iterate { to: element, hidden, mode: Iteration::Each };
                    self.heap.rule(Cause::Rule(native.rule), source, rule);
                    self.write_place(native, to, element);
                    elements.push(element);
                }
                native.elements.push((place.clone(), elements));
            }
            Action::Dispose(place) => {
                let rule = Rule::Invoke { field: self.words.dispose, to: NodeIx::NONE };
                for source in self.read_place(native, place) {
                    self.heap.rule(Cause::Rule(native.rule), source, rule);
                }
            }
            Action::Deep { on, json } => self.deep(native, on, *json),
            Action::Invoke { on, method, arguments, to, .. } => self.invoked(native, (on, method), arguments, to),
            // Methods that make primitives are known to be called on what they belong to.
            Action::Coerce(..) | Action::Trap { .. } => {}
            Action::Getters(place) => {
                let all = self.made(native, Kind::Fresh(self.natives.object));
                let to = self.alone(all);
                for source in self.read_place(native, place) {
                    self.heap.rule(Cause::Rule(native.rule), source, Rule::CopyFields { to });
                }
            }
            Action::Special(special) => self.special(native, *special),
        }
    }

    /// `toJSON` of a value, and of what its fields hold, two levels down.
    fn deep(&mut self, native: &mut Native, place: &Place, json: bool) {
        self.act(native, &Action::Getters(place.clone()));
        if !json {
            return;
        }
        let mut below = place.clone();
        for _ in 0..3 {
            for source in self.read_place(native, &below) {
                let field = self.words.to_json;
                let rule = Rule::Invoke { field, to: NodeIx::NONE };
                self.heap.rule(Cause::Rule(native.rule), source, rule);
            }
            below.path.push(field::ANY);
        }
    }

    /// Calls a method of what a place holds.
    fn invoked(&mut self, native: &mut Native, (on, method): (&Place, &str), arguments: &[Place], to: &Place) {
        let mut nodes = Vec::new();
        for place in arguments {
            let sources = self.read_place(native, place);
            nodes.push((self.joined(native, sources), false));
        }
        let (callee, result) = (self.scratch(native), self.scratch(native));
        let call = self.call_made(native, CallKind::Call, NodeIx::NONE, nodes, result);
        let site = &mut self.calls[call.index()];
        (site.callee, site.method) = (callee, true);
        let (cause, field) = (Cause::Rule(native.rule), self.names.intern(method));
        self.heap.rule(cause, callee, Rule::Call(call));
        for receiver in self.read_place(native, on) {
            self.heap.rule(cause, receiver, Rule::LoadMethod { call, field });
        }
        self.write_place(native, to, result);
    }

    /// One node for several.
    fn joined(&mut self, native: &mut Native, nodes: Vec<NodeIx>) -> NodeIx {
        if let [] | [_] = nodes[..] {
            return nodes.first().copied().unwrap_or(NodeIx::NONE);
        }
        let all = self.scratch(native);
        nodes.into_iter().for_each(|node| self.heap.edge(Cause::Rule(native.rule), node, all));
        all
    }

    /// A native function calls what it was given.
    fn call_back(&mut self, native: &mut Native, callee: &Place, arguments: &[Place], to: &Place) {
        let mut nodes = Vec::new();
        for place in arguments {
            let sources = self.read_place(native, place);
            nodes.push((self.joined(native, sources), false));
        }
        let callees = self.read_place(native, callee);
        let this = self.receiver_given(native, callee, arguments);
        self.call_nodes(native, CallKind::Call, callees, (this, nodes), to);
    }

    /// `this` of a callback: what is given after one that gets an element, its place, and what it is an element of.
    fn receiver_given(&mut self, native: &mut Native, callee: &Place, arguments: &[Place]) -> NodeIx {
        let (Base::Argument(index), [_, _, Place { base: Base::This, path }]) = (callee.base, arguments) else {
            return NodeIx::NONE;
        };
        if !path.is_empty() {
            return NodeIx::NONE;
        }
        let given = self.base_nodes(native, Base::Argument(index + 1));
        self.joined(native, given)
    }

    /// Calls what `callees` hold.
    fn call_nodes(
        &mut self,
        native: &mut Native,
        kind: CallKind,
        callees: Vec<NodeIx>,
        (this, arguments): (NodeIx, Vec<(NodeIx, bool)>),
        to: &Place,
    ) {
        let direct = to.base == Base::Result && to.path.is_empty();
        let result = if direct { native.result } else { self.scratch(native) };
        let inner = self.call_made(native, kind, this, arguments, result);
        if !direct {
            self.write_place(native, to, result);
        }
        for callee in callees {
            self.heap.rule(Cause::Rule(native.rule), callee, Rule::Call(inner));
        }
    }

    fn base_nodes(&mut self, native: &Native, base: Base) -> Vec<NodeIx> {
        let arguments = self.arguments(native.call);
        let nodes: Vec<NodeIx> = match base {
            Base::None => Vec::new(),
            Base::This => vec![native.this],
            Base::Result => vec![native.result],
            Base::Object(object) => vec![self.alone(object)],
            Base::Thrown => vec![self.thrown],
            Base::Argument(index) => {
                let before = arguments.iter().take(index).filter(|(_, spread)| *spread).map(|(node, _)| *node);
                before.chain(arguments.get(index).map(|(node, _)| *node)).collect()
            }
            Base::ArgumentsFrom(start) => arguments
                .iter()
                .enumerate()
                .filter(|(index, (_, spread))| *index >= start || *spread)
                .map(|(_, (node, _))| *node)
                .collect(),
        };
        nodes.into_iter().filter(|node| !node.is_none()).collect()
    }

    fn read_place(&mut self, native: &mut Native, place: &Place) -> Vec<NodeIx> {
        let mut nodes = self.base_nodes(native, place.base);
        let mut path = place.path.as_slice();
        if let Some(index) = path.iter().position(|field| *field == EACH) {
            let iterated = |known: &&(Place, _)| known.0.base == place.base && known.0.path == path[..index];
            nodes = native.elements.iter().find(iterated).map(|(_, nodes)| nodes.clone()).unwrap_or_default();
            path = &path[index + 1..];
        } else if let (Base::This, Some(receiver), Some((first, rest))) =
            (place.base, native.receiver, path.split_first().filter(|(first, _)| **first != AWAITED))
        {
            let name = self.names.intern(first);
            nodes = vec![self.field_node(receiver, name)];
            path = rest;
        }
        for field in path {
            nodes = nodes.into_iter().map(|node| self.step_into(native, node, field)).collect();
        }
        nodes
    }

    fn step_into(&mut self, native: &mut Native, node: NodeIx, field: &'static str) -> NodeIx {
        let to = self.scratch(native);
        let rule = match field {
            AWAITED => Rule::Await { to },
            field => Rule::Load { to, field: self.names.intern(field) },
        };
        self.heap.rule(Cause::Rule(native.rule), node, rule);
        to
    }

    fn write_place(&mut self, native: &mut Native, place: &Place, from: NodeIx) {
        let cause = Cause::Rule(native.rule);
        let Some((last, path)) = place.path.split_last() else {
            match place.base {
                Base::Result => self.heap.edge(cause, from, native.result),
                Base::Thrown => self.heap.edge(cause, from, self.thrown),
                _ => {}
            }
            return;
        };
        if *last == AWAITED {
            let awaited = self.step_into(native, from, last);
            return self.write_place(native, &Place { base: place.base, path: path.to_vec() }, awaited);
        }
        let last = if *last == field::ANY { field::ELEMENT } else { last };
        let name = self.names.intern(last);
        if let (Base::This, Some(receiver), []) = (place.base, native.receiver, path) {
            let node = self.field_node(receiver, name);
            self.heap.edge(cause, from, node);
            return;
        }
        let parent = Place { base: place.base, path: path.to_vec() };
        for node in self.read_place(native, &parent) {
            self.heap.rule(cause, node, Rule::Store { field: name, from, define: true });
        }
    }

    fn special(&mut self, native: &mut Native, special: Special) {
        let cause = Cause::Rule(native.rule);
        let argument = |index: usize| Place { base: Base::Argument(index), path: Vec::new() };
        let result = Place { base: Base::Result, path: Vec::new() };
        match special {
            Special::Resume => {
                let step = self.made(native, Kind::Fresh(self.natives.object));
                let value = self.field_node(step, self.words.value);
                for path in [field::CONTENT, field::RETURNED] {
                    for source in self.read_place(native, &Place { base: Base::This, path: vec![path] }) {
                        self.heap.edge(cause, source, value);
                    }
                }
                self.heap.seed(cause, native.result, step);
            }
            // What it runs got its arguments when the iterator was made.
            Special::Step | Special::Sort => {}
            Special::Executor => self.executor(native),
            Special::Through => {
                if self.arguments(native.call).first().is_none_or(|(first, _)| first.is_none()) {
                    let from = Place { base: Base::This, path: vec![AWAITED] };
                    let to = Place { base: Base::Result, path: vec![field::CONTENT] };
                    self.act(native, &Action::Copy { from, to });
                }
            }
            Special::Resolvers => self.resolvers(native),
            Special::Assign => {
                let targets = self.read_place(native, &argument(0));
                for source in self.base_nodes(native, Base::ArgumentsFrom(1)) {
                    for to in targets.iter().copied() {
                        self.heap.rule(cause, source, Rule::CopyFields { to });
                    }
                }
            }
            Special::Create => {
                let object = self.fresh(native, self.natives.object);
                let above = self.field_node(object, self.words.proto);
                for source in self.read_place(native, &argument(0)) {
                    self.heap.edge(cause, source, above);
                }
            }
            Special::Prototype => {
                for source in self.read_place(native, &Place { path: vec![field::PROTOTYPE], ..argument(0) }) {
                    self.heap.edge(cause, source, native.result);
                }
            }
            Special::SetPrototype => {
                for from in self.read_place(native, &argument(1)) {
                    self.write_place(native, &Place { path: vec![field::PROTOTYPE], ..argument(0) }, from);
                }
            }
            Special::Species => {
                if let Some(class) = native.receiver.and_then(|object| self.class_of(object)) {
                    let class = self.alone(class);
                    self.call_nodes(native, CallKind::New, vec![class], (NodeIx::NONE, Vec::new()), &result);
                }
            }
            Special::Proxy => self.proxies = true,
            Special::Bind => self.bound(native),
            Special::Call | Special::Apply | Special::ReflectApply | Special::Construct => {
                self.indirect(native, special, &result);
            }
        }
    }

    /// `call`, `apply` and their like.
    fn indirect(&mut self, native: &mut Native, special: Special, result: &Place) {
        let argument = |index: usize, path: &[&'static str]| Place { base: Base::Argument(index), path: path.to_vec() };
        let (callee, this, from) = match special {
            Special::Call => (Place { base: Base::This, path: Vec::new() }, Some(0), None),
            Special::Apply => (Place { base: Base::This, path: Vec::new() }, Some(0), Some(1)),
            Special::ReflectApply => (argument(0, &[]), Some(1), Some(2)),
            _ => (argument(0, &[]), None, Some(1)),
        };
        let this = this.map(|index| self.read_place(native, &argument(index, &[]))).unwrap_or_default();
        let this = self.joined(native, this);
        let arguments = match from {
            None => self.arguments(native.call).get(1..).unwrap_or_default().to_vec(),
            Some(index) => {
                let elements = self.read_place(native, &argument(index, &[field::ANY]));
                vec![(self.joined(native, elements), true)]
            }
        };
        let kind = if special == Special::Construct { CallKind::New } else { CallKind::Call };
        let callees = self.read_place(native, &callee);
        self.call_nodes(native, kind, callees, (this, arguments), result);
    }

    fn bound(&mut self, native: &mut Native) {
        let arguments = self.arguments(native.call).to_vec();
        let call = self.call_made(native, CallKind::Call, NodeIx::NONE, arguments, NodeIx::NONE);
        let object = self.made(native, Kind::Bound(call));
        let target = self.field_node(object, self.words.content);
        self.heap.edge(Cause::Rule(native.rule), native.this, target);
        self.heap.seed(Cause::Rule(native.rule), native.result, object);
    }
}
