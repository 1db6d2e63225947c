//! Whether default values are needed, in the call that they stand by in.

use super::super::world::Kind;
use super::{Eye, FrameIx};
use crate::facts::{Argument, ModuleFacts, ObjectKind};

/// Whether code runs that stands by for an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Needed {
    /// The argument is there.
    No,
    /// Most likely it is there.
    Hardly,
    /// It is missing, or whether it is there depends on plain data.
    Yes,
}

/// Which arguments are certainly not `undefined`: a bit each.
pub(in super::super) fn given(arguments: &[Argument]) -> u32 {
    let bits = arguments.iter().take(32).enumerate();
    bits.fold(0, |bits, (index, argument)| bits | u32::from(argument.given) << index)
}

impl Eye<'_> {
    /// Whether an operation, by its place among all of its module, runs in a call, as far as arguments decide it.
    pub(in super::super) fn stands_by(&mut self, facts: &ModuleFacts, op: u32, frame: FrameIx) -> Needed {
        let Some(standby) = facts.standby(op) else { return Needed::Yes };
        let Some(known) = self.frames.get(frame.0 as usize) else { return Needed::Yes };
        let (start, end) = facts.functions.get(known.function.function.index()).map_or((0, 0), |it| it.ops);
        if !(start..end).contains(&op) {
            return Needed::Yes;
        }
        let Some(argument) = known.arguments.get(standby.param as usize) else { return Needed::Yes };
        let is_given = known.given >> standby.param.min(31) & 1 == 1 && standby.param < 32;
        let things = argument.things.clone();
        if standby.field.is_none() {
            return match is_given {
                true => Needed::No,
                false if things.is_empty() => Needed::Yes,
                false => Needed::Hardly,
            };
        }
        let module = known.function.module;
        let field = self.solver.module(module).name(standby.field);
        let is_literal = |object| matches!(object, Kind::Site(_, ObjectKind::Literal));
        let has_it = things.iter().any(|thing| {
            is_literal(self.solver.objects[thing.object.index()].kind) && self.solver.declares(thing.object, field)
        });
        if has_it { Needed::Hardly } else { Needed::Yes }
    }
}
