//! What native functions run: callbacks, iterators, conversions of what they are given.

use super::super::natives::{AWAITED, Action, Base, EACH, NativeKind, Place, Special};
use super::super::values::{Eye, Frame, FrameIx, Thing, Values};
use super::super::world::{FunctionIx, Kind, Module, ModuleIx, ObjectIx};
use super::{Callee, Runs, push};
use crate::facts::{self, Primitive, Settled, field};
use corona_std::effects::Effect;

/// Objects within objects that are written as JSON.
const WRITTEN_MAX: usize = 400;
/// Arguments that a native function takes at most.
const APPLIED_MAX: usize = 3;
/// Native functions within native functions.
const DEPTH_MAX: usize = 4;

impl Eye<'_> {
    /// A native function is called.
    pub(super) fn native_runs(
        &mut self,
        native: ObjectIx,
        this: &Values,
        arguments: &[Values],
        settled: bool,
        runs: &mut Runs,
    ) {
        self.native_at(native, this, arguments, settled, 0, runs);
    }

    fn native_at(
        &mut self,
        native: ObjectIx,
        this: &Values,
        arguments: &[Values],
        settled: bool,
        depth: usize,
        runs: &mut Runs,
    ) {
        let solver = self.solver;
        let Some(known) = solver.natives.get(native) else { return };
        if known.kind == NativeKind::Later {
            return;
        }
        if depth > DEPTH_MAX {
            runs.unknown = true;
            return;
        }
        match known.effect {
            Effect::Blocks => push(runs, Callee::Blocks(native)),
            Effect::UnlessSettled if !settled && !self.are_settled(this, arguments, native) => {
                push(runs, Callee::Blocks(native));
            }
            Effect::AsArguments if known.actions.is_empty() => {
                arguments.iter().for_each(|argument| self.call_values(native, argument, &[], depth, runs));
            }
            _ => {}
        }
        this.things.iter().for_each(|thing| self.accessed(*thing, runs));
        for action in known.actions.iter() {
            self.action_runs(native, action, this, arguments, depth, runs);
        }
    }

    /// Futures that are settled from the start.
    fn are_settled(&mut self, this: &Values, arguments: &[Values], native: ObjectIx) -> bool {
        let is_wait = self.solver.natives.at("corona/wait") == Some(native);
        let Some(waited) = (if is_wait { arguments.first() } else { Some(this) }) else { return false };
        !waited.things.is_empty() && waited.things.iter().all(|thing| self.is_settled(thing.object))
    }

    /// What was made settled is so, unless it waits for another one.
    fn is_settled(&mut self, object: ObjectIx) -> bool {
        let solver = self.solver;
        let is_made_so = matches!(solver.objects[object.index()].kind, Kind::Fresh(of) if of == solver.natives.settled);
        is_made_so && {
            let given = self.field_objects(object, solver.words.source);
            !given.iter().any(|it| solver.is_promise(*it) || *it == solver.natives.unknown)
        }
    }

    pub(super) fn action_runs(
        &mut self,
        native: ObjectIx,
        action: &Action,
        this: &Values,
        arguments: &[Values],
        depth: usize,
        runs: &mut Runs,
    ) {
        let certain = runs.certain;
        match action {
            Action::Call { callee, arguments: given, later: false, .. } => {
                let callees = self.place(callee, this, arguments);
                let given: Vec<Values> = given.iter().map(|place| self.place(place, this, arguments)).collect();
                self.call_values(native, &callees, &given, depth, runs);
            }
            Action::Iterate { source, later: false, .. } => {
                let sources = self.place(source, this, arguments);
                self.iterated(&sources, runs);
            }
            Action::Coerce(place, hint) => {
                let values = self.place(place, this, arguments);
                runs.certain &= values.is_certain();
                values.things.iter().for_each(|thing| self.conversions(*thing, *hint, runs));
            }
            Action::Invoke { on, method, arguments: given, later: false, .. } => {
                let values = self.place(on, this, arguments);
                runs.certain &= values.is_certain();
                let argument = given.first().map(|place| self.place(place, this, arguments)).unwrap_or_default();
                // A field of the object itself hides a getter of its class.
                runs.certain &= !argument.vague && !method.starts_with("get ");
                // It is called for each, where there is something at all.
                let is_given = given.first().is_none_or(|place| match place.base {
                    Base::Argument(index) if place.path.contains(&EACH) => {
                        arguments.get(index).is_some_and(|it| !it.things.is_empty())
                    }
                    _ => true,
                });
                if let Some(method) = self.solver.names.find(method).filter(|_| is_given) {
                    values.things.iter().for_each(|thing| self.methods(*thing, method, argument.clone(), runs));
                }
            }
            Action::Trap { on, trap } => {
                let values = self.place(on, this, arguments);
                if let Some(trap) = self.solver.names.find(trap) {
                    values.things.iter().for_each(|thing| _ = self.trapped(*thing, trap, &Values::default(), runs));
                }
            }
            Action::Dispose(place) => {
                let values = self.place(place, this, arguments);
                runs.certain &= values.is_certain();
                let words = [self.solver.words.dispose, self.solver.words.async_dispose];
                values.things.iter().for_each(|thing| {
                    words.into_iter().for_each(|word| self.methods(*thing, word, Values::default(), runs));
                });
            }
            Action::Getters(place) => {
                let values = self.place(place, this, arguments);
                runs.certain &= values.is_certain();
                values.things.iter().for_each(|thing| self.getters(*thing, runs));
            }
            Action::Deep { on, json } => self.deep((on, *json), this, arguments, runs),
            Action::Special(special) => self.special_runs(native, *special, this, arguments, depth, runs),
            _ => {}
        }
        runs.certain = certain;
    }

    /// Getters of a value, and of all that its fields lead to; and `toJSON`, if it is written as JSON.
    fn deep(&mut self, (on, json): (&Place, bool), this: &Values, arguments: &[Values], runs: &mut Runs) {
        let to_json = self.solver.words.to_json;
        let mut all = self.place(on, this, arguments);
        let certain = runs.certain && all.is_certain();
        let mut at = 0;
        while let Some(thing) = all.things.get(at).copied() {
            if at == WRITTEN_MAX {
                runs.unknown = true;
                break;
            }
            runs.certain = certain && at == 0;
            if json {
                self.methods(thing, to_json, Values::default(), runs);
            }
            self.getters(thing, runs);
            let below = self.step(&Values { things: vec![thing], vague: true }, field::ANY);
            all.add(below);
            at += 1;
        }
    }

    fn special_runs(
        &mut self,
        native: ObjectIx,
        special: Special,
        this: &Values,
        arguments: &[Values],
        depth: usize,
        runs: &mut Runs,
    ) {
        let argument = |index: usize| arguments.get(index).cloned().unwrap_or_default();
        match special {
            Special::Resume => this.things.iter().for_each(|thing| self.step_of(native, *thing, runs)),
            Special::Step => self.step_runs(native, this, depth, runs),
            Special::Sort if argument(0).things.is_empty() => {
                let certain = std::mem::replace(&mut runs.certain, false);
                for thing in self.step(this, field::ANY).things {
                    self.conversions(thing, Primitive::Text, runs);
                }
                runs.certain = certain;
            }
            Special::Species => this.things.iter().for_each(|thing| self.species(native, *thing, runs)),
            Special::Executor => self.call_values(native, &argument(0), &[], depth, runs),
            Special::Assign => {
                let target = argument(0);
                for source in arguments.iter().skip(1) {
                    source.things.iter().for_each(|thing| self.getters(*thing, runs));
                    self.assigned(source, &target, runs);
                }
            }
            // What is bound is known when it is called.
            Special::Bind => {}
            Special::Call => {
                let rest = arguments.get(1..).unwrap_or_default();
                self.call_on(native, this, (&argument(0), rest), depth, runs);
            }
            Special::Apply => self.apply(native, this, (&argument(0), &argument(1)), depth, runs),
            Special::ReflectApply => self.apply(native, &argument(0), (&argument(1), &argument(2)), depth, runs),
            Special::Construct => self.apply(native, &argument(0), (&Values::default(), &argument(1)), depth, runs),
            _ => {}
        }
    }

    /// The constructor of a class of the program, of which a native function makes an object.
    fn species(&mut self, native: ObjectIx, of: Thing, runs: &mut Runs) {
        let solver = self.solver;
        let Some(class) = solver.class_of(of.object) else { return };
        let chosen = solver.names.find("get @@species").map(|getter| self.field_objects(class, getter));
        if let Some(function) = solver.function_of(class).filter(|_| chosen.is_none_or(|chosen| chosen.is_empty())) {
            push(runs, Callee::Function { function, frame: FrameIx::ANY, through: Some(native) });
        }
    }

    /// Setters of what gets the fields of another object.
    fn assigned(&mut self, source: &Values, target: &Values, runs: &mut Runs) {
        let solver = self.solver;
        let certain = std::mem::replace(&mut runs.certain, false);
        let mut names = Vec::new();
        for thing in &source.things {
            let read = self.fields(thing.object).iter().filter_map(|(name, _)| {
                let text = solver.names.text(*name);
                text.strip_prefix("get ").map_or(Some(*name), |plain| solver.names.find(plain))
            });
            names.extend(read.chain(solver.declared_by(thing.object)));
        }
        names.sort_unstable();
        names.dedup();
        for thing in &target.things {
            self.trapped(*thing, solver.words.trap_set, &Values::default(), runs);
            for (_, setter) in names.iter().filter_map(|name| solver.accessor(*name)) {
                self.methods(*thing, setter, Values::default(), runs);
            }
        }
        runs.certain = certain;
    }

    /// Calls whatever `callees` holds with the elements of a list: any of them may be any argument.
    fn apply(
        &mut self,
        native: ObjectIx,
        callees: &Values,
        (this, list): (&Values, &Values),
        depth: usize,
        runs: &mut Runs,
    ) {
        let is_native = |thing: &Thing| self.solver.natives.get(thing.object).is_some();
        let (natives, others) = callees.things.iter().copied().partition(is_native);
        let of = |things: Vec<Thing>| Values { things, vague: !callees.is_certain() };
        self.call_on(native, &of(others), (this, &[]), depth, runs);
        let elements = self.step(list, field::ANY);
        let arguments = vec![elements; APPLIED_MAX];
        self.call_on(native, &of(natives), (this, &arguments), depth, runs);
    }

    /// Calls whatever `callees` holds, on `this`.
    fn call_on(
        &mut self,
        native: ObjectIx,
        callees: &Values,
        (this, arguments): (&Values, &[Values]),
        depth: usize,
        runs: &mut Runs,
    ) {
        let certain = runs.certain;
        runs.certain &= callees.is_certain();
        for thing in callees.things.clone() {
            if let Some(function) = self.solver.function_of(thing.object) {
                self.trapped(thing, self.solver.words.trap_apply, &Values::default(), runs);
                match arguments {
                    [] => push(runs, Callee::Function { function, frame: FrameIx::ANY, through: Some(native) }),
                    _ => {
                        let (this, arguments) = (this.clone(), arguments.to_vec());
                        let frame = Frame { function, parent: thing.frame, this, arguments, given: 0 };
                        self.add_function(frame, Some(native), runs);
                    }
                }
            } else if matches!(self.solver.objects[thing.object.index()].kind, Kind::Bound(_)) {
                self.bound_runs(thing.object, arguments, depth + 1, runs);
            } else if thing.object == self.solver.natives.unknown {
                runs.unknown = true;
            } else if self.solver.natives.is_function(thing.object) {
                self.native_at(thing.object, this, arguments, false, depth + 1, runs);
            }
        }
        runs.certain = certain;
    }

    /// A native function calls what it was given.
    pub(super) fn call_values(
        &mut self,
        native: ObjectIx,
        callees: &Values,
        given: &[Values],
        depth: usize,
        runs: &mut Runs,
    ) {
        let certain = runs.certain;
        runs.certain &= callees.is_certain();
        for thing in callees.things.clone() {
            if let Some(function) = self.solver.function_of(thing.object) {
                if self.solver.function(function).is_generator {
                    continue;
                }
                // What it is called with is not known better than for all calls; what it closes over is.
                self.trapped(thing, self.solver.words.trap_apply, &Values::default(), runs);
                let this = self.merged(self.solver.value(function.module, self.solver.function(function).this));
                let frame = self.callback(function, thing.frame, this, given);
                push(runs, Callee::Function { function, frame, through: Some(native) });
            } else if matches!(self.solver.objects[thing.object.index()].kind, Kind::Bound(_)) {
                self.bound_runs(thing.object, given, depth + 1, runs);
            } else if thing.object == self.solver.natives.unknown {
                runs.unknown = true;
            } else if self.solver.natives.is_function(thing.object) {
                self.native_at(thing.object, &Values::default(), given, false, depth + 1, runs);
            }
        }
        runs.certain = certain;
    }

    /// A call of a function by one that the program has not written.
    pub(super) fn callback(
        &mut self,
        function: FunctionIx,
        parent: FrameIx,
        this: Values,
        given: &[Values],
    ) -> FrameIx {
        let params = self.solver.params(function);
        let mut arguments = Vec::new();
        for (index, param) in params.iter().enumerate() {
            let known = given.get(index).filter(|values| !values.things.is_empty()).cloned();
            let node = self.solver.value(function.module, param.value);
            let mut values = known.unwrap_or_else(|| self.merged(node));
            values.vague = true;
            arguments.push(values);
        }
        self.frame(Frame { function, parent, this, arguments, given: 0 })
    }

    /// A function made by `bind` is called with what was bound, and with `given`.
    pub(super) fn bound_runs(&mut self, object: ObjectIx, given: &[Values], depth: usize, runs: &mut Runs) {
        if depth > DEPTH_MAX {
            runs.unknown = true;
            return;
        }
        let solver = self.solver;
        let certain = runs.certain;
        let mut seen = vec![object];
        let mut at = 0;
        while let Some(object) = seen.get(at).copied() {
            at += 1;
            let Kind::Bound(bound) = solver.objects[object.index()].kind else { continue };
            let targets = self.field_objects(object, solver.words.content);
            runs.certain &= targets.len() == 1;
            for target in targets {
                if let Some(function) = solver.function_of(target) {
                    push(runs, Callee::Function { function, frame: FrameIx::ANY, through: None });
                } else if matches!(solver.objects[target.index()].kind, Kind::Bound(_)) {
                    // It may have been bound to what it is called itself.
                    if !seen.contains(&target) {
                        seen.push(target);
                    }
                } else if solver.natives.is_function(target) {
                    let nodes = solver.arguments(bound).iter().map(|(node, _)| *node);
                    let mut values: Vec<Values> = nodes.map(|node| self.merged(node)).collect();
                    values.extend_from_slice(given);
                    let this = if values.is_empty() { Values::default() } else { values.remove(0) };
                    self.native_at(target, &this, &values, false, depth + 1, runs);
                } else if target == solver.natives.unknown {
                    runs.unknown = true;
                }
            }
        }
        runs.certain = certain;
    }

    /// What a place of an action holds.
    pub(super) fn place(&mut self, place: &Place, this: &Values, arguments: &[Values]) -> Values {
        let mut values = match place.base {
            Base::None | Base::Result => Values::default(),
            Base::Thrown => Values { vague: true, ..self.merged(self.solver.thrown) },
            Base::This => this.clone(),
            Base::Argument(index) => arguments.get(index).cloned().unwrap_or_default(),
            Base::ArgumentsFrom(start) => {
                let mut all = Values::default();
                arguments.iter().skip(start).for_each(|values| all.add(values.clone()));
                all
            }
            Base::Object(object) => Values { things: vec![Thing { object, frame: FrameIx::ANY }], vague: false },
        };
        for name in &place.path {
            values = self.step(&values, name);
        }
        values
    }

    pub(super) fn step(&mut self, values: &Values, name: &str) -> Values {
        let mut found = Values { things: Vec::new(), vague: true };
        if name == AWAITED {
            return self.settled(values);
        }
        if name == EACH {
            found.add(self.step(values, field::ANY));
            found.add(self.step(values, field::CONTENT));
            return found;
        }
        let Some(word) = self.solver.names.find(name) else { return found };
        for thing in &values.things {
            if name == field::ANY {
                for (field, node) in self.fields(thing.object) {
                    let text = self.solver.names.text(*field);
                    if !(text.starts_with("[[") || text.starts_with("get ") || text.starts_with("set ")) {
                        found.add(self.merged(*node));
                    }
                }
            } else {
                for object in self.field_objects(thing.object, word) {
                    found.things.push(Thing { object, frame: self.parent_of(object) });
                }
            }
        }
        found.things.sort_unstable();
        found.things.dedup();
        found.vague = true;
        found
    }

    /// What promises come to, and what is no promise.
    fn settled(&mut self, values: &Values) -> Values {
        let mut all = Values { vague: true, ..values.clone() };
        let mut at = 0;
        while let Some(thing) = all.things.get(at).copied() {
            at += 1;
            if self.solver.is_promise(thing.object) {
                let content = self.step(&Values { things: vec![thing], vague: true }, field::CONTENT);
                all.add(content);
            }
        }
        all.things.retain(|thing| !self.solver.is_promise(thing.object));
        all
    }

    /// A call of a method on something that nothing is known about: most likely what the name says.
    pub(super) fn by_name(
        &mut self,
        known: &Module,
        module: ModuleIx,
        call: &facts::Call,
        frame: FrameIx,
        runs: &mut Runs,
    ) {
        let field = known.name(call.field);
        if !call.method || call.field.is_none() {
            runs.unknown = true;
            return;
        }
        let solver = self.solver;
        let Some(natives) = solver.natives.by_method.get(&field) else {
            runs.unknown = !solver.natives.is_harmless(field);
            return;
        };
        let arguments = known.facts.arguments(call);
        let arguments: Vec<Values> =
            arguments.iter().map(|argument| self.value(module, argument.value, frame)).collect();
        for native in natives {
            let settled = call.settled != Settled::No;
            self.native_runs(*native, &Values::default(), &arguments, settled, runs);
        }
    }
}
