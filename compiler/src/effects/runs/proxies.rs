//! Proxies. A Proxy is known by the name of its target, whose `[[handler]]` field leads to what traps its accesses.

use super::super::values::{Eye, FrameIx, Thing, Values};
use super::super::world::{Kind, ModuleIx, Name};
use super::{Callee, How, Runs, push};
use crate::facts::ValueId;

impl Eye<'_> {
    /// What a Proxy of the thing runs; whether there is a trap that would come in place of what the thing does itself.
    pub(super) fn trapped(&mut self, thing: Thing, trap: Name, value: &Values, runs: &mut Runs) -> bool {
        let solver = self.solver;
        if !solver.has_proxies() {
            return false;
        }
        let mut is_trapped = false;
        // The target is known by the same name, and traps nothing.
        let certain = std::mem::replace(&mut runs.certain, false);
        let target = Values { things: vec![thing], vague: true };
        let third = if trap == solver.words.trap_get { target.clone() } else { value.clone() };
        let given = [target.clone(), Values::default(), third, target];
        for handler in self.field_objects(thing.object, solver.words.handler) {
            for object in self.field_objects(handler, trap) {
                is_trapped = true;
                runs.unknown |= object == solver.natives.unknown;
                if matches!(solver.objects[object.index()].kind, Kind::Bound(_)) {
                    self.bound_runs(object, &given, 1, runs);
                }
                let Some(function) = solver.function_of(object) else { continue };
                let this = Values { things: vec![Thing { object: handler, frame: FrameIx::ANY }], vague: true };
                let parent = self.parent_of(object);
                let frame = self.callback(function, parent, this, &given);
                push(runs, Callee::Function { function, frame, through: None });
            }
        }
        runs.certain = certain;
        is_trapped
    }

    /// Elements of a thing are read and written, in some way.
    pub(super) fn accessed(&mut self, thing: Thing, runs: &mut Runs) {
        for trap in [self.solver.words.trap_get, self.solver.words.trap_set] {
            self.trapped(thing, trap, &Values::default(), runs);
        }
    }

    /// An operation that is seen by Proxies only.
    pub(super) fn trap_runs(&mut self, module: ModuleIx, base: ValueId, trap: Name, frame: FrameIx) -> Runs {
        if !self.solver.has_proxies() {
            return Runs::default();
        }
        let mut runs = Runs::of(How::Trap(trap));
        for thing in self.value(module, base, frame).things {
            self.trapped(thing, trap, &Values::default(), &mut runs);
        }
        runs
    }
}
