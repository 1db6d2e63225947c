//! The list of ops, in the order in which the snapshot knows them.

use crate::engine::bind::{BlockingOp, Callback, SyncOp};

/// One native function.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) callback: Callback,
}

/// Where the modules of `ops/` put what JavaScript can call.
#[derive(Default)]
pub(crate) struct Registry {
    pub(crate) entries: Vec<Entry>,
}

impl Registry {
    /// A function that never blocks: `fn(A, B, …) -> R`.
    pub(crate) fn sync<A, F: SyncOp<A>>(&mut self, name: &'static str, op: F) {
        self.entries.push(Entry { name, callback: op.callback() });
    }

    /// A function that may suspend its coroutine: `async fn(A, B, …) -> R`.
    pub(crate) fn blocking<A, F: BlockingOp<A>>(&mut self, name: &'static str, op: F) {
        self.entries.push(Entry { name, callback: op.callback() });
    }
}
