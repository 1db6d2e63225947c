//! How objects become primitives: which of their methods runs, and in which order, by what is asked for.

use super::super::natives::Action;
use super::super::values::{Eye, Thing, Values};
use super::super::world::{FunctionIx, Kind, Name, ObjectIx};
use super::Runs;
use crate::facts::Primitive;

/// Elements within elements of an array that becomes a text.
const CONVERTED_MAX: usize = 400;
/// Prototypes of prototypes that are looked into.
const CHAIN_MAX: usize = 40;

impl Eye<'_> {
    /// A thing becomes a primitive; an array, by its elements.
    pub(super) fn conversions(&mut self, thing: Thing, hint: Primitive, runs: &mut Runs) {
        let certain = runs.certain;
        let mut todo = vec![thing];
        let mut at = 0;
        while let Some(thing) = todo.get(at).copied() {
            runs.certain = certain && at == 0;
            let hint = if at == 0 { hint } else { Primitive::Text };
            at += 1;
            for element in self.convert(thing, hint, runs) {
                if !todo.contains(&element) {
                    todo.push(element);
                }
            }
            if at == CONVERTED_MAX {
                runs.unknown = true;
                break;
            }
        }
        runs.certain = certain;
    }

    /// Runs the methods of one thing; what becomes a text in turn.
    fn convert(&mut self, thing: Thing, hint: Primitive, runs: &mut Runs) -> Vec<Thing> {
        let solver = self.solver;
        let [special, text, number] = solver.words.primitive;
        if thing.object == solver.natives.probe {
            self.native_methods(thing, text, runs);
            return Vec::new();
        }
        runs.certain &= !self.trapped(thing, solver.words.trap_get, &Values::default(), runs);
        if self.runs_method(thing, special, runs) {
            return Vec::new();
        }
        let ends = self.native_ends(thing.object);
        let is_text = match hint {
            Primitive::Text => true,
            Primitive::Number => false,
            Primitive::Any => ends.contains(&solver.natives.date),
        };
        if is_text {
            if self.runs_method(thing, text, runs) {
                return Vec::new();
            }
            let inner = self.native_text(thing, &ends, runs);
            // Of a native object its `toString` is a text already.
            if self.own_objects(thing.object, text).is_empty() {
                return inner;
            }
            self.runs_method(thing, number, runs);
            return inner;
        }
        let gives_number = ends.contains(&solver.natives.date);
        if self.runs_method(thing, number, runs) || gives_number && self.own_objects(thing.object, number).is_empty() {
            return Vec::new();
        }
        if self.runs_method(thing, text, runs) {
            return Vec::new();
        }
        self.native_text(thing, &ends, runs)
    }

    /// Runs the methods of that name; whether one of them is there for certain and gives a primitive. If not, what runs
    /// after it does so perhaps.
    fn runs_method(&mut self, thing: Thing, name: Name, runs: &mut Runs) -> bool {
        if let Some((getter, _)) = self.solver.accessor(name) {
            self.methods(thing, getter, Values::default(), runs);
        }
        let found = self.own_objects(thing.object, name);
        if found.is_empty() {
            return false;
        }
        self.own_methods(thing, name, Values::default(), runs);
        let is_final = self.surely_has(thing.object, name)
            && found
                .iter()
                .all(|object| self.solver.function_of(*object).is_some_and(|function| self.gives_primitive(function)));
        runs.certain &= is_final;
        is_final
    }

    /// What stands under a name that is not native.
    fn own_objects(&mut self, object: ObjectIx, name: Name) -> Vec<ObjectIx> {
        let solver = self.solver;
        let mut found = self.field_objects(object, name);
        found.retain(|object| *object == solver.natives.unknown || solver.natives.get(*object).is_none());
        found
    }

    fn gives_primitive(&mut self, function: FunctionIx) -> bool {
        let declared = self.solver.function(function);
        let (object, returns) = (declared.object, declared.returns);
        let returned = self.solver.value(function.module, returns);
        object.is_none() && (returns.is_none() || self.objects(returned).is_empty())
    }

    /// Whether an object has a field, its own or inherited, whatever happens.
    fn surely_has(&mut self, object: ObjectIx, name: Name) -> bool {
        let mut at = object;
        for _ in 0..CHAIN_MAX {
            if self.solver.declares(at, name) {
                return true;
            }
            match self.prototypes(at)[..] {
                [above] => at = above,
                _ => return false,
            }
        }
        false
    }

    /// The native prototypes that an object's chain ends with.
    fn native_ends(&mut self, object: ObjectIx) -> Vec<ObjectIx> {
        let solver = self.solver;
        let (mut ends, mut seen, mut todo) = (Vec::new(), Vec::new(), vec![object]);
        while let Some(object) = todo.pop() {
            if seen.contains(&object) {
                continue;
            }
            seen.push(object);
            if matches!(solver.objects[object.index()].kind, Kind::Native) && object != seen[0] {
                ends.push(object);
                continue;
            }
            let above = if solver.may_inherit(object) { self.prototypes(object) } else { Vec::new() };
            match above.is_empty() {
                true => ends.extend(solver.native_prototype(object)),
                false => todo.extend(above),
            }
        }
        ends
    }

    /// What a native `toString` runs; what it makes a text of in turn.
    fn native_text(&mut self, thing: Thing, ends: &[ObjectIx], runs: &mut Runs) -> Vec<Thing> {
        let solver = self.solver;
        let mut inner = Vec::new();
        for native in ends.iter().filter_map(|end| solver.natives.member(*end, solver.words.primitive[1])) {
            let this = Values { things: vec![thing], vague: false };
            for action in solver.natives.get(native).iter().flat_map(|known| known.actions.iter()) {
                match action {
                    Action::Coerce(place, _) => inner.extend(self.place(place, &this, &[]).things),
                    action => self.action_runs(native, action, &this, &[], 0, runs),
                }
            }
        }
        inner
    }
}
