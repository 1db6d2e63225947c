//! Source text to modules that the runtime executes: `source → syntax (swc) → resolve (oxc_resolver) → graph`, each
//! module importing only what stands before it. Knows nothing of V8, and reaches the disk only through [`FileSystem`].

mod check;
mod diagnostic;
mod file_system;
mod graph;
mod resolve;
mod source;
mod syntax;
#[cfg(test)]
mod tests;

pub use check::{Checker, Report};
pub use diagnostic::{Diagnostic, Edit, Fix, Note, Place, Position, Severity};
pub use file_system::{FileKind, FileSystem, MemoryFiles, OsFiles};
pub use graph::Compiler;
