//! Executes bundles: V8, coroutines, the reactor on mio, and the native ops behind the standard modules. Knows nothing
//! of swc, of files as modules, or of the command line.

mod engine;
mod events;
mod http;
mod io;
mod op;
mod ops;
mod reactor;
mod resources;
mod scheduler;
