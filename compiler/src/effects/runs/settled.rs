//! Futures that code has seen to be settled, as far as other modules leave them where they were.

use super::super::values::{Eye, FrameIx};
use super::super::world::ModuleIx;
use crate::facts::{Call, OpKind, Settled, ValueId, ValueKind};

/// Fields of fields that are looked at.
const DEPTH_MAX: usize = 20;

impl Eye<'_> {
    /// Whether the receiver of a call is the Future that was seen to be settled.
    pub(super) fn is_settled_by(&mut self, module: ModuleIx, call: &Call, frame: FrameIx) -> bool {
        match call.settled {
            Settled::No => false,
            Settled::Yes => true,
            Settled::Here => self.is_left_alone(module, call.this, frame),
        }
    }

    /// Whether each place that a value was read from is given something in one place only. Those in the module itself
    /// are known already.
    fn is_left_alone(&mut self, module: ModuleIx, value: ValueId, frame: FrameIx) -> bool {
        let solver = self.solver;
        let known = solver.module(module);
        let mut at = value;
        for _ in 0..DEPTH_MAX {
            if known.facts.value(at).kind() == ValueKind::Import {
                return self.is_constant(module, at);
            }
            let Some((_, op)) = known.definitions(at).next() else { return true };
            let OpKind::Load { base, field, .. } = op.kind else { return true };
            for thing in self.value(module, base, frame).things {
                let Some(node) = self.field_node(thing.object, known.name(field)) else { continue };
                let mut given = 0;
                for source in solver.heap.sources(node) {
                    given += usize::from(!self.objects(*source).is_empty());
                }
                if given > 1 {
                    return false;
                }
            }
            at = base;
        }
        false
    }
}
