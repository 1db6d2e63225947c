//! Values as seen from one call: what the points-to analysis merges over all callers is kept apart here, by following a
//! value back to where it was made, through the parameters and captured variables of this very call.
//!
//! Where that leads nowhere, the merged answer of the solver stands in, so nothing is ever missing from an answer.

mod imports;
mod promises;
mod standby;

use super::reads::Reads;
use super::solver::Solver;
use super::world::{FunctionIx, Kind, Module, ModuleIx, Name, NodeIx, ObjectIx};
use crate::facts::{CallKind, FunctionKind, ObjectKind, Op, OpKind, TOP, ValueId, ValueKind};
use rustc_hash::FxHashMap;

/// One call of a function, or the one run of a module's top level. NONE: any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct FrameIx(u32);

impl FrameIx {
    pub(super) const ANY: FrameIx = FrameIx(u32::MAX);
}

/// An object, and the call in which it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Thing {
    pub(super) object: ObjectIx,
    pub(super) frame: FrameIx,
}

/// What a value may be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Values {
    pub(super) things: Vec<Thing>,
    /// It went through a container, or is merged over callers: even a single thing is not certain.
    pub(super) vague: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Frame {
    pub(super) function: FunctionIx,
    /// In which the function was made.
    pub(super) parent: FrameIx,
    pub(super) this: Values,
    pub(super) arguments: Vec<Values>,
    /// Which of the first arguments are certainly not `undefined`: a bit each.
    pub(super) given: u32,
}

/// Calls within calls that are looked into for what they return.
const DEPTH_MAX: usize = 24;
/// Questions that lead to questions, before the merged answer has to do: text decides how long a chain is, and each
/// link of it takes some of the stack.
const NESTING_MAX: usize = 150;
/// Prototypes of prototypes that are looked into; programs can make circles of them.
const CHAIN_MAX: usize = 40;
/// Frames that one question may make.
const FRAMES_MAX: usize = 6000;
/// Values that one question may follow; after that, what is merged over all calls has to do. Where everything may be
/// called from everywhere, calls kept apart are more than can ever be looked at.
const WORK_MAX: usize = 20_000;
/// Things of a value that are kept apart by the call that made them.
const THINGS_MAX: usize = 64;

pub(super) use standby::{Needed, given};

pub(super) struct Eye<'a> {
    pub(super) solver: &'a Solver,
    /// What the answers rest on.
    pub(super) reads: Reads,
    frames: Vec<Frame>,
    known: FxHashMap<Frame, FrameIx>,
    answers: FxHashMap<(ModuleIx, ValueId, FrameIx), Option<Values>>,
    depth: usize,
    /// Questions within questions.
    nesting: usize,
    work: usize,
}

impl Values {
    pub(super) fn add(&mut self, other: Values) {
        self.vague |= other.vague;
        for thing in other.things {
            if !self.things.contains(&thing) {
                self.things.push(thing);
            }
        }
    }

    fn one(object: ObjectIx, frame: FrameIx) -> Values {
        Values { things: vec![Thing { object, frame }], vague: false }
    }

    /// Just one thing, for certain.
    pub(super) fn is_certain(&self) -> bool {
        self.things.len() == 1 && !self.vague
    }
}

impl<'a> Eye<'a> {
    pub(super) fn new(solver: &'a Solver) -> Eye<'a> {
        let (frames, known) = (Vec::new(), FxHashMap::default());
        let reads = Reads::default();
        Eye { solver, reads, frames, known, answers: FxHashMap::default(), depth: 0, nesting: 0, work: 0 }
    }

    /// What a node holds.
    pub(super) fn objects(&mut self, node: NodeIx) -> &'a [ObjectIx] {
        self.reads.node(node);
        self.solver.heap.objects(node)
    }

    /// The node of a field, if anything ever asked for it or wrote to it.
    pub(super) fn field_node(&mut self, object: ObjectIx, name: Name) -> Option<NodeIx> {
        let node = self.solver.known_field(object, name);
        match node {
            Some(node) => self.reads.node(node),
            None => self.reads.fields(object),
        }
        node
    }

    /// Every field that an object has a node for.
    pub(super) fn fields(&mut self, object: ObjectIx) -> &'a [(Name, NodeIx)] {
        self.reads.fields(object);
        self.solver.fields_of(object)
    }

    fn is_vague(&mut self, node: NodeIx) -> bool {
        let solver = self.solver;
        self.reads.node(node);
        solver.heap.sources(node).iter().for_each(|source| self.reads.node(*source));
        solver.is_vague(node)
    }

    /// The next question starts afresh.
    pub(super) fn forget(&mut self) {
        self.frames.clear();
        self.known.clear();
        self.answers.clear();
        self.work = 0;
    }

    /// The question has cost so much that calls are no longer kept apart.
    pub(super) fn is_tired(&self) -> bool {
        self.work >= WORK_MAX
    }

    /// Counts what a question costs.
    pub(super) fn works(&mut self, steps: usize) {
        self.work += steps;
    }

    pub(super) fn frame(&mut self, mut frame: Frame) -> FrameIx {
        if self.frames.len() >= FRAMES_MAX || self.is_tired() {
            return FrameIx::ANY;
        }
        for values in frame.arguments.iter_mut().chain([&mut frame.this]) {
            values.things.sort_unstable();
        }
        if let Some(known) = self.known.get(&frame) {
            return *known;
        }
        self.frames.push(frame.clone());
        let index = FrameIx(self.frames.len() as u32 - 1);
        self.known.insert(frame, index);
        index
    }

    pub(super) fn top(&mut self, module: ModuleIx) -> FrameIx {
        let function = FunctionIx { module, function: TOP };
        self.frame(Frame { function, parent: FrameIx::ANY, this: Values::default(), arguments: Vec::new(), given: 0 })
    }

    /// The call of `function` among those around `frame`.
    fn around(&mut self, function: FunctionIx, frame: FrameIx) -> FrameIx {
        let mut at = frame;
        while let Some(known) = self.frames.get(at.0 as usize) {
            if known.function == function {
                return at;
            }
            at = known.parent;
        }
        if function.function == TOP { self.top(function.module) } else { FrameIx::ANY }
    }

    /// What the solver says, merged over all calls.
    pub(super) fn merged(&mut self, node: NodeIx) -> Values {
        let objects = self.objects(node);
        self.works(objects.len());
        let things = objects.iter().map(|object| Thing { object: *object, frame: self.made_in(*object) }).collect();
        Values { things, vague: false }
    }

    /// The call in which an object was made, where there is only one.
    pub(super) fn made_in(&mut self, object: ObjectIx) -> FrameIx {
        match self.solver.function_of(object) {
            Some(function) if self.solver.function(function).parent == TOP => self.top(function.module),
            _ => FrameIx::ANY,
        }
    }

    /// What `value` may be in the call `frame`.
    pub(super) fn value(&mut self, module: ModuleIx, value: ValueId, frame: FrameIx) -> Values {
        if value.is_none() {
            return Values::default();
        }
        self.reads.node(self.solver.value(module, value));
        self.works(1);
        if self.is_tired() {
            return self.merged_value(module, value);
        }
        let known = self.solver.module(module).facts.value(value);
        let function = FunctionIx { module, function: known.owner() };
        let frame = self.around(function, frame);
        let key = (module, value, frame);
        match self.answers.get(&key) {
            Some(Some(values)) => return values.clone(),
            // It depends on itself.
            Some(None) => return self.merged(self.solver.value(module, value)),
            None => {}
        }
        self.answers.insert(key, None);
        let may_follow = self.depth < DEPTH_MAX && self.nesting < NESTING_MAX;
        self.nesting += 1;
        let followed = if may_follow { self.follow(module, value, known.kind(), frame) } else { None };
        self.nesting -= 1;
        let values = match followed {
            Some(values) if values.things.len() <= THINGS_MAX => values,
            _ => self.merged_value(module, value),
        };
        self.works(values.things.len());
        self.answers.insert(key, Some(values.clone()));
        values
    }

    fn merged_value(&mut self, module: ModuleIx, value: ValueId) -> Values {
        let node = self.solver.value(module, value);
        let mut values = self.merged(node);
        values.vague |= self.is_vague(node);
        values
    }

    fn follow(&mut self, module: ModuleIx, value: ValueId, kind: ValueKind, frame: FrameIx) -> Option<Values> {
        let solver = self.solver;
        let known = solver.module(module);
        match kind {
            ValueKind::This => return Some(self.frames.get(frame.0 as usize)?.this.clone()),
            ValueKind::Import => return self.imported(module, value),
            ValueKind::Global | ValueKind::Caught | ValueKind::Sent => return None,
            _ => {}
        }
        let has_definition = known.definitions(value).next().is_some();
        for hint in known.facts.hints.iter().filter(|hint| hint.value == value) {
            let class = self.objects(known.node(hint.class)).first();
            let is_known =
                |class: &ObjectIx| solver.natives.instance_of(*class).is_some() || solver.is_declared_class(*class);
            // Where it is seen what it is, that counts for more than what code promises.
            let promises = |class: &ObjectIx| solver.is_promising_class(*class);
            if class.is_some_and(|class| is_known(class) && !(promises(class) && has_definition)) {
                return None;
            }
        }
        let owner = known.facts.value(value).owner();
        let params = known.facts.params(known.facts.function(owner));
        let mut values = Values::default();
        if let Some(index) = params.iter().position(|param| param.value == value) {
            if params[index].rest || frame == FrameIx::ANY {
                // Of all callers: that there is one thing only does not make it certain for this one.
                let node = known.node(value);
                return Some(Values { vague: true, ..self.merged(node) });
            }
            values = self.frames.get(frame.0 as usize)?.arguments.get(index).cloned().unwrap_or_default();
        }
        let ops: Vec<(u32, &'a Op)> = known.definitions(value).collect();
        for (at, op) in ops {
            if self.stands_by(&known.facts, at, frame) != Needed::No {
                values.add(self.defined(known, module, op, frame)?);
            }
        }
        Some(values)
    }

    /// What one operation gives.
    fn defined(&mut self, known: &'a Module, module: ModuleIx, op: &Op, frame: FrameIx) -> Option<Values> {
        match op.kind {
            OpKind::Assign { from, .. } => Some(self.value(module, from, frame)),
            OpKind::Allocate { object, .. } => Some(Values::one(known.object(object), frame)),
            OpKind::Load { base, field, .. } | OpKind::LoadMethod { base, field, .. } => {
                let to = known.facts.gets(op);
                let bases = self.value(module, base, frame);
                let field = known.name(field);
                let mut values = Values { things: Vec::new(), vague: bases.vague };
                let is_plain = !self.solver.has_accessor(field);
                for thing in &bases.things {
                    match self.field(*thing, field).filter(|_| is_plain) {
                        Some(found) => values.add(found),
                        None => {
                            let node = known.node(to);
                            let merged = self.merged(node);
                            let vague = bases.vague || self.is_vague(node);
                            return Some(Values { vague, ..merged });
                        }
                    }
                }
                Some(values)
            }
            OpKind::Call(call) => self.result(known, module, call, frame),
            OpKind::Await { value, .. } => self.awaited(module, value, frame),
            OpKind::Iterate { source, .. } => self.elements(module, source, frame),
            _ => None,
        }
    }

    /// The call that a frame is, if it is one of this function.
    pub(super) fn is_call_of(&self, frame: FrameIx, function: FunctionIx) -> bool {
        self.frames.get(frame.0 as usize).is_some_and(|known| known.function == function)
    }

    fn result(
        &mut self,
        known: &'a Module,
        module: ModuleIx,
        call: crate::facts::CallId,
        frame: FrameIx,
    ) -> Option<Values> {
        let call = known.facts.call(call);
        let callees = self.value(module, call.callee, frame);
        let mut values = Values { things: Vec::new(), vague: callees.vague };
        for thing in &callees.things {
            let function = self.solver.function_of(thing.object)?;
            let declared = self.solver.function(function);
            let is_new = call.kind == CallKind::New;
            if is_new && !matches!(declared.kind, FunctionKind::Plain | FunctionKind::Constructor) {
                return None;
            }
            let instance = ObjectIx(thing.object.0 + 2);
            let this = if is_new { Values::one(instance, FrameIx::ANY) } else { self.value(module, call.this, frame) };
            let inner = self.enter(known, module, call, (function, thing.frame), this, frame);
            if is_new {
                values.add(self.made_by(function, instance, inner));
                continue;
            }
            if !declared.object.is_none() {
                let made = solver_object(self.solver, function, declared.object);
                values.add(Values::one(made, inner));
                continue;
            }
            self.depth += 1;
            let returned = self.value(function.module, declared.returns, inner);
            self.depth -= 1;
            values.add(returned);
        }
        Some(values)
    }

    /// What `new` gives: the instance, or an object that the constructor returns in its place.
    fn made_by(&mut self, constructor: FunctionIx, instance: ObjectIx, frame: FrameIx) -> Values {
        let mut values = Values::one(instance, frame);
        self.depth += 1;
        let mut returned = self.value(constructor.module, self.solver.function(constructor).returns, frame);
        self.depth -= 1;
        returned.things.retain(|thing| thing.object != instance);
        values.add(returned);
        values
    }

    /// The call of a function with the arguments of `call`.
    pub(super) fn enter(
        &mut self,
        known: &'a Module,
        module: ModuleIx,
        call: &crate::facts::Call,
        (function, parent): (FunctionIx, FrameIx),
        this: Values,
        frame: FrameIx,
    ) -> FrameIx {
        let arguments = known.facts.arguments(call);
        if arguments.iter().any(|argument| argument.spread) {
            return FrameIx::ANY;
        }
        let given = given(arguments);
        let arguments = arguments.iter().map(|argument| self.value(module, argument.value, frame)).collect();
        self.frame(Frame { function, parent, this, arguments, given })
    }

    /// A field of an object, as it is in the call that made the object.
    pub(super) fn field(&mut self, thing: Thing, name: Name) -> Option<Values> {
        self.field_at(thing, name, 0)
    }

    fn field_at(&mut self, thing: Thing, name: Name, depth: usize) -> Option<Values> {
        let solver = self.solver;
        if depth > CHAIN_MAX || name == solver.words.any || name == solver.words.element {
            return None;
        }
        let is_native = matches!(solver.objects[thing.object.index()].kind, Kind::Native);
        // A native prototype adds nothing to what it has no member for.
        if is_native && (depth == 0 || solver.native_member(thing.object, name).is_some()) {
            return None;
        }
        let mut values = self.own_field(thing, name)?;
        let inherits = solver.may_inherit(thing.object) && !solver.declares(thing.object, name);
        if inherits && let Some(above) = self.field_node(thing.object, solver.words.proto) {
            for object in self.objects(above) {
                // Methods of a class that is made once are made in that one run.
                let inherited = self.field_at(Thing { object: *object, frame: FrameIx::ANY }, name, depth + 1)?;
                values.add(inherited);
            }
        }
        if values.things.is_empty() && solver.native_member(thing.object, name).is_some() {
            return None;
        }
        Some(values)
    }

    /// What stands in the field itself: what the code that made the object put there, if nobody else did.
    fn own_field(&mut self, thing: Thing, name: Name) -> Option<Values> {
        let solver = self.solver;
        let Some(node) = self.field_node(thing.object, name) else { return Some(Values::default()) };
        let Kind::Site(module, kind) = solver.objects[thing.object.index()].kind else {
            return Some(self.merged(node));
        };
        if kind == ObjectKind::Namespace || thing.frame == FrameIx::ANY || solver.heap.is_seeded(node) {
            return Some(self.merged(node));
        }
        let known = solver.module(module);
        let mut values = Values::default();
        for source in solver.heap.sources(node) {
            if self.objects(*source).is_empty() {
                continue;
            }
            let written = known.value_at(*source);
            let made = written.and_then(|value| Some((value, self.maker(module, value, thing)?)));
            match made {
                Some((value, frame)) => values.add(self.value(module, value, frame)),
                None => {
                    let merged = self.merged(node);
                    // One of several that are made there may have got it, and this one not.
                    let vague = written.is_some() && self.is_one_of_several(thing, kind);
                    return Some(Values { vague, ..merged });
                }
            }
        }
        Some(values)
    }

    /// Whether the code that made an object may have made others like it, in calls that are the same to us.
    fn is_one_of_several(&self, thing: Thing, kind: ObjectKind) -> bool {
        let maker = self.frames.get(thing.frame.0 as usize).map(|frame| frame.function.function);
        matches!(kind, ObjectKind::Instance | ObjectKind::Literal | ObjectKind::Array)
            && maker.is_some_and(|maker| maker != TOP)
    }

    /// The call in which the object got what `value` holds, if that is the one which made the object, or its class's
    /// field initialisers.
    fn maker(&mut self, module: ModuleIx, value: ValueId, thing: Thing) -> Option<FrameIx> {
        let frame = self.frames.get(thing.frame.0 as usize)?.clone();
        let owner = FunctionIx { module, function: self.solver.module(module).facts.value(value).owner() };
        if frame.function == owner {
            return Some(thing.frame);
        }
        let is_initialiser = self.solver.function(owner).kind == FunctionKind::Inline && owner.function != TOP;
        let this = Values::one(thing.object, thing.frame);
        let (function, parent, arguments) = (owner, frame.parent, Vec::new());
        is_initialiser.then(|| self.frame(Frame { function, parent, this, arguments, given: 0 }))
    }
}

fn solver_object(solver: &Solver, function: FunctionIx, object: crate::facts::ObjectId) -> ObjectIx {
    solver.module(function.module).object(object)
}
