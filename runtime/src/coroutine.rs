//! Stackful coroutines: stacks cut from reserved mappings, and fibers that run on them. The only place that names
//! corosensei. Knows nothing of V8 or of who runs when.

mod fiber;
mod stacks;

pub(crate) use fiber::{Fiber, on_parent_stack, suspend};
pub(crate) use stacks::{DEFAULT_SIZE, MIN_SIZE, Stack, configure, trim};
