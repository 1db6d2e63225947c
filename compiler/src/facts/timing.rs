//! When operations of a function run: before a call of it returns, or after.

use super::{FunctionId, ModuleFacts, Op};

/// When an operation runs, seen from the call of its function. Ordered: where two ways join, the greater one holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Timing {
    /// Never before the call returns: every way to it goes through an `await`, or there is none.
    Later,
    /// Before it returns only where something throws, or where a generator goes on. Of a generator: only after a `yield`.
    Perhaps,
    /// Before it returns, as far as it comes to it at all.
    #[default]
    Now,
}

impl ModuleFacts {
    /// Whether no way leads to an operation, by its place among those of the function.
    pub(crate) fn is_dead(&self, function: FunctionId, position: usize) -> bool {
        let known = self.function(function);
        let op = known.ops.0 + position as u32;
        let next = self.timings.partition_point(|(start, _)| *start <= op);
        let timing = next.checked_sub(1).map_or(Timing::Now, |at| self.timings[at].1);
        timing == Timing::Later && !known.is_async
    }

    /// Operations that a call of the function runs before it returns, with their places among those of the function.
    pub(crate) fn ops_in_call(&self, function: FunctionId) -> impl Iterator<Item = (usize, &Op, Timing)> {
        let ops = self.ops(function);
        let first = self.function(function).ops.0;
        let mut next = self.timings.partition_point(|(start, _)| *start <= first);
        let mut timing = next.checked_sub(1).map_or(Timing::Now, |at| self.timings[at].1);
        ops.iter().enumerate().filter_map(move |(position, op)| {
            while let Some((start, other)) =
                self.timings.get(next).filter(|(start, _)| *start <= first + position as u32)
            {
                debug_assert!(*start > first, "what begins here was found above");
                (next, timing) = (next + 1, *other);
            }
            (timing != Timing::Later).then_some((position, op, timing))
        })
    }
}
