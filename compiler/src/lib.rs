//! Source text to modules that the runtime executes: `source → syntax (swc) → resolve (oxc_resolver) → graph`, each
//! module importing only what stands before it. Knows nothing of V8.

mod diagnostics;
mod graph;
mod resolve;
mod syntax;

pub use graph::Compiler;
