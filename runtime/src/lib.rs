//! Executes bundles: V8, coroutines, the reactor on mio, and the native ops behind the standard modules. Knows nothing
//! of swc, of files as modules, or of the command line.

mod coroutine;
mod engine;
mod events;
mod http;
mod io;
mod op;
mod ops;
mod program;
mod reactor;
mod resources;
mod scheduler;
mod supervised;

pub use engine::make_snapshot;
pub use io::inherited::take_all as take_inherited_sockets;
pub use program::{Atomic, COROUTINES_MAX_DEFAULT, Options, STACK_SIZE_DEFAULT, STACK_SIZE_MIN, run};
pub use supervised::{Link, link as supervisor};
