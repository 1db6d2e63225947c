//! Whether default values are needed, in the call that they stand by in.

use super::super::world::{Kind, ModuleIx};
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
    /// Whether an argument is a number, a string or the like, as far as this call shows: what is certainly there and
    /// carries nothing.
    pub(in super::super) fn is_plain(&mut self, module: ModuleIx, argument: &Argument, frame: FrameIx) -> bool {
        if argument.value.is_none() {
            return true;
        }
        if argument.given {
            return self.value(module, argument.value, frame).things.is_empty();
        }
        let known = self.solver.module(module);
        let Some(call) = self.frames.get(frame.0 as usize).filter(|call| call.function.module == module) else {
            return false;
        };
        let params = known.facts.params(known.facts.function(call.function.function));
        let index = params.iter().take(32).position(|param| param.value == argument.value && !param.rest);
        let is_given = |index: usize| {
            let given = call.arguments.get(index).filter(|_| call.given >> index & 1 == 1);
            given.is_some_and(|given| given.things.is_empty())
        };
        index.is_some_and(is_given) && known.definitions(argument.value).next().is_none()
    }

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
