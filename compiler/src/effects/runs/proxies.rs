//! Proxies. A Proxy is known by the name of its target, whose `[[handler]]` field leads to what traps its accesses.

use super::super::values::{Eye, FrameIx, Thing, Values};
use super::super::world::{ModuleIx, Name, ObjectIx};
use super::{How, Runs};
use crate::facts::ValueId;

impl Eye<'_> {
    /// What a Proxy of the object runs; whether there is a trap that would come in place of what the object does itself.
    pub(super) fn trapped(&mut self, object: ObjectIx, trap: Name, runs: &mut Runs) -> bool {
        if !self.solver.has_proxies() {
            return false;
        }
        let mut is_trapped = false;
        // The target is known by the same name, and traps nothing.
        let certain = std::mem::replace(&mut runs.certain, false);
        for handler in self.field_objects(object, self.solver.words.handler) {
            is_trapped |= !self.field_objects(handler, trap).is_empty();
            self.methods(Thing { object: handler, frame: FrameIx::ANY }, trap, Values::default(), runs);
        }
        runs.certain = certain;
        is_trapped
    }

    /// An operation that is seen by Proxies only.
    pub(super) fn trap_runs(&mut self, module: ModuleIx, base: ValueId, trap: Name, frame: FrameIx) -> Runs {
        if !self.solver.has_proxies() {
            return Runs::default();
        }
        let mut runs = Runs::of(How::Trap(trap));
        for thing in self.value(module, base, frame).things {
            self.trapped(thing.object, trap, &mut runs);
        }
        runs
    }
}
