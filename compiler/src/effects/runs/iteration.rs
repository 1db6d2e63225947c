//! What iterating runs: methods that give iterators, their `next` and `return`, bodies of generators, and what lazy
//! iterators have still to call.

use super::super::values::{Eye, FrameIx, Thing, Values};
use super::super::world::{FunctionIx, Kind, NodeIx, ObjectIx};
use super::{Callee, How, Runs, push};
use crate::facts::{Iteration, field};

impl Eye<'_> {
    /// What taking elements out of `sources` runs.
    pub(super) fn iteration_runs(&mut self, sources: &Values, hidden: NodeIx, mode: Iteration) -> Runs {
        let mut runs = Runs::of(How::Iteration);
        let words = &self.solver.words;
        let (sync, other, next, elements) = (words.iterator, words.async_iterator, words.next, words.elements);
        runs.certain = sources.is_certain();
        for thing in &sources.things {
            self.accessed(*thing, &mut runs);
            if mode == Iteration::Awaiting && !self.field_objects(thing.object, other).is_empty() {
                self.methods(*thing, other, Values::default(), &mut runs);
                continue;
            }
            self.methods(*thing, sync, Values::default(), &mut runs);
            self.native_methods(*thing, elements, &mut runs);
            self.resume_as(mode, *thing, &mut runs);
        }
        self.step_getters(hidden, &mut runs);
        let iterators = self.objects(hidden);
        runs.certain &= iterators.len() == 1;
        for object in iterators {
            let iterator = Thing { object: *object, frame: FrameIx::ANY };
            self.methods(iterator, next, Values::default(), &mut runs);
            self.native_methods(iterator, elements, &mut runs);
            if matches!(mode, Iteration::Closing | Iteration::Positional) {
                self.methods(iterator, self.solver.words.close, Values::default(), &mut runs);
            }
            self.resume_as(mode, iterator, &mut runs);
        }
        runs
    }

    /// A pattern takes as many elements as it names; a loop, all.
    fn resume_as(&mut self, mode: Iteration, thing: Thing, runs: &mut Runs) {
        match mode {
            Iteration::Positional => self.step_of(ObjectIx::NONE, thing, runs),
            _ => self.resume(thing, runs),
        }
    }

    /// Runs getters of what a step of an iteration reads: `next` of the iterators, `done` and `value` of what that gives.
    fn step_getters(&mut self, hidden: NodeIx, runs: &mut Runs) {
        let words = &self.solver.words;
        let certain = std::mem::replace(&mut runs.certain, false);
        for (word, after) in [(words.next, 0), (words.done, 3), (words.value, 3)] {
            let Some((getter, _)) = self.solver.accessor(word).filter(|_| !hidden.is_none()) else { continue };
            for object in self.objects(NodeIx(hidden.0 + after)) {
                self.methods(Thing { object: *object, frame: FrameIx::ANY }, getter, Values::default(), runs);
            }
        }
        runs.certain = certain;
    }

    /// Runs the body of a generator to its end.
    pub(super) fn resume(&mut self, thing: Thing, runs: &mut Runs) {
        if let Some((function, frame)) = self.generator(thing) {
            push(runs, Callee::Function { function, frame, through: None });
        }
    }

    /// A generator goes on to its next `yield`.
    pub(super) fn step_of(&mut self, native: ObjectIx, thing: Thing, runs: &mut Runs) {
        let Some((function, frame)) = self.generator(thing) else { return };
        let certain = runs.certain;
        // One that has not begun ends at once.
        runs.certain &= self.solver.natives.at("Generator.prototype.return") != Some(native);
        push(runs, Callee::Step { function, frame });
        runs.certain = certain;
    }

    /// The body that a generator runs.
    fn generator(&mut self, thing: Thing) -> Option<(FunctionIx, FrameIx)> {
        let function = self.solver.generator_of(thing.object)?;
        let frame = if self.is_call_of(thing.frame, function) { thing.frame } else { FrameIx::ANY };
        Some((function, frame))
    }

    /// All that is in `sources` is iterated.
    pub(super) fn iterated(&mut self, sources: &Values, runs: &mut Runs) {
        let inner = self.iteration_runs(sources, NodeIx::NONE, Iteration::Each);
        let certain = runs.certain;
        for (callee, is_certain) in inner.callees {
            runs.certain = certain && is_certain;
            push(runs, callee);
        }
        runs.certain = certain && sources.is_certain();
        runs.unknown |= inner.unknown;
        self.own_iterators(sources, runs);
        runs.certain = certain;
    }

    /// What an iterator runs before it gives an element: a lazy one its callbacks, and what it iterates in turn.
    pub(super) fn step_runs(&mut self, native: ObjectIx, this: &Values, depth: usize, runs: &mut Runs) {
        let solver = self.solver;
        let certain = runs.certain;
        let mut things = this.things.clone();
        let mut at = 0;
        while let Some(thing) = things.get(at).copied() {
            at += 1;
            runs.certain = certain && this.is_certain() && at == 1;
            if !matches!(solver.objects[thing.object.index()].kind, Kind::Fresh(of) if of == solver.natives.lazy) {
                self.iterated(&Values { things: vec![thing], vague: !runs.certain }, runs);
                // `Iterator.from` takes what has only `next` as well.
                if self.field_objects(thing.object, solver.words.iterator).is_empty() {
                    self.methods(thing, solver.words.next, Values::default(), runs);
                }
                continue;
            }
            for word in [solver.words.source, solver.words.got] {
                for object in self.field_objects(thing.object, word) {
                    let below = Thing { object, frame: self.parent_of(object) };
                    if !things.contains(&below) {
                        things.push(below);
                    }
                }
            }
            let callbacks = self.step(&Values { things: vec![thing], vague: true }, field::KEYS);
            self.call_values(native, &callbacks, &[], depth, runs);
        }
        runs.certain = certain;
    }

    /// `next` of iterators that methods of the program give.
    fn own_iterators(&mut self, sources: &Values, runs: &mut Runs) {
        let (iterator, next) = (self.solver.words.iterator, self.solver.words.next);
        for thing in &sources.things {
            for method in self.field_objects(thing.object, iterator) {
                let Some(function) = self.solver.function_of(method) else { continue };
                let known = self.solver.function(function);
                if known.is_generator {
                    push(runs, Callee::Function { function, frame: FrameIx::ANY, through: None });
                    continue;
                }
                let given = self.solver.value(function.module, known.returns);
                for object in self.objects(given) {
                    let iterator = Thing { object: *object, frame: FrameIx::ANY };
                    self.methods(iterator, next, Values::default(), runs);
                    self.resume(iterator, runs);
                }
            }
        }
    }
}
