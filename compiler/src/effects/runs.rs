//! What an operation may run: the functions that a call calls, and those that nobody sees being called: accessors,
//! iterators, conversions, disposal, and what native functions call in turn.

mod accessors;
mod conversions;
mod iteration;
mod load;
mod native;
mod proxies;
mod settled;

use super::values::{Eye, Frame, FrameIx, Thing, Values, given};
use super::world::{FunctionIx, Kind, Module, ModuleIx, Name, ObjectIx};
use crate::facts::{self, CallKind, Iteration, Op, OpKind, Settled};

/// How code comes to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Call,
    Getter(Name),
    /// Fields of an object are copied.
    Copies,
    Setter(Name),
    Iteration,
    Conversion,
    /// What only a Proxy can see.
    Trap(Name),
    Disposal,
    Load,
}

/// What runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Callee {
    /// A function of the program, in this call of it; on behalf of a native one, if there is one between.
    Function { function: FunctionIx, frame: FrameIx, through: Option<ObjectIx> },
    /// One step of a generator.
    Step { function: FunctionIx, frame: FrameIx },
    /// A native function that may block by itself.
    Blocks(ObjectIx),
}

impl Callee {
    /// The function of the program that runs, and the call of it.
    pub(super) fn function(&self) -> Option<(FunctionIx, FrameIx)> {
        match self {
            Callee::Function { function, frame, .. } | Callee::Step { function, frame } => Some((*function, *frame)),
            Callee::Blocks(_) => None,
        }
    }
}

/// What one operation runs.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pub(super) how: Option<How>,
    /// With whether it is certain to be this one, wherever it comes to a call at all.
    pub(super) callees: Vec<(Callee, bool)>,
    /// Of what is found next.
    certain: bool,
    /// Something may be called that nothing is known about.
    pub(super) unknown: bool,
}

impl Runs {
    fn of(how: How) -> Runs {
        Runs { how: Some(how), certain: true, ..Runs::default() }
    }
}

impl Eye<'_> {
    /// What an operation of a function runs in the call `frame`.
    pub(super) fn runs(&mut self, module: ModuleIx, op: &Op, frame: FrameIx) -> Runs {
        let known = self.solver.module(module);
        match op.kind {
            OpKind::Call(call) => self.call_runs(module, call, frame),
            OpKind::Load { base, field, .. } | OpKind::LoadMethod { base, field, .. } => {
                self.read_runs(module, base, known.name(field), frame)
            }
            OpKind::Store { base, field, from, define: false } => {
                self.write_runs(module, (base, from), known.name(field), frame)
            }
            OpKind::Iterate { mode: Iteration::Rest, .. } => Runs::default(),
            OpKind::Iterate { source, hidden, mode, .. } => {
                let hidden = known.node(hidden);
                let sources = self.value(module, source, frame);
                self.iteration_runs(&sources, hidden, mode)
            }
            OpKind::CopyFields { from, .. } => {
                let values = self.value(module, from, frame);
                let mut runs = Runs::of(How::Copies);
                runs.certain = values.is_certain();
                values.things.iter().for_each(|thing| self.getters(*thing, &mut runs));
                runs
            }
            OpKind::Coerce { value, hint } => {
                let values = self.value(module, value, frame);
                let mut runs = Runs::of(How::Conversion);
                runs.certain = values.is_certain();
                values.things.iter().for_each(|thing| self.conversions(*thing, hint, &mut runs));
                runs
            }
            OpKind::Trap { base, trap } => self.trap_runs(module, base, known.name(trap), frame),
            OpKind::Dispose { value, asynchronous } => {
                let values = self.value(module, value, frame);
                let words = [self.solver.words.dispose, self.solver.words.async_dispose];
                let mut runs = Runs::of(How::Disposal);
                runs.certain = values.is_certain();
                for thing in &values.things {
                    for word in &words[..if asynchronous { 2 } else { 1 }] {
                        self.methods(*thing, *word, Values::default(), &mut runs);
                    }
                }
                runs
            }
            OpKind::Await { value, .. } => self.read_runs(module, value, self.solver.words.then, frame),
            OpKind::Import { request, dynamic: false, .. } => self.load_runs(module, request),
            _ => Runs::default(),
        }
    }

    /// Runs the methods of that name that a thing has.
    fn methods(&mut self, thing: Thing, name: Name, argument: Values, runs: &mut Runs) {
        self.own_methods(thing, name, argument, runs);
        self.native_methods(thing, name, runs);
    }

    /// Runs those of them that the program has written.
    fn own_methods(&mut self, thing: Thing, name: Name, argument: Values, runs: &mut Runs) {
        let solver = self.solver;
        let mut found = self.field_objects(thing.object, name);
        self.works(1 + found.len());
        let certain = std::mem::replace(&mut runs.certain, false);
        runs.unknown |= found.contains(&solver.natives.unknown);
        let is_bound = |object: ObjectIx| matches!(solver.objects[object.index()].kind, Kind::Bound(_));
        found.retain(|it| *it == solver.natives.unknown || solver.function_of(*it).is_some() || is_bound(*it));
        runs.certain = certain && found.len() == 1;
        for object in found {
            if is_bound(object) {
                self.bound_runs(object, std::slice::from_ref(&argument), 1, runs);
            }
            let Some(function) = self.solver.function_of(object) else { continue };
            let this = Values { things: vec![thing], vague: false };
            let parent = self.parent_of(object);
            let frame = Frame { function, parent, this, arguments: vec![argument.clone()], given: 0 };
            self.add_function(frame, None, runs);
        }
        runs.certain = certain;
    }

    /// Runs the native methods of that name that a thing has, its own or of a class that it extends.
    fn native_methods(&mut self, thing: Thing, name: Name, runs: &mut Runs) {
        let solver = self.solver;
        let natives = match solver.native_member(thing.object, name) {
            Some(native) => vec![native],
            None => self.field_objects(thing.object, name),
        };
        for native in natives.into_iter().filter(|native| solver.natives.is_function(*native)) {
            self.native_runs(native, &Values { things: vec![thing], vague: false }, &[], false, runs);
        }
    }

    /// What a field of an object holds, inherited or its own, merged over all calls.
    pub(super) fn field_objects(&mut self, object: ObjectIx, name: Name) -> Vec<ObjectIx> {
        let solver = self.solver;
        if let Some(node) = solver.known_lookup(object, name) {
            return self.objects(node).to_vec();
        }
        let mut found = Vec::new();
        let mut seen = Vec::new();
        let mut todo = vec![object];
        while let Some(object) = todo.pop() {
            if seen.contains(&object) {
                continue;
            }
            seen.push(object);
            if let Some(node) = self.field_node(object, name) {
                found.extend_from_slice(self.objects(node));
            }
            if solver.may_inherit(object) && !solver.declares(object, name) {
                todo.extend(self.prototypes(object));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What an object inherits from.
    pub(super) fn prototypes(&mut self, object: ObjectIx) -> Vec<ObjectIx> {
        let solver = self.solver;
        if let Some(above) = self.field_node(object, solver.words.proto) {
            return self.objects(above).to_vec();
        }
        let Kind::Site(_, facts::ObjectKind::Instance) = solver.objects[object.index()].kind else {
            return Vec::new();
        };
        // Nobody has asked yet: it is what its class says.
        match self.field_node(ObjectIx(object.0 - 2), solver.words.prototype) {
            Some(above) => self.objects(above).to_vec(),
            None => vec![ObjectIx(object.0 - 1)],
        }
    }

    fn parent_of(&mut self, object: ObjectIx) -> FrameIx {
        self.made_in(object)
    }

    fn add_function(&mut self, call: Frame, through: Option<ObjectIx>, runs: &mut Runs) {
        let function = call.function;
        // Calling a generator function runs none of it.
        if self.solver.function(function).is_generator {
            return;
        }
        let frame = self.frame(call);
        push(runs, Callee::Function { function, frame, through });
    }

    fn call_runs(&mut self, module: ModuleIx, id: facts::CallId, frame: FrameIx) -> Runs {
        let known = self.solver.module(module);
        let call = known.facts.call(id);
        let mut runs = Runs::of(How::Call);
        if let CallKind::Inline(function) = call.kind {
            let this = self.value(module, call.this, frame);
            let function = FunctionIx { module, function };
            let frame = Frame { function, parent: frame, this, arguments: Vec::new(), given: 0 };
            self.add_function(frame, None, &mut runs);
            return runs;
        }
        let callees = self.value(module, call.callee, frame);
        let mut found = 0;
        let is_computed = !call.field.is_none() && known.name(call.field) == self.solver.words.any;
        // What cannot be called is no alternative: `module.exports` was an object before it became a function.
        let several = callees.things.iter().filter(|thing| self.is_callable(thing.object)).count() > 1;
        runs.certain = !callees.vague && !several && !is_computed;
        for thing in &callees.things {
            found += usize::from(self.callee(known, module, call, *thing, frame, &mut runs));
        }
        if is_computed && self.may_be_any_method(module, call, frame) {
            runs.unknown = true;
        }
        if found == 0 && call.optional && self.has_none(module, call, frame) {
            return runs;
        }
        if found == 0 {
            // On a literal, a method is what it is called.
            runs.certain = call.this.is_none();
            self.by_name(known, module, call, frame, &mut runs);
        }
        runs
    }

    /// A key that is not known may name what every object inherits; an index of an array does not.
    fn may_be_any_method(&mut self, module: ModuleIx, call: &facts::Call, frame: FrameIx) -> bool {
        let receivers = self.value(module, call.this, frame);
        let solver = self.solver;
        receivers.things.iter().any(|thing| solver.native_prototype(thing.object) == Some(solver.natives.object))
    }

    /// Whether all receivers are objects of the program, and none of them has such a method.
    fn has_none(&mut self, module: ModuleIx, call: &facts::Call, frame: FrameIx) -> bool {
        let receivers = self.value(module, call.this, frame);
        let field = self.solver.module(module).name(call.field);
        let solver = self.solver;
        let is_own = |thing: &Thing| match solver.objects[thing.object.index()].kind {
            Kind::Site(of, facts::ObjectKind::Literal | facts::ObjectKind::Instance) => {
                solver.module(of).facts.declares.is_none()
            }
            _ => false,
        };
        let has_none = |thing: &Thing| is_own(thing) && self.field_objects(thing.object, field).is_empty();
        call.method && !receivers.things.is_empty() && receivers.things.iter().all(has_none)
    }

    fn is_callable(&self, object: ObjectIx) -> bool {
        let solver = self.solver;
        let is_native =
            solver.natives.is_function(object) || matches!(solver.objects[object.index()].kind, Kind::Bound(_));
        object == solver.natives.unknown || is_native || solver.function_of(object).is_some()
    }

    /// One thing that a call may call; whether that is something that can be called.
    fn callee(
        &mut self,
        known: &Module,
        module: ModuleIx,
        call: &facts::Call,
        thing: Thing,
        frame: FrameIx,
        runs: &mut Runs,
    ) -> bool {
        let solver = self.solver;
        if thing.object == solver.natives.unknown {
            runs.unknown = true;
            return true;
        }
        let trap = if call.kind == CallKind::New { solver.words.trap_construct } else { solver.words.trap_apply };
        let certain = runs.certain;
        runs.certain &= !self.trapped(thing, trap, &Values::default(), runs);
        let is_callable = self.callee_itself(known, module, call, thing, frame, runs);
        runs.certain = certain;
        is_callable
    }

    fn callee_itself(
        &mut self,
        known: &Module,
        module: ModuleIx,
        call: &facts::Call,
        thing: Thing,
        frame: FrameIx,
        runs: &mut Runs,
    ) -> bool {
        let solver = self.solver;
        if let Some(function) = solver.function_of(thing.object) {
            let this = self.receiver(module, call, thing, frame);
            let arguments = self.arguments(known, module, call, frame);
            match arguments {
                Some(arguments) => {
                    let given = given(known.facts.arguments(call));
                    let frame = Frame { function, parent: thing.frame, this, arguments, given };
                    self.add_function(frame, None, runs);
                }
                None if solver.function(function).is_generator => {}
                None => push(runs, Callee::Function { function, frame: FrameIx::ANY, through: None }),
            }
            return true;
        }
        match solver.objects[thing.object.index()].kind {
            Kind::Bound(_) => {
                let given = known.facts.arguments(call).iter();
                let given: Vec<Values> = given.map(|argument| self.value(module, argument.value, frame)).collect();
                self.bound_runs(thing.object, &given, 1, runs);
                true
            }
            Kind::Native if solver.natives.is_function(thing.object) => {
                let this = self.value(module, call.this, frame);
                let arguments = known.facts.arguments(call);
                let arguments: Vec<Values> =
                    arguments.iter().map(|argument| self.value(module, argument.value, frame)).collect();
                let certain = runs.certain;
                if Some(thing.object) == solver.natives.at("corona/wait") {
                    let waited = known.facts.arguments(call).first();
                    let is_plain = waited.is_some_and(|it| self.is_plain(module, it, frame));
                    match arguments.first() {
                        Some(waited) if is_plain || self.is_no_promise(waited) => return true,
                        // Nothing that could carry a promise is known to come here.
                        waited => runs.certain &= waited.is_some_and(|waited| !waited.things.is_empty()),
                    }
                }
                let settled = self.is_settled_by(module, call, frame);
                // What was seen to be settled may be another one by now, or not.
                runs.certain &= settled || call.settled == Settled::No;
                self.native_runs(thing.object, &this, &arguments, settled, runs);
                runs.certain = certain;
                true
            }
            _ => false,
        }
    }

    /// Objects that the program makes by literals, none of which has a `then`.
    fn is_no_promise(&mut self, values: &Values) -> bool {
        let solver = self.solver;
        let Some(then) = solver.names.find("then") else { return false };
        let is_literal = |thing: &Thing| match solver.objects[thing.object.index()].kind {
            Kind::Site(_, kind) => matches!(kind, facts::ObjectKind::Literal | facts::ObjectKind::Array),
            _ => false,
        };
        let mut things = values.things.iter();
        !values.things.is_empty()
            && things.all(|thing| is_literal(thing) && self.field_objects(thing.object, then).is_empty())
    }

    fn arguments(
        &mut self,
        known: &Module,
        module: ModuleIx,
        call: &facts::Call,
        frame: FrameIx,
    ) -> Option<Vec<Values>> {
        let arguments = known.facts.arguments(call);
        if arguments.iter().any(|argument| argument.spread) {
            return None;
        }
        Some(arguments.iter().map(|argument| self.value(module, argument.value, frame)).collect())
    }

    /// What `this` is in a call of `thing`: of the receivers those that have this method.
    fn receiver(&mut self, module: ModuleIx, call: &facts::Call, thing: Thing, frame: FrameIx) -> Values {
        match call.kind {
            CallKind::New => {
                let instance = Thing { object: ObjectIx(thing.object.0 + 2), frame: FrameIx::ANY };
                Values { things: vec![instance], vague: false }
            }
            _ if call.method => {
                let mut receivers = self.value(module, call.this, frame);
                let field = self.solver.module(module).name(call.field);
                if receivers.things.len() > 1 && field != self.solver.words.any {
                    receivers.things.retain(|it| self.field_objects(it.object, field).contains(&thing.object));
                }
                receivers
            }
            _ => self.value(module, call.this, frame),
        }
    }
}

fn push(runs: &mut Runs, callee: Callee) {
    match runs.callees.iter_mut().find(|(known, _)| *known == callee) {
        Some((_, certain)) => *certain |= runs.certain,
        None => runs.callees.push((callee, runs.certain)),
    }
}
