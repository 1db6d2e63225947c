//! Default values of parameters: code that stands by for calls that do not bring an argument.

use super::{ModuleFacts, Name};

/// Code that runs only where an argument, or a field of one, is `undefined`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standby {
    /// Of the function that the code stands in.
    pub(crate) param: u32,
    /// NONE if the argument itself is meant.
    pub(crate) field: Name,
}

impl ModuleFacts {
    /// What an operation stands by for, by its place among all.
    pub(crate) fn standby(&self, op: u32) -> Option<Standby> {
        let next = self.stand_in.partition_point(|(start, _)| *start <= op);
        let (_, standby) = self.stand_in[next.checked_sub(1)?];
        self.standbys.get(standby.index()).copied()
    }
}
