//! Looks for a path from a call to an operation that may block: the shortest one all of whose hops are certain, or else
//! the shortest one at all.

use super::reach::{Reach, ops_in_call};
use super::runs::{Callee, How, Runs};
use super::sites::trapped;
use super::solver::Solver;
use super::values::{Eye, FrameIx, Needed};
use super::world::{FunctionIx, ModuleIx, ObjectIx};
use crate::facts::{Contract, Op, OpKind, Span, Timing};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hop {
    pub(crate) module: ModuleIx,
    pub(crate) span: Span,
    pub(crate) text: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Finding {
    /// Every hop is certain.
    Certain(Vec<Hop>),
    Possible(Vec<Hop>),
    /// Something is called that nothing is known about.
    Unknown(Vec<Hop>),
    Nothing,
}

/// Calls that one search looks into.
const VISITS_MAX: usize = 4000;
const THOROUGH_VISITS_MAX: usize = 200;

/// How much of a function runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Extent {
    Whole,
    /// Of a generator: from one `yield` to the next.
    Step,
}

/// Where the search came from.
#[derive(Debug, Clone)]
struct Visit {
    from: Option<usize>,
    function: FunctionIx,
    frame: FrameIx,
    certain: bool,
    /// How much of it runs.
    extent: Extent,
    /// How it was called.
    hop: Hop,
}

pub(super) struct Search<'a, 'e> {
    pub(super) eye: &'e mut Eye<'a>,
    pub(super) reach: &'e mut Reach,
    visits: Vec<Visit>,
    seen: FxHashMap<(FunctionIx, FrameIx, Extent), bool>,
    /// Look into functions as well that block in no call that there is.
    pub(super) thorough: bool,
    certain: VecDeque<usize>,
    others: VecDeque<usize>,
    possible: Option<Vec<Hop>>,
    unknown: Option<Vec<Hop>>,
}

impl<'a, 'e> Search<'a, 'e> {
    pub(super) fn new(eye: &'e mut Eye<'a>, reach: &'e mut Reach) -> Search<'a, 'e> {
        Search {
            eye,
            reach,
            visits: Vec::new(),
            seen: FxHashMap::default(),
            thorough: false,
            certain: VecDeque::new(),
            others: VecDeque::new(),
            possible: None,
            unknown: None,
        }
    }

    /// From one operation of a function. `around` is what it stands in: "the atomic block".
    pub(super) fn operation(mut self, function: FunctionIx, op: &Op, around: &str, certain: bool) -> Finding {
        let runs = self.eye.runs(function.module, op, FrameIx::ANY);
        if let Some(found) = self.follow(None, function.module, op, runs, around, certain) {
            return Finding::Certain(found);
        }
        self.finish()
    }

    /// From the start of a function, in the call `frame`.
    pub(super) fn call_of(mut self, function: FunctionIx, frame: FrameIx) -> Finding {
        let name = function_name(self.eye.solver, function);
        if let Some(found) = self.operations(None, (function, Extent::Whole), frame, true, &name) {
            return Finding::Certain(found);
        }
        self.finish()
    }

    fn finish(mut self) -> Finding {
        while let Some(index) = self.certain.pop_front().or_else(|| self.others.pop_front()) {
            let visit = self.visits[index].clone();
            let name = function_name(self.eye.solver, visit.function);
            let called = (visit.function, visit.extent);
            let found = self.operations(Some(index), called, visit.frame, visit.certain, &name);
            if let Some(found) = found {
                return Finding::Certain(found);
            }
            if self.visits.len() > if self.thorough { THOROUGH_VISITS_MAX } else { VISITS_MAX } || self.eye.is_tired() {
                self.give_up();
                break;
            }
        }
        match (self.possible, self.unknown) {
            (Some(path), _) => Finding::Possible(path),
            (None, Some(path)) => Finding::Unknown(path),
            (None, None) => Finding::Nothing,
        }
    }

    /// There is more to look at than can be: what is known of all calls together has to do.
    fn give_up(&mut self) {
        if self.possible.is_some() {
            return;
        }
        let pending: Vec<usize> = self.certain.drain(..).chain(self.others.drain(..)).collect();
        let roots: Vec<FunctionIx> = pending.iter().map(|index| self.visits[*index].function).collect();
        let Some((root, way)) = self.reach.way(&roots) else { return };
        let mut index = pending[root];
        for step in way.windows(2) {
            let Some(hop) = self.step_to(step[0], step[1]) else { return };
            let (function, frame, extent) = (step[1], FrameIx::ANY, Extent::Whole);
            self.visits.push(Visit { from: Some(index), function, frame, certain: false, extent, hop });
            index = self.visits.len() - 1;
        }
        let last = self.visits[index].function;
        let name = function_name(self.eye.solver, last);
        self.operations(Some(index), (last, Extent::Whole), FrameIx::ANY, false, &name);
    }

    /// Where one function calls another.
    fn step_to(&mut self, from: FunctionIx, to: FunctionIx) -> Option<Hop> {
        let solver = self.eye.solver;
        let name = function_name(solver, from);
        for (_, op, _) in ops_in_call(solver, from) {
            let runs = self.eye.runs(from.module, op, FrameIx::ANY);
            let through = runs.callees.iter().find_map(|(callee, _)| match callee {
                Callee::Function { function, through, .. } if *function == to => Some(*through),
                Callee::Step { function, .. } if *function == to => Some(None),
                _ => None,
            });
            if let (Some(through), Some(how)) = (through, runs.how) {
                return Some(Hop { module: from.module, span: op.span, text: self.hop_text(&name, how, to, through) });
            }
        }
        None
    }

    fn operations(
        &mut self,
        index: Option<usize>,
        (function, extent): (FunctionIx, Extent),
        frame: FrameIx,
        certain: bool,
        name: &str,
    ) -> Option<Vec<Hop>> {
        let solver = self.eye.solver;
        let declared = solver.function(function);
        self.eye.reads.node(solver.module(function.module).facts_node());
        if declared.contract == Some(Contract::Blocking) {
            let text = format!("{name} is declared @blocking");
            let hop = Hop { module: function.module, span: declared.span, text };
            return self.arrived(index, hop, certain);
        }
        if declared.declared && declared.contract.is_none() && self.unknown.is_none() {
            let text = format!("{name} is declared without saying whether it blocks, and its code is not there");
            self.unknown = Some(self.path(index, Hop { module: function.module, span: declared.span, text }));
        }
        let facts = &solver.module(function.module).facts;
        // A generator that runs to its end comes to what stands after a `yield` as well.
        let goes_on = declared.is_generator && !declared.is_async && extent == Extent::Whole;
        for (at, op, timing) in ops_in_call(solver, function) {
            let needed = self.eye.stands_by(facts, at, frame);
            if needed == Needed::No {
                continue;
            }
            let is_reached = timing == Timing::Now || goes_on;
            let certain = certain && is_reached && needed == Needed::Yes;
            let runs = self.eye.runs(function.module, op, frame);
            let found = self.follow(index, function.module, op, runs, name, certain);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn follow(
        &mut self,
        index: Option<usize>,
        module: ModuleIx,
        op: &Op,
        runs: Runs,
        around: &str,
        certain: bool,
    ) -> Option<Vec<Hop>> {
        let how = runs.how?;
        if runs.unknown && self.unknown.is_none() {
            let text = format!("{around} calls {}, of which nothing is known", called(self.eye.solver, module, op));
            self.unknown = Some(self.path(index, Hop { module, span: op.span, text }));
        }
        for (callee, is_certain) in runs.callees {
            let certain = certain && is_certain;
            let (called, through) = match callee {
                Callee::Blocks(native) => {
                    let hop = Hop { module, span: op.span, text: blocking_text(self.eye.solver, native, how) };
                    let found = self.arrived(index, hop, certain);
                    if found.is_some() {
                        return found;
                    }
                    continue;
                }
                Callee::Function { function, frame, through } => ((function, frame, Extent::Whole), through),
                Callee::Step { function, frame } => ((function, frame, Extent::Step), None),
            };
            if self.is_new(called, certain) {
                let (function, frame, extent) = called;
                let text = self.hop_text(around, how, function, through);
                let hop = Hop { module, span: op.span, text };
                self.visits.push(Visit { from: index, function, frame, certain, extent, hop });
                let queue = if certain { &mut self.certain } else { &mut self.others };
                queue.push_back(self.visits.len() - 1);
            }
        }
        None
    }

    /// Whether a call is to be looked into, and has not been.
    fn is_new(&mut self, called: (FunctionIx, FrameIx, Extent), certain: bool) -> bool {
        let function = called.0;
        self.eye.reads.may(function);
        let may = self.reach.may(self.eye.solver, function);
        let matters = self.thorough || may.block || may.unknown && self.unknown.is_none();
        let seen = self.seen.get(&called).copied();
        let is_new = matters && seen != Some(true) && seen != Some(certain);
        if is_new {
            self.seen.insert(called, certain);
        }
        is_new
    }

    /// A path ends here: returned if it is certain, kept if not.
    fn arrived(&mut self, index: Option<usize>, hop: Hop, certain: bool) -> Option<Vec<Hop>> {
        if certain {
            return Some(self.path(index, hop));
        }
        if self.possible.is_none() {
            self.possible = Some(self.path(index, hop));
        }
        None
    }

    fn path(&self, index: Option<usize>, last: Hop) -> Vec<Hop> {
        let mut hops = vec![last];
        let mut at = index;
        while let Some(visit) = at.and_then(|index| self.visits.get(index)) {
            hops.push(visit.hop.clone());
            at = visit.from;
        }
        hops.reverse();
        hops
    }

    fn hop_text(&self, around: &str, how: How, function: FunctionIx, through: Option<ObjectIx>) -> String {
        let solver = self.eye.solver;
        let name = function_name(solver, function);
        if let Some(native) = through.and_then(|native| solver.natives.get(native)) {
            return format!("{around} calls `{}`, which calls {name}", native.label);
        }
        match how {
            How::Call => format!("{around} calls {name}"),
            How::Copies => format!("{around} copies fields, which calls {name}"),
            How::Getter(field) if field == solver.words.any => format!("{around} reads a field, which may be {name}"),
            How::Setter(field) if field == solver.words.element => {
                format!("{around} writes a field, which may be {name}")
            }
            How::Getter(field) => format!("{around} reads `{}`, a getter", solver.names.text(field)),
            How::Setter(field) => format!("{around} writes `{}`, a setter", solver.names.text(field)),
            How::Iteration => format!("{around} iterates, which calls {name}"),
            How::Conversion => format!("{around} makes a primitive of an object, which calls {name}"),
            How::Trap(trap) => {
                format!("{around} calls {name}, a Proxy's trap, by {}", trapped(solver.names.text(trap)))
            }
            How::Disposal => format!("{around} disposes of a resource, which calls {name}"),
            How::Load => format!("{around} loads {name}"),
        }
    }
}

/// `Socket.write` may block (corona:net)
fn blocking_text(solver: &Solver, native: ObjectIx, how: How) -> String {
    let Some(known) = solver.natives.get(native) else { return String::new() };
    let module = if known.module.is_empty() { String::new() } else { format!(" ({})", known.module) };
    match how {
        How::Iteration => format!("iterating calls `{}`, which may block{module}", known.label),
        _ => format!("`{}` may block{module}", known.label),
    }
}

/// For a person: what a function is called.
pub(super) fn function_name(solver: &Solver, function: FunctionIx) -> String {
    let declared = solver.function(function);
    let facts = &solver.module(function.module).facts;
    match declared.name.is_none() || facts.name(declared.name).is_empty() {
        true if function.function == crate::facts::TOP => "the module".to_owned(),
        true => "a function".to_owned(),
        false => format!("`{}`", facts.name(declared.name)),
    }
}

/// For a person: what an operation calls.
fn called(solver: &Solver, module: ModuleIx, op: &Op) -> String {
    let facts = &solver.module(module).facts;
    match op.kind {
        OpKind::Call(call) if !facts.name(facts.call(call).text).is_empty() => {
            format!("`{}`", facts.name(facts.call(call).text))
        }
        _ => "something".to_owned(),
    }
}
